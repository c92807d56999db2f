using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Onsale.Platform.Identity;

namespace Onsale.Platform.RateLimits;

/// <summary>
/// Takes one permit of the endpoint's policy for each request. What is at no route is a page of the app, which reads
/// what it shows, or nothing: both count as reads. Built files are at routes without a policy.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimitBudgets budgets)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (PolicyOf(context.GetEndpoint()) is not { } policy)
            return next(context);
        return budgets.Take(context, policy, PartitionOf(context, policy)) is { } refusal
            ? refusal.ExecuteAsync(context)
            : next(context);
    }

    private static RateLimitPolicy? PolicyOf(Endpoint? endpoint) => endpoint is null
        ? RateLimitPolicy.Reads
        : endpoint.Metadata.GetMetadata<RateLimitMetadata>()?.Policy;

    /// <summary>
    /// Whom a request counts for: the buyer, else the address. An IPv6 caller owns at least a /64, so that is the
    /// address.
    /// </summary>
    internal static UInt128 PartitionOf(HttpContext context, RateLimitPolicy policy)
    {
        if (policy is RateLimitPolicy.Booking
            && Buyer.TryFrom(context.User) is { } buyer)
        {
            return PartitionOf(buyer);
        }

        return PartitionOf(context.Connection.RemoteIpAddress);
    }

    internal static UInt128 PartitionOf(Buyer buyer)
    {
        Span<byte> bytes = stackalloc byte[16];
        buyer.Id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    internal static UInt128 PartitionOf(IPAddress? address)
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

/// <summary>The policy an endpoint carries.</summary>
internal sealed record RateLimitMetadata(RateLimitPolicy Policy);
