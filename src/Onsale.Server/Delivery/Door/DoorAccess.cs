using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Delivery.Door;

/// <summary>
/// Who asks below <c>/door</c>: a paired device, by its token. Looked up for each request, so that one that was revoked
/// is refused from then on. Such a token opens nothing else.
/// </summary>
internal sealed class DoorAccess(DoorDeviceStore devices, RateLimitBudgets budgets)
{
    public const string Header = "Door-Device";

    private static readonly Problem s_notPaired = new(
        StatusCodes.Status403Forbidden, "device-not-paired",
        "This device is not paired with an event, or not any more. Scan a pairing code.");

    /// <summary>The device, or why there is none.</summary>
    public async Task<(PairedRow? Device, Problem? Problem)> RequireAsync(HttpContext context, string? token)
    {
        if (token is not { Length: > 0 and <= DoorLimits.MaxSecretCharacters }
            || await devices.FindAsync(DoorSecret.HashOf(token), context.RequestAborted) is not { } device)
        {
            var address = AddressRange.Of(context.Connection.RemoteIpAddress);
            return (null, budgets.Take(context, RateLimitPolicy.Reads, address) ?? s_notPaired);
        }

        // All devices of a house have one address: each has a budget of its own.
        var own = RateLimitMiddleware.PartitionOf(new Platform.Identity.Buyer(device.Id, IsGuest: false));
        return budgets.Take(context, RateLimitPolicy.Reads, own) is { } tooMany ? (null, tooMany) : (device, null);
    }
}
