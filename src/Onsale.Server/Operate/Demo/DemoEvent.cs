using Onsale.Inventory;
using Onsale.Platform.Contract;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Operate.Demo;

/// <summary>
/// An event of the demo; its dates are counted from the first start, so that the demo is always current.
/// </summary>
internal sealed record DemoEvent(string Slug, string Venue, string Category, string Title)
{
    // Tickets of the demo have been on sale this long, unless an event says otherwise.
    private const int DaysOnSale = 21;

    public required string Summary { get; init; }

    public required string Description { get; init; }

    /// <summary>At least so many days after the first start, on the next such <see cref="Weekday"/>.</summary>
    public required int DaysAhead { get; init; }

    public required DayOfWeek Weekday { get; init; }

    /// <summary>By the venue's clock.</summary>
    public required TimeOnly Starts { get; init; }

    public required double Hours { get; init; }

    public required IReadOnlyList<DemoTier> Tiers { get; init; }

    /// <summary>
    /// Null: on sale already. Else on sale so many days after the first start, at midnight by the venue's clock.
    /// </summary>
    public int? OnSaleInDays { get; init; }

    public int MaxTicketsPerBuyer { get; init; } = 8;

    public int HoldMinutes { get; init; } = 10;

    /// <summary>How many dates it has, a week apart.</summary>
    public int Dates { get; init; } = 1;

    public int? WaitlistOfferMinutes { get; init; }

    public bool OneBookingPerBuyer { get; init; }

    public bool OrphanRule { get; init; }

    public bool CancellableUntilTheDayBefore { get; init; }

    /// <summary>Of a show with several dates.</summary>
    public Guid? SeriesId { get; private init; }

    public Guid Id => DemoIds.Of("event", Slug);

    /// <summary>One event a date.</summary>
    public IEnumerable<DemoEvent> EachDate() => Dates == 1
        ? [this]
        : Enumerable.Range(0, Dates).Select(week => this with
        {
            Slug = week == 0 ? Slug : $"{Slug}-{week + 1}",
            DaysAhead = DaysAhead + (7 * week),
            SeriesId = DemoIds.Of("series", Slug),
        });

    public NewEvent ToNewEvent(Guid organisationId, DemoVenue venue, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZones.ToLocal(now, venue.TimeZone)!.Value.DateTime);
        var day = today.AddDays(DaysAhead);
        day = day.AddDays(((int)Weekday - (int)day.DayOfWeek + 7) % 7);
        var startsAt = At(day, Starts);
        return new NewEvent
        {
            Id = Id,
            OrganisationId = organisationId,
            VenueId = venue.Id,
            SeatingPlanId = Tiers.Any(tier => tier.Capacity is null) ? venue.PlanId : null,
            Slug = Slug,
            Title = Title,
            Summary = Summary,
            Description = Description,
            Category = Category,
            SeriesId = SeriesId,
            StartsAt = startsAt,
            EndsAt = startsAt.AddHours(Hours),
            TimeZone = venue.TimeZone,
            Currency = "USD",
            Status = EventStatus.Published,
            OnSaleAt = OnSaleInDays is { } days
                ? At(today.AddDays(days), TimeOnly.MinValue)
                : At(today.AddDays(-DaysOnSale), new TimeOnly(10, 0)),
            OffSaleAt = startsAt,
            HoldMinutes = HoldMinutes,
            MaxTicketsPerBuyer = MaxTicketsPerBuyer,
            WaitlistOfferMinutes = WaitlistOfferMinutes,
            OneBookingPerBuyer = OneBookingPerBuyer,
            OrphanRule = OrphanRule,
            CancellableUntil = CancellableUntilTheDayBefore ? startsAt.AddDays(-1) : null,
            Tiers = [.. Tiers.Select(tier => ToNewTier(tier, venue))],
        };

        DateTimeOffset At(DateOnly date, TimeOnly time) => TimeZones.FromLocal(date, time, venue.TimeZone);
    }

    private NewTier ToNewTier(DemoTier tier, DemoVenue venue)
    {
        var category = tier.Capacity is null ? tier.PlanCategory ?? tier.Name : null;
        // A seat has the colour that the plan's own category has.
        var colour = tier.Colour ?? venue.Plan!.Categories.Single(known => known.Name == category).Color!;
        return new NewTier(
            DemoIds.Of("tier", $"{Slug}/{tier.Name}"), tier.Name, tier.Price, colour, category, tier.Capacity,
            tier.SoldWith is { } other ? Tiers.Select(one => one.Name).ToList().IndexOf(other) : null);
    }
}

/// <summary>A tier of the demo: by quantity where it has a capacity, else the plan's category of its name.</summary>
/// <param name="Name">Shown to buyers.</param>
/// <param name="Price">In cents.</param>
/// <param name="Capacity">Places by quantity.</param>
/// <param name="Colour">Needed by quantity; seats take their category's.</param>
/// <param name="SoldWith">Name of an earlier tier whose places it is sold with only.</param>
/// <param name="PlanCategory">Where the category has another name than the tier.</param>
internal sealed record DemoTier(
    string Name, long Price, int? Capacity = null, string? Colour = null, string? PlanCategory = null,
    string? SoldWith = null);
