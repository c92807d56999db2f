using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Delivery.Door;

/// <summary>
/// GET /door/changes: what the other doors have done since, and what came out otherwise than it seemed.
/// </summary>
internal static class GetDoorChanges
{
    public static async Task<Results<Ok<DoorChanges>, Problem>> HandleAsync(
        string? after, [FromHeader(Name = DoorAccess.Header)] string? doorDevice, HttpContext context,
        DoorAccess access, DoorDeviceStore devices, DoorListStore lists, EventLookup events, DoorTickets doorTickets,
        TicketKeyStore keys, ReadOnlyMode readOnly, TimeProvider time)
    {
        if (!ulong.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return Problem.Validation(("after", "Must be the position that the answer before named."));
        var (device, problem) = await access.RequireAsync(context, doorDevice);
        if (device is null)
            return problem!;
        var found = await events.RequireAnyAsync(device.EventId);
        if (found.Problem is not null)
            return found.Problem;
        if (!readOnly.IsOn)
            await devices.NoteSeenAsync(device);
        var show = await doorTickets.OfAsync(found.Terms!);
        var (state, list, tickets, conflicts) = await lists.ChangesAsync(
            device.EventId, position.ToString(CultureInfo.InvariantCulture), device.ShowsNames,
            context.RequestAborted);
        var isTooMuch = tickets.Count > DoorLimits.MaxChangedTickets || list.Count > DoorLimits.ListTickets;
        return TypedResults.Ok(new DoorChanges(
            new DoorState(
                time.GetUtcNow(), state.ChangesAfter, state.ListVersion,
                await TicketKeys.ReadAsync(keys, device.EventId, context.RequestAborted), state.RotatingCodes),
            isTooMuch, isTooMuch || list.Count == 0 ? null : ListTicketParts.Write(device, list, show, next: null),
            isTooMuch ? [] : [.. tickets.Select(Show)],
            [.. conflicts.Select(row => EntryConflicts.Show(row, show))]));
    }

    private static ChangedTicket Show(ChangedRow row) => new(
        row.Id,
        row.Kind == (short)ScanKind.Entry
            ? new PreviousScan(new DateTimeOffset(row.At!.Value), row.Gate!, row.Device)
            : null,
        row.Kind is (short)ScanKind.Entry or (short)ScanKind.Exit);
}
