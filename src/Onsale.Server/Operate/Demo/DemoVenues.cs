using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Catalog.Venues;

namespace Onsale.Server.Operate.Demo;

/// <summary>A venue of the demo, with its seating plan if it has seats.</summary>
internal sealed record DemoVenue(
    string Slug, string Name, string City, string Country, string Address, string TimeZone, PlanDocument? Plan = null)
{
    public string Accessibility { get; init; } = "";

    public string Transport { get; init; } = "";

    public VenueCoordinates? Coordinates { get; init; }

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
            Coordinates = new(41.883m, -87.617m),
            Accessibility =
                "Step-free from the lakefront entrance. Lifts to all levels. Places for wheelchairs in row R "
                + "of the orchestra, each with a companion’s beside it. Induction loop in the hall.",
            Transport =
                "Lakefront station, five minutes on foot. Buses 4 and 12 stop at the door. Bicycle racks on the "
                + "avenue; the garage below the hall closes an hour after the last event.",
        },
        new("meridian-stadium", "Meridian Stadium", "Los Angeles", "US", "1 Meridian Way", "America/Los_Angeles",
            StadiumPlans.Bowl())
        {
            Coordinates = new(34.014m, -118.288m),
        },
        new("the-foundry", "The Foundry", "Berlin", "DE", "Gießereistraße 14", "Europe/Berlin")
        {
            Coordinates = new(52.536m, 13.387m),
        },
        new("studio-nine", "Studio Nine", "New York", "US", "9 Ferry Lane, Brooklyn", "America/New_York")
        {
            Coordinates = new(40.703m, -73.989m),
        },
        new("wrenfield-playhouse", "Wrenfield Playhouse", "London", "GB", "27 Wren Street", "Europe/London",
            HallPlans.Playhouse())
        {
            Coordinates = new(51.527m, -0.114m),
        },
        new("theatre-des-tilleuls", "Théâtre des Tilleuls", "Paris", "FR", "3 place des Tilleuls", "Europe/Paris",
            HallPlans.OperaHouse())
        {
            Coordinates = new(48.87m, 2.352m),
        },
        new("the-tin-parlour", "The Tin Parlour", "Toronto", "CA", "88 Cannery Row", "America/Toronto",
            HallPlans.Studio())
        {
            Coordinates = new(43.65m, -79.36m),
        },
        new("the-copper-lantern", "The Copper Lantern", "New Orleans", "US", "512 Calliope Alley", "America/Chicago",
            HallPlans.JazzClub())
        {
            Coordinates = new(29.963m, -90.06m),
        },
        new("saltmarsh-lane", "Saltmarsh Lane", "Bristol", "GB", "Saltmarsh Lane", "Europe/London",
            StadiumPlans.FootballGround())
        {
            Coordinates = new(51.44m, -2.62m),
        },
        new("harbour-green", "Harbour Green", "Sydney", "AU", "Harbour Green, Eastern Quay", "Australia/Sydney")
        {
            Coordinates = new(-33.859m, 151.213m),
        },
        new("kumo-forum", "Kumo Forum", "Tokyo", "JP", "2-11 Kumo-dori", "Asia/Tokyo")
        {
            Coordinates = new(35.676m, 139.763m),
        },
        new("patio-azul", "Patio Azul", "Mexico City", "MX", "Calle del Patio 45", "America/Mexico_City")
        {
            Coordinates = new(19.42m, -99.163m),
        },
    ];
}
