using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Seating;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>The numbered seats with their states, for people and programs that do not want to unpack bits.</summary>
internal static class ListSeats
{
    // A snapshot is one object for each version: its seats are counted once, and forgotten with it.
    private static readonly ConditionalWeakTable<AvailabilitySnapshot, SeatPages> s_pages = [];

    public static async Task<Results<Ok<Page<EventSeat>>, Problem>> HandleAsync(
        string id, [AsParameters] Parameters parameters, EventLookup events, SeatingPlanCache plans,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(parameters.Page, parameters.Limit, validation);
        var state = StateOf(parameters.Status, validation);
        var attribute = AttributeOf(parameters.Attribute, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (lane, problem) = await events.RequireFreshAsync(id);
        if (lane is null)
            return problem!;
        var settings = lane.Settings!;
        if (settings.SeatingPlanId is not { } planId || await plans.GetAsync(planId, cancellationToken) is not { } plan)
            return TypedResults.Ok(Page<EventSeat>.Of([], 0, paging));

        var snapshot = lane.Availability.Snapshot();
        var (seats, total) = s_pages.GetValue(snapshot, _ => new SeatPages(plan, snapshot.StateOf))
            .Find(parameters.Section, state, attribute, paging.Offset, paging.Limit);
        return TypedResults.Ok(Page<EventSeat>.Of(
            [.. seats.Select(seat => Describe(seat, plan, settings, snapshot))], total, paging));
    }

    private static EventSeat Describe(int seat, SeatingPlan plan, EventSettings settings, AvailabilitySnapshot snapshot)
    {
        var tier = settings.Tiers[settings.Layout.TierOf(seat)];
        return new EventSeat(
            seat, plan.SectionOf(seat), plan.RowNameOf(seat), plan.NumberOf(seat), plan.LabelOf(seat), tier.Id,
            new Money(tier.Parts.Total, settings.Currency), snapshot.StateOf(seat),
            SeatAttributeNames.NamesOf(plan.AttributesOf(seat)), plan.NoteOf(seat));
    }

    private static SeatAttributes AttributeOf(string? value, Validation validation)
    {
        if (string.IsNullOrEmpty(value))
            return SeatAttributes.None;
        if (SeatAttributeNames.Find(value) is { } attribute)
            return attribute;
        validation.Add("attribute", "Must be wheelchair, companion, restrictedView or aisle.");
        return SeatAttributes.None;
    }

    private static SeatState? StateOf(string? status, Validation validation)
    {
        switch (status)
        {
            case null or "":
                return null;
            case "available":
                return SeatState.Available;
            case "held":
                return SeatState.Held;
            case "sold":
                return SeatState.Sold;
            case "blocked":
                return SeatState.Blocked;
            default:
                validation.Add("status", "Must be available, held, sold or blocked.");
                return null;
        }
    }

    internal sealed class Parameters
    {
        [Description("Only seats of this section; case does not matter.")]
        [FromQuery(Name = "section")]
        public string? Section { get; init; }

        [Description("Only seats in this state.")]
        [AllowedValues("available", "held", "sold", "blocked")]
        [FromQuery(Name = "status")]
        public string? Status { get; init; }

        [Description("Only seats with this attribute.")]
        [AllowedValues("wheelchair", "companion", "restrictedView", "aisle")]
        [FromQuery(Name = "attribute")]
        public string? Attribute { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Seats a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }
    }
}
