using Onsale.Inventory;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>What is missing before an event can be published, and what would embarrass afterwards.</summary>
internal static class PublishChecklist
{
    public static IReadOnlyList<ChecklistItem> Of(
        EditedEvent row, IReadOnlyList<OwnTier> tiers, SeatingPlan? plan, bool hasImprint)
    {
        if (row.EventStatus == EventStatus.Cancelled)
            return [];
        var items = new List<ChecklistItem>();
        if (row.VenueId is null)
            Block("venue", "Choose a venue.");
        if (tiers.Count == 0)
            Block("tiers", "Add a tier: what a place costs.");
        else if (tiers.Sum(tier => (long)tier.Total) == 0)
            Block("places", "No tier has any places.");
        var unmapped = Unmapped(tiers, plan).ToList();
        if (unmapped.Count > 0)
            Block("categories", $"No tier sells the plan's {string.Join(", ", unmapped)}.");
        if (row.EndsAt < row.StartsAt || row.OffSaleAt <= row.OnSaleAt)
            Block("times", "An end is before its beginning.");
        if (row.OffSaleAt <= row.Now)
            Block("sales-over", "Sales would be over at once: they end in the past.");
        if (row.Description.Length == 0 && row.Summary.Length == 0)
            Mention("no-description", "Nothing says what the event is.");
        if (row.CancellableUntil is null)
            Mention("no-refunds", "Buyers cannot cancel: no cancellation policy is set.");
        if (!hasImprint)
            Mention("no-imprint", "The organisation has no imprint, which many countries ask for.");
        return items;

        void Block(string code, string message) => items.Add(new ChecklistItem(code, IsBlocking: true, message));

        void Mention(string code, string message) => items.Add(new ChecklistItem(code, IsBlocking: false, message));
    }

    private static IEnumerable<string> Unmapped(IReadOnlyList<OwnTier> tiers, SeatingPlan? plan)
    {
        if (plan is null)
            return [];
        var counts = plan.CountByCategory();
        return plan.Categories.Where((category, index) => counts[index] > 0
            && tiers.All(tier => tier.PlanCategory != category.Name)).Select(category => category.Name);
    }
}
