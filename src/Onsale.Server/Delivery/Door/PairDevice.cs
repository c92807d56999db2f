using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.Door;

/// <summary>POST /door/pair: a pairing code, good once, becomes a device's token.</summary>
internal static class PairDevice
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "pairing-not-found",
        "This pairing code was used, or its time is over. Make a new one.");

    public static async Task<Results<Ok<PairedDevice>, Problem>> HandleAsync(
        PairRequest request, DoorDeviceStore devices, CancellationToken cancellationToken)
    {
        if (request.Code is not { Length: > 0 and <= DoorLimits.MaxSecretCharacters } code)
            return Problem.Validation(("code", $"Must have 1 to {DoorLimits.MaxSecretCharacters} characters."));
        var token = DoorSecret.New();
        return await devices.PairAsync(DoorSecret.HashOf(code), DoorSecret.HashOf(token), cancellationToken)
            is { } device
            ? TypedResults.Ok(new PairedDevice(token, device.Id, device.Name))
            : s_notFound;
    }
}
