using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Operate.Demo;

/// <summary>A venue of the demo, with its seating plan if it has seats.</summary>
internal sealed record DemoVenue(
    string Slug, string Name, string City, string Country, string Address, string TimeZone, PlanDocument? Plan = null)
{
    public string Accessibility { get; init; } = "";

    public string Transport { get; init; } = "";

    public Guid Id => DemoIds.Of("venue", Slug);

    public Guid PlanId => DemoIds.Of("plan", Slug);
}

/// <summary>The venues of the demo. None exists; the cities and their clocks do.</summary>
internal static class DemoVenues
{
    public static IReadOnlyList<DemoVenue> All() =>
    [
        new("aurelia-hall", "Aurelia Hall", "Chicago", "US", "410 Lakefront Avenue", "America/Chicago",
            HallPlans.ConcertHall())
        {
            Accessibility = "Step-free from the lakefront entrance. Lifts to all levels. Places for wheelchairs in row R "
                + "of the orchestra, each with a companion’s beside it. Induction loop in the hall.",
            Transport = "Lakefront station, five minutes on foot. Buses 4 and 12 stop at the door. Bicycle racks on the "
                + "avenue; the garage below the hall closes an hour after the last event.",
        },
        new("meridian-stadium", "Meridian Stadium", "Los Angeles", "US", "1 Meridian Way", "America/Los_Angeles",
            StadiumPlans.Bowl()),
        new("the-foundry", "The Foundry", "Berlin", "DE", "Gießereistraße 14", "Europe/Berlin"),
        new("studio-nine", "Studio Nine", "New York", "US", "9 Ferry Lane, Brooklyn", "America/New_York"),
        new("wrenfield-playhouse", "Wrenfield Playhouse", "London", "GB", "27 Wren Street", "Europe/London",
            HallPlans.Playhouse()),
        new("theatre-des-tilleuls", "Théâtre des Tilleuls", "Paris", "FR", "3 place des Tilleuls", "Europe/Paris",
            HallPlans.OperaHouse()),
        new("the-tin-parlour", "The Tin Parlour", "Toronto", "CA", "88 Cannery Row", "America/Toronto",
            HallPlans.Studio()),
        new("the-copper-lantern", "The Copper Lantern", "New Orleans", "US", "512 Calliope Alley", "America/Chicago",
            HallPlans.JazzClub()),
        new("saltmarsh-lane", "Saltmarsh Lane", "Bristol", "GB", "Saltmarsh Lane", "Europe/London",
            StadiumPlans.FootballGround()),
        new("harbour-green", "Harbour Green", "Sydney", "AU", "Harbour Green, Eastern Quay", "Australia/Sydney"),
        new("kumo-forum", "Kumo Forum", "Tokyo", "JP", "2-11 Kumo-dori", "Asia/Tokyo"),
        new("patio-azul", "Patio Azul", "Mexico City", "MX", "Calle del Patio 45", "America/Mexico_City"),
    ];
}
