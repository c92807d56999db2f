using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Selling.Waitlist;

/// <summary>/organisations/{org}/events/{event}/waitlist: how the list is set, who waits and why.</summary>
internal static class OrganiserWaitlist
{
    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "An event has a waitlist once it was published.");

    private static readonly Problem s_entryNotFound = new(
        StatusCodes.Status404NotFound, "entry-not-found", "Nobody waits by this id.");

    public static async Task<Results<Ok<WaitlistOverview>, Problem>> GetAsync(
        string @event, OrganisationAccess access, EditedEvents events, WaitlistStore store,
        CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? TypedResults.Ok(await ShowAsync(row, store, cancellationToken))
            : Problem.EventNotFound();

    public static async Task<Results<Ok<WaitlistOverview>, Problem>> SetAsync(
        string @event, WaitlistSettings request, OrganisationAccess access, EditedEvents events, EventChanges changes,
        WaitlistStore store, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        if (request.OfferMinutes is { } minutes)
        {
            validation.Range(
                "offerMinutes", minutes, InventoryLimits.MinWaitlistOfferMinutes,
                InventoryLimits.MaxWaitlistOfferMinutes);
        }

        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (!row.IsOpened)
            return s_notPublished;
        if (request.OfferMinutes != row.WaitlistOfferMinutes)
        {
            var activity = new Activity(access.Actor, "event.waitlist-changed", "event", $"{row.Id}")
            {
                EventId = row.Id,
                Before = new() { ["offerMinutes"] = row.WaitlistOfferMinutes },
                After = new() { ["offerMinutes"] = request.OfferMinutes },
            };
            var patch = new SettingsPatch { WaitlistOfferMinutes = request.OfferMinutes ?? 0 };
            if (await changes.SubmitAsync(row.Id, new ChangeSettingsCommand(patch), activity) is { } refused)
                return refused.Problem ?? Problem.Validation(("offerMinutes", "The inventory does not take this."));
        }

        return await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } after
            ? TypedResults.Ok(await ShowAsync(after, store, cancellationToken))
            : Problem.EventNotFound();
    }

    public static async Task<Results<Ok<Page<WaitlistRow>>, Problem>> ListAsync(
        string @event, string? show, string? page, string? limit, OrganisationAccess access, EditedEvents events,
        WaitlistStore store, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        validation.Require(show is null or "live" or "all", "show", "Must be live or all.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var (rows, total) = await store.ListAsync(row.Id, show != "all", paging, cancellationToken);
        return TypedResults.Ok(Page<WaitlistRow>.Of(
            [.. rows.Select(entry => ShowEntry(entry, row, tiers))], total, paging));
    }

    public static async Task<Results<NoContent, Problem>> RemoveAsync(
        string @event, string entryId, OrganisationAccess access, EditedEvents events, EventChanges changes,
        WaitlistStore store, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(entryId, "D", out var id)
            || await store.FindBuyerAsync(row.Id, id, cancellationToken) is not { } buyerId)
            return s_entryNotFound;
        var activity = new Activity(access.Actor, "waitlist.removed", "waitlist-entry", $"{id}") { EventId = row.Id };
        var refused = await changes.SubmitAsync(row.Id, new LeaveWaitlistCommand(buyerId), activity);
        if (refused is null)
            return TypedResults.NoContent();
        return refused.Problem ?? (refused.Refusal!.Reason == RefusalReason.PaymentInProgress
            ? new Problem(
                StatusCodes.Status409Conflict, "payment-in-progress", "The buyer is paying for the offer just now.")
            : s_entryNotFound);
    }

    private static async Task<WaitlistOverview> ShowAsync(
        EditedEvent row, WaitlistStore store, CancellationToken cancellationToken)
    {
        var counts = await store.OverviewAsync(row.Id, cancellationToken);
        return new WaitlistOverview(
            row.WaitlistOfferMinutes, counts.Waiting, counts.WaitingPlaces, counts.Offered, counts.Bought,
            counts.Unanswered);
    }

    private static WaitlistRow ShowEntry(EntryRow entry, EditedEvent row, IReadOnlyList<EditedTier> tiers)
    {
        var state = (WaitlistState)entry.State;
        WaitlistReason? why = state switch
        {
            WaitlistState.Waiting or WaitlistState.Keeping when !row.IsSelling => WaitlistReason.NotOnSale,
            WaitlistState.Keeping => WaitlistReason.TooFewKept,
            // What was free when nothing had been kept for it yet would be kept.
            WaitlistState.Waiting when entry.WasKept => WaitlistReason.TooFew,
            WaitlistState.Waiting => WaitlistReason.NothingFree,
            _ => null,
        };
        return new WaitlistRow(
            entry.Id, entry.Number, state, entry.Quantity, entry.Together,
            [.. entry.Tiers.Select(number => tiers[number].Id)], entry.Name, entry.Email, entry.JoinedAt,
            entry.ChangedAt, state == WaitlistState.Keeping ? null : entry.BookingId,
            state is WaitlistState.Keeping or WaitlistState.Offered ? entry.HeldUntil : null,
            state == WaitlistState.Keeping ? entry.Places : 0, why);
    }
}
