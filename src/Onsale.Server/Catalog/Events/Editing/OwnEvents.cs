using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Events of an organisation, drafts among them.</summary>
internal static class OwnEvents
{
    public static async Task<Results<Ok<Page<OwnEventSummary>>, Problem>> ListAsync(
        [AsParameters] Parameters parameters, OrganisationAccess access, EditedEvents events,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var query = parameters.Read(validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await events.ListAsync(access.OrganisationId, query, cancellationToken);
        return TypedResults.Ok(Page<OwnEventSummary>.Of([.. rows.Select(row => row.ToSummary())], total, query.Paging));
    }

    public static async Task<Results<Ok<OwnEvent>, Problem>> GetAsync(
        string @event, OrganisationAccess access, HttpContext context, EventShowing showing,
        EditedEvents events, CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? TypedResults.Ok(await showing.ShowAsync(row, context, cancellationToken))
            : Problem.EventNotFound();

    internal sealed class Parameters
    {
        [Description("Words that must each begin a word of the title, description, category, venue or city.")]
        [MaxLength(EventListingLimits.MaxSearchCharacters)]
        [FromQuery(Name = "search")]
        public string? Search { get; init; }

        [AllowedValues("draft", "published", "cancelled")]
        [FromQuery(Name = "status")]
        public string? Status { get; init; }

        [Description("Only events that end at or after this instant.")]
        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [Description("Only events that start at or before this instant.")]
        [FromQuery(Name = "to")]
        public string? To { get; init; }

        [Description("Only dates of this series.")]
        [FromQuery(Name = "series")]
        public string? Series { get; init; }

        [Description("By start.")]
        [AllowedValues("asc", "desc"), DefaultValue("asc")]
        [FromQuery(Name = "order")]
        public string? Order { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Events a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }

        public OwnEventQuery Read(Validation validation)
        {
            var search = string.IsNullOrEmpty(Search) ? null
                : validation.Text("search", Search, 0, EventListingLimits.MaxSearchCharacters);
            validation.Require(Order is null or "" or "asc" or "desc", "order", "Must be asc or desc.");
            return new OwnEventQuery(
                ReadStatus(validation), search, validation.Instant("from", From),
                validation.Instant("to", To), validation.Id("series", Series), Order == "desc",
                Paging.Read(Page, Limit, validation));
        }

        private EventStatus? ReadStatus(Validation validation)
        {
            switch (Status)
            {
                case null or "":
                    return null;
                case "draft":
                    return EventStatus.Draft;
                case "published":
                    return EventStatus.Published;
                case "cancelled":
                    return EventStatus.Cancelled;
                default:
                    validation.Add("status", "Must be draft, published or cancelled.");
                    return null;
            }
        }
    }
}

/// <summary>Puts together what who edits an event sees of it.</summary>
internal sealed class EventShowing(
    EditedEvents events, EventLanes lanes, SeatingPlanCache plans, OrganisationStore organisations)
{
    /// <summary>The event; its version is in the answer's <c>ETag</c> too.</summary>
    public async Task<OwnEvent> ShowAsync(EditedEvent row, HttpContext context, CancellationToken cancellationToken)
    {
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var plan = row.SeatingPlanId is { } planId ? await plans.GetAsync(planId, cancellationToken) : null;
        var seats = await CountSeatsAsync(row, tiers, plan);
        var shown = tiers.Select(tier => tier.TierKind == TierKind.Seated
            ? tier.ToOwn(row.Currency, tiers, seats.GetValueOrDefault(tier.Number))
            : tier.ToOwn(row.Currency, tiers)).ToList();
        context.Response.Headers.ETag = $"\"{row.Version}\"";
        var organisation = await organisations.GetAsync(row.OrganisationId, cancellationToken);
        return row.ToDetails(shown, PublishChecklist.Of(row, shown, plan, organisation.ImprintUrl.Length > 0));
    }

    /// <summary>Seats of each tier by state: those of the plan, until there is an inventory that knows more.</summary>
    private async Task<Dictionary<int, TierCounts>> CountSeatsAsync(
        EditedEvent row, IReadOnlyList<EditedTier> tiers, SeatingPlan? plan)
    {
        var counts = new Dictionary<int, TierCounts>();
        if (plan is null)
            return counts;
        if (row.IsOpened && await lanes.ReadAsync(row.Id) is { Lane: { Settings: { } settings } lane })
        {
            var snapshot = lane.Availability.Snapshot();
            for (var seat = 0; seat < snapshot.SeatCount; seat++)
            {
                var tier = settings.Layout.TierOf(seat);
                var count = counts.GetValueOrDefault(tier);
                count.Total++;
                _ = snapshot.StateOf(seat) switch
                {
                    SeatState.Held => count.Held++,
                    SeatState.Sold => count.Sold++,
                    SeatState.Blocked => count.Blocked++,
                    _ => 0,
                };
                counts[tier] = count;
            }

            return counts;
        }

        var byCategory = plan.CountByCategory();
        foreach (var tier in tiers.Where(tier => tier.Category is not null))
        {
            var index = plan.IndexOfCategory(tier.Category!);
            counts[tier.Number] = new TierCounts(index < 0 ? 0 : byCategory[index], 0, 0, 0);
        }

        return counts;
    }
}
