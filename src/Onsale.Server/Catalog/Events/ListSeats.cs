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
    // By section and state. A snapshot is one object for each version: counted once, and forgotten with it.
    private static readonly ConditionalWeakTable<AvailabilitySnapshot, int[][]> s_counts = [];

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
        for (var section = 0; section < plan.Sections.Count; section++)
        {
            if (!IsAskedFor(plan.Sections[section], parameters.Section))
                continue;
            var count = CountOf(plan, section, snapshot, state, attribute);
            if (total + count > paging.Offset && seats.Count < paging.Limit)
            {
                var page = SeatsOf(plan, section, snapshot, state, attribute)
                    .Skip(Math.Max(0, paging.Offset - total));
                foreach (var seat in page.Take(paging.Limit - seats.Count))
                    seats.Add(Describe(seat, plan, settings, snapshot));
            }

            total += count;
        }

        return TypedResults.Ok(Page<EventSeat>.Of(seats, total, paging));
    }

    private static bool IsAskedFor(PlanSection section, string? name) =>
        string.IsNullOrEmpty(name) || section.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static (int First, int End) RangeOf(SeatingPlan plan, int section)
    {
        var (_, firstRow, rows, _) = plan.Sections[section];
        return (plan.RowStart(firstRow), plan.RowEnd(firstRow + rows - 1));
    }

    /// <summary>A page of a stadium must not cost a walk over all its seats, only over those of a section.</summary>
    private static int CountOf(
        SeatingPlan plan, int section, AvailabilitySnapshot snapshot, SeatState? state, SeatAttributes attribute)
    {
        var (first, end) = RangeOf(plan, section);
        if (attribute is not SeatAttributes.None)
            return SeatsOf(plan, section, snapshot, state, attribute).Count();
        return state is null
            ? end - first
            : s_counts.GetValue(snapshot, _ => CountStates(plan, snapshot))[section][(int)state];
    }

    private static int[][] CountStates(SeatingPlan plan, AvailabilitySnapshot snapshot)
    {
        var counts = new int[plan.Sections.Count][];
        for (var section = 0; section < counts.Length; section++)
        {
            counts[section] = new int[Enum.GetValues<SeatState>().Length];
            var (first, end) = RangeOf(plan, section);
            for (var seat = first; seat < end; seat++)
                counts[section][(int)snapshot.StateOf(seat)]++;
        }

        return counts;
    }

    private static IEnumerable<int> SeatsOf(
        SeatingPlan plan, int section, AvailabilitySnapshot snapshot, SeatState? state, SeatAttributes attribute)
    {
        var (first, end) = RangeOf(plan, section);
        var seats = Enumerable.Range(first, end - first);
        if (attribute is not SeatAttributes.None)
            seats = seats.Where(seat => plan.AttributesOf(seat).HasFlag(attribute));
        // Without a condition a page is reached without looking at the seats before it.
        return state is null ? seats : seats.Where(seat => snapshot.StateOf(seat) == state);
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
