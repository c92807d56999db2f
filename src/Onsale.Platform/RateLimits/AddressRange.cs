using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Onsale.Platform.RateLimits;

/// <summary>
/// The addresses that count as one caller: an IPv4 address, or the /64 of an IPv6 address, which is the least that one
/// subscriber gets.
/// </summary>
internal static class AddressRange
{
    /// <summary>The range of an address as a number; 0: a connection without an address.</summary>
    public static UInt128 Of(IPAddress? address)
    {
        if (address is null)
            return UInt128.Zero;
        Span<byte> bytes = stackalloc byte[16];
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            address.TryWriteBytes(bytes, out _);
            bytes[8..].Clear();
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }

        // An IPv4 caller is the same one whether or not the socket speaks both.
        var v4 = address.IsIPv4MappedToIPv6 ? bytes[12..] : bytes[..4];
        address.TryWriteBytes(address.IsIPv4MappedToIPv6 ? bytes : v4, out _);
        return new UInt128(0, 0xFFFF_0000_0000UL | BinaryPrimitives.ReadUInt32BigEndian(v4));
    }
}
