using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Delivery.Door;

/// <summary>GET /door/tickets: the event's list, part by part, for a device that will have no network.</summary>
internal static class ListTicketParts
{
    private const int IdBytes = 16;

    public static async Task<Results<Ok<DoorTicketPart>, Problem>> HandleAsync(
        string? after, [FromHeader(Name = DoorAccess.Header)] string? doorDevice, HttpContext context,
        DoorAccess access, DoorListStore lists, EventLookup events, DoorTickets doorTickets)
    {
        var last = Guid.Empty;
        if (after is not null && !Guid.TryParseExact(after, "D", out last))
            return Problem.Validation(("after", "Must be the id that the part before named."));
        var (device, problem) = await access.RequireAsync(context, doorDevice);
        if (device is null)
            return problem!;
        var found = await events.RequireAnyAsync(device.EventId);
        if (found.Problem is not null)
            return found.Problem;
        var show = await doorTickets.OfAsync(found.Terms!);
        var rows = await lists.PartAsync(device.EventId, last, device.ShowsNames, context.RequestAborted);
        return TypedResults.Ok(Write(
            device, rows, show, next: rows.Count == DoorLimits.ListTickets ? rows[^1].Id : null));
    }

    internal static DoorTicketPart Write(
        PairedRow device, IReadOnlyList<ListTicketRow> rows, Func<TicketRow, DoorTicket> show, Guid? next)
    {
        var ids = new byte[rows.Count * IdBytes];
        var references = new byte[rows.Count * DoorHash.ReferenceBytes];
        var codes = new byte[rows.Count * DoorHash.CodeBytes];
        var (tiers, labels, counters) = (new int[rows.Count], new string[rows.Count], new int[rows.Count]);
        var names = device.ShowsNames ? new string[rows.Count] : null;
        List<int> cancelled = [];
        List<int> disputed = [];
        List<int> wentOut = [];
        List<InsideTicket> inside = [];
        foreach (var (i, row) in rows.Index())
        {
            row.Id.TryWriteBytes(ids.AsSpan(i * IdBytes), bigEndian: true, out _);
            DoorHash.Write(
                device.EventId, row.Code[..SignedCode.ReferenceCharacters],
                references.AsSpan(i * DoorHash.ReferenceBytes, DoorHash.ReferenceBytes));
            DoorHash.Write(
                device.EventId, row.HolderCode ?? row.Code, codes.AsSpan(i * DoorHash.CodeBytes, DoorHash.CodeBytes));
            counters[i] = row.Counter;
            var shown = show(new TicketRow(row.Id, row.Code, row.IsValid, row.Tier, row.Seat, row.Name, null));
            tiers[i] = row.Tier;
            labels[i] = shown.Label == shown.Tier ? "" : shown.Label;
            if (names is not null)
                names[i] = row.Name ?? "";
            if (!row.IsValid)
                cancelled.Add(i);
            else if (row.IsDisputed)
                disputed.Add(i);
            if (row.Kind == (short)ScanKind.Entry)
                inside.Add(new InsideTicket(i, EntryOf(row)));
            else if (row.Kind == (short)ScanKind.Exit)
                wentOut.Add(i);
        }

        return new DoorTicketPart(
            ids, references, codes, tiers, labels, names, counters, [.. cancelled], [.. disputed], inside, [.. wentOut],
            next);
    }

    private static PreviousScan EntryOf(ListTicketRow row) =>
        new(new DateTimeOffset(row.At!.Value), row.Gate!, row.Device);
}
