using System.Text.RegularExpressions;
using Onsale.Inventory;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>What the fields of an event may be. Only what is asked for is checked.</summary>
internal static partial class EventRules
{
    /// <summary>Fields that can be emptied.</summary>
    private static readonly string[] s_clearable =
        ["venueId", "seatingPlanId", "doorsAt", "cancellableUntil", "ageLimit", "companionsReleasedAt"];

    /// <summary>The changed event without its venue and plan; what is wrong is noted by field.</summary>
    public static EditedEvent Apply(EditedEvent row, EventChange change, Validation validation)
    {
        var cleared = change.Clear ?? [];
        foreach (var field in cleared.Where(field => Array.IndexOf(s_clearable, field) < 0))
            validation.Add("clear", $"Must be of {string.Join(", ", s_clearable)}.");
        // Who bought a place for a companion counts on it.
        if (row.IsOpened && row.CompanionsReleasedAt is not null && cleared.Contains("companionsReleasedAt"))
            validation.Add("clear", "companionsReleasedAt of an event that was published can be moved, not emptied.");
        var after = row with
        {
            Title = Text("title", change.Title, row.Title, 1, EventLimits.MaxTitleCharacters),
            Slug = change.Slug is { } slug ? CheckSlug(slug, validation) : row.Slug,
            Summary = Text("summary", change.Summary, row.Summary, 0, EventLimits.MaxSummaryCharacters),
            Description = Text(
                "description", change.Description, row.Description, 0, EventLimits.MaxDescriptionCharacters),
            Category = Text("category", change.Category, row.Category, 1, EventLimits.MaxCategoryCharacters),
            StartsAt = change.StartsAt ?? row.StartsAt,
            EndsAt = change.EndsAt ?? EndOf(row, change),
            DoorsAt = cleared.Contains("doorsAt") ? null : change.DoorsAt ?? row.DoorsAt,
            Currency = change.Currency is { } currency ? CheckCurrency(currency, validation) : row.Currency,
            OnSaleAt = change.OnSaleAt ?? row.OnSaleAt,
            OffSaleAt = change.OffSaleAt ?? row.OffSaleAt,
            HoldMinutes = change.HoldMinutes is { } minutes
                ? (short)Number("holdMinutes", minutes, EventLimits.MinHoldMinutes, EventLimits.MaxHoldMinutes)
                : row.HoldMinutes,
            HoldExtensions = change.HoldExtensions is { } extensions
                ? (short)Number("holdExtensions", extensions, 0, InventoryLimits.MaxHoldExtensions)
                : row.HoldExtensions,
            MaxTicketsPerBuyer = change.MaxTicketsPerBuyer is { } tickets
                ? Number("maxTicketsPerBuyer", tickets, 1, EventLimits.MaxTicketsPerBuyer)
                : row.MaxTicketsPerBuyer,
            OneBookingPerBuyer = change.OneBookingPerBuyer ?? row.OneBookingPerBuyer,
            OrphanRule = change.OrphanRule ?? row.OrphanRule,
            CancellableUntil = cleared.Contains("cancellableUntil")
                ? null : change.CancellableUntil ?? row.CancellableUntil,
            CompanionsReleasedAt = cleared.Contains("companionsReleasedAt")
                ? null : change.CompanionsReleasedAt ?? row.CompanionsReleasedAt,
            AgeLimit = cleared.Contains("ageLimit") ? null
                : change.AgeLimit is { } age ? (short)Number("ageLimit", age, 0, EventLimits.MaxAgeLimitYears)
                : row.AgeLimit,
            Languages = change.Languages is { } languages ? CheckLanguages(languages, validation) : row.Languages,
        };
        CheckTimes(after, change, validation);
        return after;

        string Text(string field, string? value, string present, int min, int max) =>
            value is null ? present : validation.Text(field, value, min, max);

        int Number(string field, int value, int min, int max)
        {
            validation.Range(field, value, min, max);
            return Math.Clamp(value, min, max);
        }
    }

    /// <summary>"Jazz am See" as a folded name makes "jazz-am-see", with a mark of the event's own.</summary>
    public static string SlugOf(string foldedTitle, Guid id)
    {
        var words = foldedTitle.Split(' ')
            .Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit))).Where(word => word.Length > 0);
        var mark = $"{id:N}"[^8..];
        var name = string.Join('-', words);
        name = name[..Math.Min(name.Length, EventLimits.MaxSlugCharacters - mark.Length - 1)].TrimEnd('-');
        return name.Length == 0 ? mark : $"{name}-{mark}";
    }

    /// <summary>An end that was not given moves with the start.</summary>
    private static DateTimeOffset EndOf(EditedEvent row, EventChange change) =>
        change.StartsAt is { } start ? start + (row.EndsAt - row.StartsAt) : row.EndsAt;

    private static void CheckTimes(EditedEvent after, EventChange change, Validation validation)
    {
        // An old row that is wrong blocks no other field: only times that were sent are compared.
        if (change.StartsAt is not null || change.EndsAt is not null)
            validation.Require(after.EndsAt >= after.StartsAt, "endsAt", "Must not be before startsAt.");
        if (change.OnSaleAt is not null || change.OffSaleAt is not null)
            validation.Require(after.OffSaleAt > after.OnSaleAt, "offSaleAt", "Must be after onSaleAt.");
        if (change.DoorsAt is not null)
            validation.Require(after.DoorsAt <= after.EndsAt, "doorsAt", "Must not be after endsAt.");
        if (change.CancellableUntil is not null)
        {
            validation.Require(
                after.CancellableUntil <= after.EndsAt, "cancellableUntil", "Must not be after endsAt.");
        }
    }

    private static string CheckSlug(string slug, Validation validation)
    {
        validation.Require(
            slug.Length <= EventLimits.MaxSlugCharacters && SlugPattern().IsMatch(slug) && !Guid.TryParse(slug, out _)
                && !NewEventRules.IsReserved(slug),
            "slug", "Must be lower-case letters, digits and single hyphens, at most "
                + $"{EventLimits.MaxSlugCharacters} characters, and no address of the program's own.");
        return slug;
    }

    private static string CheckCurrency(string currency, Validation validation)
    {
        validation.Require(Currencies.IsKnown(currency), "currency", "Must be an ISO 4217 code such as EUR.");
        return currency;
    }

    private static string[] CheckLanguages(string[] languages, Validation validation)
    {
        validation.Require(
            languages.Length <= EventLimits.MaxLanguages && Array.TrueForAll(languages, LanguagePattern().IsMatch),
            "languages", $"Must be at most {EventLimits.MaxLanguages} language tags such as de or pt-BR.");
        return languages;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguagePattern();
}
