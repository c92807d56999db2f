using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Onsale.Inventory;
using Onsale.Platform.Contract;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Catalog.Events;

/// <summary>What a new event must satisfy, beyond what the database's own constraints refuse.</summary>
internal static partial class NewEventRules
{
    /// <summary>What stands beside events in addresses: <c>/events/facets</c>.</summary>
    private static readonly FrozenSet<string> ReservedSlugs =
        new[] { "facets", "suggestions" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The reasons why the event cannot be created, by field; none where it can.</summary>
    /// <param name="event">The event.</param>
    /// <param name="plan">Its seating plan, where it names one.</param>
    public static List<(string Field, string Message)> Check(NewEvent @event, SeatingPlan? plan)
    {
        List<(string, string)> errors = [];
        CheckTexts(@event, errors);
        CheckTimes(@event, errors);
        CheckPolicy(@event, errors);
        CheckTiers(@event, errors);
        CheckPlan(@event, plan, errors);
        return errors;
    }

    /// <summary>Whether a slug is an address of the program's own.</summary>
    public static bool IsReserved(string slug) => ReservedSlugs.Contains(slug);

    /// <summary>Whether a text is a colour such as #7c3aed.</summary>
    public static bool IsColour(string text) => ColourPattern().IsMatch(text);

    private static void CheckTexts(NewEvent @event, List<(string, string)> errors)
    {
        if (@event.Slug.Length > EventLimits.MaxSlugCharacters || !SlugPattern().IsMatch(@event.Slug))
        {
            errors.Add(("slug", "must be lower-case letters, digits and single hyphens, at most "
                + $"{EventLimits.MaxSlugCharacters} characters."));
        }

        if (ReservedSlugs.Contains(@event.Slug))
            errors.Add(("slug", "is an address of the program's own."));
        CheckText("title", @event.Title, EventLimits.MaxTitleCharacters, required: true, errors);
        CheckText("summary", @event.Summary, EventLimits.MaxSummaryCharacters, required: false, errors);
        CheckText("description", @event.Description, EventLimits.MaxDescriptionCharacters, required: false, errors);
        CheckText("category", @event.Category, EventLimits.MaxCategoryCharacters, required: true, errors);
        if (!Currencies.IsKnown(@event.Currency))
            errors.Add(("currency", "must be an ISO 4217 code such as USD."));
    }

    private static void CheckText(string field, string text, int max, bool required, List<(string, string)> errors)
    {
        if (required && string.IsNullOrWhiteSpace(text))
            errors.Add((field, "must not be empty."));
        else if (text.Length > max)
            errors.Add((field, $"must have at most {max} characters."));
        else if (text.Any(c => char.IsControl(c) && c is not '\n' and not '\r' and not '\t'))
            errors.Add((field, "must not have control characters."));
    }

    private static void CheckTimes(NewEvent @event, List<(string, string)> errors)
    {
        if (!TimeZones.IsKnown(@event.TimeZone))
            errors.Add(("timeZone", "must be an IANA time zone such as Europe/Berlin."));
        if (@event.EndsAt < @event.StartsAt)
            errors.Add(("endsAt", "must not be before startsAt."));
        if (@event.OffSaleAt <= @event.OnSaleAt)
            errors.Add(("offSaleAt", "must be after onSaleAt."));
        if (@event.CancellableUntil > @event.EndsAt)
            errors.Add(("cancellableUntil", "must not be after endsAt."));
    }

    private static void CheckPolicy(NewEvent @event, List<(string, string)> errors)
    {
        if (@event.HoldMinutes is < EventLimits.MinHoldMinutes or > EventLimits.MaxHoldMinutes)
        {
            errors.Add(("holdMinutes",
                $"must be {EventLimits.MinHoldMinutes} to {EventLimits.MaxHoldMinutes}."));
        }

        if (@event.WaitlistOfferMinutes is < InventoryLimits.MinWaitlistOfferMinutes
            or > InventoryLimits.MaxWaitlistOfferMinutes)
        {
            errors.Add(("waitlistOfferMinutes", "must be "
                + $"{InventoryLimits.MinWaitlistOfferMinutes} to {InventoryLimits.MaxWaitlistOfferMinutes}."));
        }

        if (@event.HoldExtensions is < 0 or > EventLimits.MaxHoldExtensions)
            errors.Add(("holdExtensions", $"must be 0 to {EventLimits.MaxHoldExtensions}."));
        if (@event.MaxTicketsPerBuyer is < 1 or > EventLimits.MaxTicketsPerBuyer)
            errors.Add(("maxTicketsPerBuyer", $"must be 1 to {EventLimits.MaxTicketsPerBuyer}."));
        if (!Enum.IsDefined(@event.Status))
            errors.Add(("status", "is not a status of events."));
        if (@event.ImageUrl is { } url && !Uri.IsWellFormedUriString(url, UriKind.RelativeOrAbsolute))
            errors.Add(("imageUrl", "must be an address."));
    }

    private static void CheckTiers(NewEvent @event, List<(string, string)> errors)
    {
        if (@event.Tiers.Count is 0 or > EventLimits.MaxTiers)
            errors.Add(("tiers", $"must be 1 to {EventLimits.MaxTiers}."));
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        HashSet<Guid> ids = [];
        for (var number = 0; number < @event.Tiers.Count; number++)
        {
            var (tier, field) = (@event.Tiers[number], $"tiers[{number}]");
            CheckText($"{field}.name", tier.Name, EventLimits.MaxTierNameCharacters, required: true, errors);
            if (!names.Add(tier.Name))
                errors.Add(($"{field}.name", $"\"{tier.Name}\" is the name of another tier."));
            if (!ids.Add(tier.Id))
                errors.Add(($"{field}.id", "is the id of another tier."));
            if (tier.Price is < 0 or > EventLimits.MaxPriceMinorUnits)
                errors.Add(($"{field}.price", $"must be 0 to {EventLimits.MaxPriceMinorUnits} minor units."));
            if (!ColourPattern().IsMatch(tier.Colour))
                errors.Add(($"{field}.colour", "must be a colour such as #7c3aed."));
            if (tier.PlanCategory is null == tier.Capacity is null)
                errors.Add((field, "must have either planCategory or capacity."));
            if (tier.NeedsTier is { } needs && (needs < 0 || needs >= @event.Tiers.Count
                || @event.Tiers[needs].NeedsTier is not null))
            {
                errors.Add(($"{field}.needsTier", "must be a tier that is sold alone too."));
            }

            if (tier.Capacity is < 0 or > EventLimits.MaxPoolPlaces)
                errors.Add(($"{field}.capacity", $"must be 0 to {EventLimits.MaxPoolPlaces}."));
        }
    }

    private static void CheckPlan(NewEvent @event, SeatingPlan? plan, List<(string, string)> errors)
    {
        if (@event.SeatingPlanId is null != plan is null)
        {
            errors.Add(("seatingPlanId", "does not name a seating plan."));
            return;
        }

        var unmapped = plan is null ? [] : CategoriesWithSeats(plan);
        for (var number = 0; number < @event.Tiers.Count; number++)
        {
            if (@event.Tiers[number].PlanCategory is { } category && !unmapped.Remove(category))
            {
                errors.Add(($"tiers[{number}].planCategory",
                    $"\"{category}\" has no seats in the plan, or is another tier's already."));
            }
        }

        foreach (var category in unmapped)
            errors.Add(("tiers", $"The plan's category \"{category}\" has seats but no tier."));
    }

    private static HashSet<string> CategoriesWithSeats(SeatingPlan plan)
    {
        var counts = plan.CountByCategory();
        return [.. plan.Categories.Where((_, index) => counts[index] > 0).Select(category => category.Name)];
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColourPattern();
}
