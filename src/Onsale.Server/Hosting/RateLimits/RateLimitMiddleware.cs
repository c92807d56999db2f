using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;
using Onsale.Server.Accounts;

namespace Onsale.Server.Hosting.RateLimits;

/// <summary>
/// Spends one permit of the endpoint's policy for each request and says what is left, in the fields of
/// draft-ietf-httpapi-ratelimit-headers-10: <c>RateLimit-Policy: "booking";q=30;w=10</c> and
/// <c>RateLimit: "booking";r=29;t=1</c>.
/// </summary>
internal sealed class RateLimitMiddleware
{
    private readonly RequestDelegate _next;
    private readonly Budget[] _budgets;

    public RateLimitMiddleware(RequestDelegate next, RateLimitOptions options, TimeProvider time)
    {
        _next = next;
        _budgets = [.. Enum.GetValues<RateLimitPolicy>().Select(policy => new Budget(policy, options.Of(policy), time))];
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<RateLimitMetadata>() is not { } metadata)
            return _next(context);
        var budget = _budgets[(int)metadata.Policy];
        var decision = budget.Limiter.Take(PartitionOf(context, metadata.Policy));
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = budget.PolicyField;
        headers["RateLimit"] = budget.Field(decision);
        return decision.Allowed ? _next(context) : Refuse(context, budget, decision);
    }

    /// <summary>
    /// Whom a request counts for: the buyer, else the address. An IPv6 caller owns at least a /64, so that is the address.
    /// </summary>
    internal static UInt128 PartitionOf(HttpContext context, RateLimitPolicy policy)
    {
        if (policy is RateLimitPolicy.Booking
            && Buyer.TryFrom(context.User) is { Id: var id })
        {
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes);
            return BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }

        return PartitionOf(context.Connection.RemoteIpAddress);
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

    private static Task Refuse(HttpContext context, Budget budget, RateLimitDecision decision)
    {
        var rule = budget.Limiter.Rule;
        var problem = new Problem(
            StatusCodes.Status429TooManyRequests, "rate-limited",
            $"At most {rule.PermitLimit} requests in {rule.WindowSeconds} s are taken here. Try again in {decision.RetryAfterSeconds} s.")
        {
            RetryAfterSeconds = decision.RetryAfterSeconds,
        };
        return problem.ExecuteAsync(context);
    }

    private sealed class Budget(RateLimitPolicy policy, RateLimitRule rule, TimeProvider time)
    {
        private const int MaxCachedFields = 65_536;

        private readonly string _name = policy.ToString().ToLowerInvariant();

        // Small budgets see the same few values again and again: their text is made once.
        private readonly string?[] _fields =
            (long)(rule.PermitLimit + 1) * (rule.WindowSeconds + 1) is var count and <= MaxCachedFields ? new string[count] : [];

        public RateLimiter Limiter { get; } = new(rule, time);

        public StringValues PolicyField { get; } =
            $"\"{policy.ToString().ToLowerInvariant()}\";q={rule.PermitLimit};w={rule.WindowSeconds}";

        public StringValues Field(RateLimitDecision decision)
        {
            var index = (decision.Remaining * (rule.WindowSeconds + 1)) + decision.ResetSeconds;
            return _fields.Length == 0 ? Format(decision) : _fields[index] ??= Format(decision);
        }

        private string Format(RateLimitDecision decision) =>
            $"\"{_name}\";r={decision.Remaining};t={decision.ResetSeconds}";
    }
}

/// <summary>The policy an endpoint carries.</summary>
internal sealed record RateLimitMetadata(RateLimitPolicy Policy);
