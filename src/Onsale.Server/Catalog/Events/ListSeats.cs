using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>The numbered seats with their states, for people and programs that do not want to unpack bits.</summary>
internal static class ListSeats
{
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
        var seats = new List<EventSeat>(paging.Limit);
        var total = 0;
        foreach (var seat in SeatsOf(plan, parameters.Section))
        {
            if ((state is not null && snapshot.StateOf(seat) != state) || !plan.AttributesOf(seat).HasFlag(attribute))
                continue;
            if (total >= paging.Offset && seats.Count < paging.Limit)
                seats.Add(Describe(seat, plan, settings, snapshot));
            total++;
        }

        return TypedResults.Ok(Page<EventSeat>.Of(seats, total, paging));
    }

    private static IEnumerable<int> SeatsOf(SeatingPlan plan, string? section)
    {
        foreach (var (name, firstRow, rows) in plan.Sections)
        {
            if (!string.IsNullOrEmpty(section) && !name.Equals(section, StringComparison.OrdinalIgnoreCase))
                continue;
            for (var seat = plan.RowStart(firstRow); seat < plan.RowEnd(firstRow + rows - 1); seat++)
                yield return seat;
        }
    }

    private static EventSeat Describe(int seat, SeatingPlan plan, EventSettings settings, AvailabilitySnapshot snapshot)
    {
        var tier = settings.Tiers[settings.Layout.TierOf(seat)];
        return new EventSeat(
            seat, plan.SectionOf(seat), plan.RowNameOf(seat), plan.NumberOf(seat), plan.LabelOf(seat), tier.Id,
            new Money(tier.Price, settings.Currency), snapshot.StateOf(seat),
            SeatAttributeNames.NamesOf(plan.AttributesOf(seat)));
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
