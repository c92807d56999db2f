using System.Globalization;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events;

/// <summary>What a list is sorted by.</summary>
internal enum EventSort
{
    Date,
    Price,
    Title,
}

/// <summary>Days that people name, by the calendar of each event's venue.</summary>
internal enum EventDays
{
    Today,
    Tomorrow,
    Weekend,
    NextWeek,
}

/// <summary>A checked question for a list of events; null filters are not asked for.</summary>
/// <param name="From">The earliest start: an instant, or a day by the venue's calendar.</param>
/// <param name="To">The latest start: an instant, or a day by the venue's calendar.</param>
internal sealed record EventQuery(
    string? Search, string? City, string? Category, EventTime? From, EventTime? To,
    EventSort Sort, bool Descending, Paging Paging)
{
    public EventDays? When { get; init; }

    /// <summary>Ids of events.</summary>
    public Guid[]? Ids { get; init; }

    /// <summary>Slugs of venues.</summary>
    public string[]? Venues { get; init; }

    /// <summary>A series of dates.</summary>
    public Guid? Series { get; init; }

    /// <summary>Whether the first event that fits stands for all of its series.</summary>
    public bool IsGrouped { get; init; }

    /// <summary>A city, and what is near it.</summary>
    public string? Near { get; init; }

    /// <summary>How far <see cref="Near"/> reaches, kilometres.</summary>
    public int WithinKilometres { get; init; } = EventListingLimits.NearKilometres;

    /// <summary>Slug of an organisation.</summary>
    public string? Organiser { get; init; }

    /// <summary>ISO 4217; prices are compared only within one currency.</summary>
    public string? Currency { get; init; }

    /// <summary>In minor units of <see cref="Currency"/>; some tier has a price of at least this.</summary>
    public long? MinPrice { get; init; }

    /// <summary>In minor units of <see cref="Currency"/>; some tier has a price of at most this.</summary>
    public long? MaxPrice { get; init; }

    /// <summary>
    /// Reads the query string's values, noting what is wrong with them in <paramref name="validation"/>.
    /// </summary>
    public static EventQuery Read(ListEvents.Parameters given, Validation validation)
    {
        var from = Time(given.From, "from", validation);
        var to = Time(given.To, "to", validation);
        validation.Require(!EventTime.IsBefore(to, from), "to", "Must not be before from.");
        var (min, max) = (Price(given.MinPrice, "minPrice", validation), Price(given.MaxPrice, "maxPrice", validation));
        validation.Require(min is null || max is null || min <= max, "maxPrice", "Must not be below minPrice.");
        return new EventQuery(
            Filter(given.Search, "search", EventListingLimits.MaxSearchCharacters, validation),
            Filter(given.City, "city", EventListingLimits.MaxFilterCharacters, validation),
            Filter(given.Category, "category", EventListingLimits.MaxFilterCharacters, validation),
            from, to,
            SortOf(given.Sort, validation),
            IsDescending(given.Order, validation),
            Paging.Read(given.Page, given.Limit, validation))
        {
            When = DaysOf(given.When, validation),
            Ids = IdsOf(given.Ids, validation),
            Venues = VenuesOf(given.Venue, validation),
            Series = validation.Id("series", given.Series),
            IsGrouped = IsGroupedBy(given.Group, validation),
            Near = Filter(given.Near, "near", EventListingLimits.MaxFilterCharacters, validation),
            WithinKilometres = WithinOf(given.Within, validation),
            Organiser = Filter(given.Organiser, "organiser", EventListingLimits.MaxFilterCharacters, validation),
            Currency = CurrencyOf(given.Currency, isNeeded: min is not null || max is not null, validation),
            MinPrice = min,
            MaxPrice = max,
        };
    }

    private static EventDays? DaysOf(string? value, Validation validation)
    {
        switch (value)
        {
            case null or "":
                return null;
            case "today":
                return EventDays.Today;
            case "tomorrow":
                return EventDays.Tomorrow;
            case "weekend":
                return EventDays.Weekend;
            case "nextWeek":
                return EventDays.NextWeek;
            default:
                validation.Add("when", "Must be today, tomorrow, weekend or nextWeek.");
                return null;
        }
    }

    private static Guid[]? IdsOf(string? value, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var parts = value.Split(',', StringSplitOptions.TrimEntries);
        var ids = new List<Guid>(parts.Length);
        foreach (var part in parts)
        {
            if (Guid.TryParseExact(part, "D", out var id))
                ids.Add(id);
        }

        validation.Require(
            ids.Count == parts.Length && ids.Count <= EventListingLimits.MaxIds, "ids",
            $"Must be at most {EventListingLimits.MaxIds} ids (UUID), separated by commas.");
        return [.. ids];
    }

    private static bool IsGroupedBy(string? value, Validation validation)
    {
        validation.Require(value is null or "" or "series", "group", "Must be series.");
        return value is "series";
    }

    private static string[]? VenuesOf(string? value, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        var slugs = validation.Text("venue", value, 1, EventListingLimits.MaxVenuesCharacters)
            .Split(',', StringSplitOptions.TrimEntries);
        validation.Require(
            slugs.Length <= EventListingLimits.MaxVenues
                && slugs.All(slug => slug.Length is > 0 and <= EventListingLimits.MaxSlugCharacters),
            "venue",
            $"Must be at most {EventListingLimits.MaxVenues} slugs of at most "
                + $"{EventListingLimits.MaxSlugCharacters} characters, separated by commas.");
        return slugs;
    }

    private static int WithinOf(string? value, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
            return EventListingLimits.NearKilometres;
        if (int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var kilometres)
            && kilometres is >= 1 and <= EventListingLimits.MaxNearKilometres)
        {
            return kilometres;
        }

        validation.Add(
            "within", $"Must be a whole number of kilometres between 1 and {EventListingLimits.MaxNearKilometres}.");
        return EventListingLimits.NearKilometres;
    }

    private static string? CurrencyOf(string? value, bool isNeeded, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            validation.Require(!isNeeded, "currency", "Must be given with minPrice and maxPrice.");
            return null;
        }

        validation.Require(Currencies.IsKnown(value), "currency", "Must be an ISO 4217 code such as EUR.");
        return value;
    }

    private static long? Price(string? value, string field, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (long.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var price)
            && price <= EventLimits.MaxPriceMinorUnits)
        {
            return price;
        }

        validation.Add(field, $"Must be a whole number of minor units between 0 and {EventLimits.MaxPriceMinorUnits}.");
        return null;
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

    private static EventTime? Time(string? value, string field, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        // A plus that was not percent-encoded arrives as a space.
        if (Instants.TryParse(value.Trim().Replace(' ', '+'), out var instant))
            return new EventTime(instant, Day: null);
        if (DateOnly.TryParseExact(
            value.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new EventTime(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), day);
        }

        validation.Add(field, "Must be a date (2026-05-01) or an RFC 3339 instant (2026-05-01T18:00:00Z).");
        return null;
    }
}

/// <summary>A bound of a list: an instant, or a day by the calendar of each event's venue.</summary>
/// <param name="Instant">The instant; of a day, its beginning in UTC.</param>
/// <param name="Day">The day; null for an instant.</param>
internal sealed record EventTime(DateTimeOffset Instant, DateOnly? Day)
{
    /// <summary>
    /// Somewhere on earth a day has begun 14 hours before it does in UTC, and lasts until 12 hours after it has ended
    /// there.
    /// </summary>
    public DateTimeOffset Earliest => Day is null ? Instant : Shift(hours: -14);

    /// <inheritdoc cref="Earliest"/>
    public DateTimeOffset Latest => Day is null ? Instant : Shift(hours: 24 + 12);

    public static implicit operator EventTime(DateTimeOffset instant) => new(instant, Day: null);

    // The first and the last day of the calendar have nothing before or after them.
    private DateTimeOffset Shift(int hours) => new(
        Math.Clamp(
            Instant.UtcTicks + (hours * TimeSpan.TicksPerHour), DateTimeOffset.MinValue.Ticks,
            DateTimeOffset.MaxValue.Ticks),
        TimeSpan.Zero);

    /// <summary>Whether no event can start between two bounds.</summary>
    public static bool IsBefore(EventTime? to, EventTime? from) =>
        to is not null && from is not null
        && (to.Day is { } last && from.Day is { } first ? last < first : to.Latest < from.Earliest);
}
