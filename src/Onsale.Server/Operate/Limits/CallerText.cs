using System.Buffers.Binary;
using System.Net;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.Limits;

/// <summary>A caller of rate limits as people write it: an address, an IPv6 /64, or a buyer's id.</summary>
internal static class CallerText
{
    private const string PrefixOfSixtyFour = "/64";

    public static string Write(UInt128 caller)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, caller);
        if (caller >> 32 == 0xFFFF)
            return new IPAddress(bytes[12..]).ToString();
        // The lower half of a range is empty, of an id never.
        return (ulong)caller == 0
            ? new IPAddress(bytes) + PrefixOfSixtyFour
            : new Guid(bytes).ToString();
    }

    /// <summary>Null: neither.</summary>
    public static UInt128? Read(string text)
    {
        if (Guid.TryParseExact(text, "D", out var id))
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes);
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }

        var address = text.EndsWith(PrefixOfSixtyFour, StringComparison.Ordinal)
            ? text[..^PrefixOfSixtyFour.Length]
            : text;
        return address.Length is > 0 and <= 45 && address.AsSpan().ContainsAny(".:")
            && IPAddress.TryParse(address, out var parsed)
                ? AddressRange.Of(parsed)
                : null;
    }
}
