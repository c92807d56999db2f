using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>
/// POST /organisations/{org}/events/{event}/check-ins: admits tickets, lets their holders out, and takes back what was
/// a mistake. Scans are decided in order, those of one ticket one after the other whichever gates they come from, and
/// each once: a nonce that is sent again has its first result.
/// </summary>
internal static class SendScans
{
    public static async Task<Results<Ok<ScansResponse>, Problem>> HandleAsync(
        string @event, ScansRequest request, OrganisationAccess access, CheckInStore store, EventLookup events,
        DoorTickets doorTickets, ActivityLog activities, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(@event, "D", out var eventId)
            || await store.FindTitleAsync(access.OrganisationId, eventId, cancellationToken) is null)
        {
            return Problem.EventNotFound();
        }

        if (Check(request).ToProblem() is { } invalid)
            return invalid;
        // Who admits by hand or takes back decides about people, not about codes.
        if (request.Scans.Any(scan => scan.TicketId is not null || scan.Kind == ScanKind.Undo)
            && !access.Permissions.Contains(Permissions.CheckInSearch))
        {
            return OrganisationGate.Forbidden(Permissions.CheckInSearch);
        }

        var found = await events.RequireAnyAsync(eventId);
        if (found.Problem is not null)
            return found.Problem;
        var show = await doorTickets.OfAsync(found.Terms!);
        return TypedResults.Ok(await DecideAsync(
            eventId, request, new Scanner(access.Actor), show, store, activities, time.GetUtcNow()));
    }

    /// <summary>Decides scans that were checked.</summary>
    internal static async Task<ScansResponse> DecideAsync(
        Guid eventId, ScansRequest request, Scanner scanner, Func<TicketRow, DoorTicket> show, CheckInStore store,
        ActivityLog activities, DateTimeOffset now)
    {
        var offset = request.SentAt is { } sentAt ? now - sentAt : TimeSpan.Zero;
        var batch = new ScanBatch(eventId, scanner, show, now, offset);
        return new ScansResponse(await batch.DecideAsync(request.Scans, store, activities));
    }

    internal static Validation Check(ScansRequest request)
    {
        var validation = new Validation();
        if (request.Scans is not { Length: > 0 and <= CheckInLimits.MaxScans } scans)
        {
            validation.Add("scans", $"Send 1 to {CheckInLimits.MaxScans} scans.");
            return validation;
        }

        if (scans.Contains(null))
        {
            validation.Add("scans", "Must not contain null.");
            return validation;
        }

        for (var i = 0; i < scans.Length; i++)
        {
            var scan = scans[i];
            validation.Require(scan.Nonce != Guid.Empty, $"scans[{i}].nonce", "Must be a new id for each scan.");
            validation.Require(
                scan.Code is null != scan.TicketId is null, $"scans[{i}].code", "Give either code or ticketId.");
            validation.Require(
                scan.Code is null or { Length: > 0 and <= CheckInLimits.MaxCodeCharacters }, $"scans[{i}].code",
                $"Must have 1 to {CheckInLimits.MaxCodeCharacters} characters.");
            validation.Text($"scans[{i}].gate", scan.Gate ?? "", 0, CheckInLimits.MaxGateCharacters);
            validation.Require(
                IsOfOurDays(scan.ScannedAt), $"scans[{i}].scannedAt", "Must be a time of our days.");
        }

        validation.Require(IsOfOurDays(request.SentAt), "sentAt", "Must be a time of our days.");

        validation.Require(
            scans.DistinctBy(scan => scan.Nonce).Count() == scans.Length, "scans", "Give each nonce once.");
        return validation;
    }

    private static bool IsOfOurDays(DateTimeOffset? time) => time is null or { Year: > 2000 and < 3000 };
}
