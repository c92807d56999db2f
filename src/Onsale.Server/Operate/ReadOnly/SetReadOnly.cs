using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Operate.ReadOnly;

/// <summary>GET and PUT /operate/read-only.</summary>
internal static class SetReadOnly
{
    public static Ok<ReadOnlyResponse> Get(ReadOnlyMode mode) => TypedResults.Ok(Of(mode));

    public static async Task<Results<Ok<ReadOnlyResponse>, Problem>> HandleAsync(
        SetReadOnlyRequest request, Buyer buyer, ReadOnlyStore store, ReadOnlyWatch watch, ReadOnlyMode mode,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (!request.On)
        {
            await store.EndAsync(buyer.Id);
        }
        else
        {
            var reason = request.Reason?.Trim() ?? "";
            if (reason.Length is 0 or > ReadOnlyLimits.MaxReasonChars || reason.Any(char.IsControl))
            {
                return Problem.Validation((
                    "reason", $"Say to buyers why, in 1 to {ReadOnlyLimits.MaxReasonChars} characters."));
            }

            await store.BeginAsync(Guid.CreateVersion7(time.GetUtcNow()), reason, buyer.Id);
        }

        await watch.DecidedAsync(cancellationToken);
        return TypedResults.Ok(Of(mode));
    }

    private static ReadOnlyResponse Of(ReadOnlyMode mode) => mode.State is { } state
        ? new ReadOnlyResponse(On: true, ByHand: state.Reason is not null, state.Since, state.Reason)
        : new ReadOnlyResponse(On: false, ByHand: false);
}
