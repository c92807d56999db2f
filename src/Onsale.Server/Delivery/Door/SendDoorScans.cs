using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.CheckIn;

namespace Onsale.Server.Delivery.Door;

/// <summary>POST /door/check-ins: a device's scans, decided here or by the device while it had no network.</summary>
internal static class SendDoorScans
{
    public static async Task<Results<Ok<ScansResponse>, Problem>> HandleAsync(
        ScansRequest request, [FromHeader(Name = DoorAccess.Header)] string? doorDevice, HttpContext context,
        DoorAccess access, CheckInStore store, EventLookup events, DoorTickets doorTickets, ActivityLog activities,
        TimeProvider time)
    {
        var (device, problem) = await access.RequireAsync(context, doorDevice);
        if (device is null)
            return problem!;
        if (SendScans.Check(request).ToProblem() is { } invalid)
            return invalid;
        var found = await events.RequireAnyAsync(device.EventId);
        if (found.Problem is not null)
            return found.Problem;
        var shown = await doorTickets.OfAsync(found.Terms!);
        var actor = new Actor(device.OrganisationId, device.CreatedBy, IsOperator: false, Origin: null);
        return TypedResults.Ok(await SendScans.DecideAsync(
            device.EventId, request, new Scanner(actor, device.Id),
            device.ShowsNames ? shown : ticket => shown(ticket with { Name = null }), store, activities,
            time.GetUtcNow()));
    }
}
