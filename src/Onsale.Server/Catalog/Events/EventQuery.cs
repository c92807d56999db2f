using System.Globalization;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>What a list is sorted by.</summary>
internal enum EventSort
{
    Date,
    Price,
    Title,
}

/// <summary>A checked question for a list of events; null filters are not asked for.</summary>
internal sealed record EventQuery(
    string? Search, string? City, string? Category, DateTimeOffset? From, DateTimeOffset? To,
    EventSort Sort, bool Descending, Paging Paging)
{
    /// <summary>
    /// Reads the query string's values, noting what is wrong with them in <paramref name="validation"/>.
    /// </summary>
    public static EventQuery Read(ListEvents.Parameters given, Validation validation)
    {
        var from = Day(given.From, "from", endOfDay: false, validation);
        var to = Day(given.To, "to", endOfDay: true, validation);
        validation.Require(from is null || to is null || from <= to, "to", "Must not be before from.");
        return new EventQuery(
            Filter(given.Search, "search", EventListingLimits.MaxSearchCharacters, validation),
            Filter(given.City, "city", EventListingLimits.MaxFilterCharacters, validation),
            Filter(given.Category, "category", EventListingLimits.MaxFilterCharacters, validation),
            from, to,
            SortOf(given.Sort, validation),
            IsDescending(given.Order, validation),
            Paging.Read(given.Page, given.Limit, validation));
    }

    private static string? Filter(string? value, string field, int max, Validation validation) =>
        string.IsNullOrWhiteSpace(value) ? null : validation.Text(field, value, 1, max);

    private static EventSort SortOf(string? value, Validation validation)
    {
        switch (value)
        {
            case null or "" or "date":
                return EventSort.Date;
            case "price":
                return EventSort.Price;
            case "title":
                return EventSort.Title;
            default:
                validation.Add("sort", "Must be date, price or title.");
                return EventSort.Date;
        }
    }

    private static bool IsDescending(string? value, Validation validation)
    {
        validation.Require(value is null or "" or "asc" or "desc", "order", "Must be asc or desc.");
        return value is "desc";
    }

    /// <summary>An instant, or a whole day in UTC: <c>to=2026-05-01</c> includes that day.</summary>
    private static DateTimeOffset? Day(string? value, string field, bool endOfDay, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        // A plus that was not percent-encoded arrives as a space.
        if (Instants.TryParse(value.Trim().Replace(' ', '+'), out var instant))
            return instant;
        if (DateOnly.TryParseExact(
            value.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var time = endOfDay ? TimeOnly.MaxValue : TimeOnly.MinValue;
            return new DateTimeOffset(day.ToDateTime(time), TimeSpan.Zero);
        }

        validation.Add(field, "Must be a date (2026-05-01) or an RFC 3339 instant (2026-05-01T18:00:00Z).");
        return null;
    }
}
