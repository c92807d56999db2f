using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Delivery.Door;

/// <summary>GET /door/event: what a device needs to know of its event before the list.</summary>
internal static class GetDoorEvent
{
    public static async Task<Results<Ok<DoorEvent>, Problem>> HandleAsync(
        [FromHeader(Name = DoorAccess.Header)] string? doorDevice, HttpContext context, DoorAccess access,
        DoorListStore lists, EventLookup events, TicketSigning signing, TicketKeyStore keys, TimeProvider time)
    {
        var (device, problem) = await access.RequireAsync(context, doorDevice);
        if (device is null)
            return problem!;
        var found = await events.RequireAnyAsync(device.EventId);
        if (found.Problem is not null)
            return found.Problem;
        // The first one is made now, so that tickets that are shown later verify with what the device has.
        using (await signing.OpenAsync(device.EventId, context.RequestAborted))
        {
        }

        // Before the list: what changes while that is read is told afterwards.
        if (await lists.FindEventAsync(device.EventId, context.RequestAborted) is not { } row)
            return Problem.EventNotFound();
        var others = await lists.OthersAsync(device.OrganisationId, device.EventId, context.RequestAborted);
        return TypedResults.Ok(new DoorEvent(
            device.Id, device.Name, device.EventId, row.Title, new DateTimeOffset(row.StartsAt), row.TimeZone,
            [.. found.Terms!.Tiers.Select(tier => tier.Name)], device.ShowsNames, row.Tickets,
            [.. others.Select(one => new OtherDoorEvent((int)SignedCode.HintOf(one.Id), one.Title))],
            new DoorState(
                time.GetUtcNow(), row.ChangesAfter, row.ListVersion,
                await TicketKeys.ReadAsync(keys, device.EventId, context.RequestAborted), row.RotatingCodes)));
    }
}
