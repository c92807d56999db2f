using System.Buffers.Binary;
using Onsale.Platform.Http;
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
        var partition = PartitionOf(context, policy);
        if (policy is RateLimitPolicy.Auth or RateLimitPolicy.Guest)
        {
            var asking = budgets.TakeOfAllAsync(context, policy, partition);
            return asking.IsCompletedSuccessfully
                ? GoOn(context, asking.GetAwaiter().GetResult())
                : AwaitAsync(context, asking);
        }

        return GoOn(context, budgets.Take(context, policy, partition));
    }

    private async Task AwaitAsync(HttpContext context, ValueTask<Problem?> asking) => await GoOn(context, await asking);

    private Task GoOn(HttpContext context, Problem? refusal) => refusal?.ExecuteAsync(context) ?? next(context);

    private static RateLimitPolicy? PolicyOf(Endpoint? endpoint) => endpoint is null
        ? RateLimitPolicy.Reads
        : endpoint.Metadata.GetMetadata<RateLimitMetadata>()?.Policy;

    /// <summary>Whom a request counts for: the buyer, else the address range.</summary>
    internal static UInt128 PartitionOf(HttpContext context, RateLimitPolicy policy)
    {
        if (policy is RateLimitPolicy.Booking
            && Buyer.TryFrom(context.User) is { } buyer)
        {
            return PartitionOf(buyer);
        }

        return AddressRange.Of(context.Connection.RemoteIpAddress);
    }

    internal static UInt128 PartitionOf(Buyer buyer)
    {
        Span<byte> bytes = stackalloc byte[16];
        buyer.Id.TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}

/// <summary>The policy an endpoint carries.</summary>
internal sealed record RateLimitMetadata(RateLimitPolicy Policy);
