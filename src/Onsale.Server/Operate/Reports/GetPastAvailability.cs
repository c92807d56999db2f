using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory.Engine.Audit;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Operate.Reports;

/// <summary>The house as it was at any moment, replayed from the change log.</summary>
internal static class GetPastAvailability
{
    private static readonly Problem s_busy = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded",
        "Another past state is being looked up. Try again shortly.")
    {
        RetryAfterSeconds = ReportsLimits.ReplayRetryAfterSeconds,
    };

    public static async Task<Results<Ok<PastAvailability>, Problem>> HandleAsync(
        string @event, [FromQuery(Name = "at"), Description("An instant since the event was published.")] string? at,
        OrganisationAccess access, EditedEvents events, PastInventories past, ReplaySlots slots,
        CancellationToken cancellationToken)
    {
        if (!Instants.TryParse(at, out var instant))
        {
            return Problem.Validation((
                "at", "Must be an RFC 3339 instant with an offset, such as 2026-05-01T18:00:00Z."));
        }

        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { IsOpened: true } row)
            return Problem.EventNotFound();
        using var slot = slots.TryEnter();
        if (slot is null)
            return s_busy;
        if (await past.FindAsync(row.Id, instant, cancellationToken) is not { } inventory)
            return Problem.EventNotFound();
        var tiers = inventory.Settings.Tiers.Select((tier, number) =>
        {
            var counts = inventory.CountsOf(number);
            return new PastTier(tier.Id, counts.Total, counts.Held, counts.Sold, counts.Blocked, counts.Available);
        });
        return TypedResults.Ok(new PastAvailability(
            row.Id, instant, inventory.Version, inventory.Seats.Bytes.ToArray(), [.. tiers]));
    }
}

/// <summary>Bounds how many past houses one node builds at a time.</summary>
internal sealed class ReplaySlots : IDisposable
{
    private readonly SemaphoreSlim _slots = new(ReportsLimits.MaxReplays);

    /// <summary>Null: as many are being built as may be.</summary>
    public IDisposable? TryEnter() => _slots.Wait(0) ? new Slot(_slots) : null;

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
