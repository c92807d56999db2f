using System.Text;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>
/// A seating plan as the shop's map draws it, before any event sells it: each of its categories stands for a tier.
/// </summary>
internal static class PlanSeatMap
{
    private const string DefaultColour = "#808080";

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "plan-not-found", "The organisation has no such seating plan.");

    public static async Task<IResult> HandleAsync(
        string planId, OrganisationAccess access, OrganisationPlanStore plans, SeatingPlanCache cache,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(planId, "D", out var id)
            || await plans.FindAsync(access.OrganisationId, id, cancellationToken) is null
            || await cache.GetAsync(id, cancellationToken) is not { } plan)
        {
            return s_notFound;
        }

        // Not as a file with its encodings, as an event's map is: few look at a plan, and it is one organisation's own.
        return TypedResults.Json(SeatMapDocument.Build(plan, TiersOf(plan)), SeatMapJson.Default.SeatMap);
    }

    /// <summary>
    /// A draft as buyers would see it, had it been published; 422 with its faults where it cannot be.
    /// </summary>
    public static async Task<IResult> OfDraftAsync(
        string draftId, OrganisationAccess access, PlanDraftStore drafts, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(draftId, "D", out var id)
            || await drafts.FindAsync(access.OrganisationId, id, cancellationToken) is not { } row)
        {
            return PlanDrafts.NotFound;
        }

        var utf8 = Encoding.UTF8.GetBytes(row.Document!);
        var reading = PlanJsonReader.Read(utf8);
        if (reading.Document is not { } document)
            return OwnPlans.Invalid(reading.Faults, utf8);
        var plan = SeatingPlanCompiler.Compile(document);
        return TypedResults.Json(SeatMapDocument.Build(plan, TiersOf(plan)), SeatMapJson.Default.SeatMap);
    }

    private static List<SeatMapTierSource> TiersOf(SeatingPlan plan) =>
        [.. plan.Categories.Select((category, index) => new SeatMapTierSource(
            new Guid(index, 0, 0, new byte[8]), category.Name, category.Color ?? DefaultColour, category.Name))];
}
