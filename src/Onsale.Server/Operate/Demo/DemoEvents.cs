namespace Onsale.Server.Operate.Demo;

/// <summary>The events of the demo: invented artists, real shapes of on-sales.</summary>
internal static class DemoEvents
{
    private const string Gold = "#b45309";
    private const string Violet = "#7c3aed";
    private const string Teal = "#0f766e";
    private const string Blue = "#1d4ed8";
    private const string Rose = "#be123c";

    public static IReadOnlyList<DemoEvent> All() =>
        [.. Music().Concat(Stage()).Concat(DayOut()).SelectMany(show => show.EachDate())];

    private static IEnumerable<DemoEvent> Music() =>
    [
        new("limited-concert", "studio-nine", "concert", "Ines Calloway: Two Chairs, One Song")
        {
            Summary = "A song written and recorded in front of the only two guests in the room.",
            Description = "Ines Calloway closes the door of Studio Nine, writes one song in an evening and cuts it "
                + "straight to tape. There are two chairs beside the piano. Both guests take home a numbered pressing.",
            DaysAhead = 20, Weekday = DayOfWeek.Thursday, Starts = new(20, 0), Hours = 2.5,
            Tiers = [new("Listener", 15_000, 2, Gold)],
            WaitlistOfferMinutes = 120,
        },
        new("club-night", "the-foundry", "club", "Static Bloom: Ten Hours of House")
        {
            Summary = "Marlo Venn and Kite Season share the decks from eleven until the trams run again.",
            Description = "The old casting hall of the Foundry, one sound system, no screens. Marlo Venn plays the "
                + "first half, Kite Season the second. VIP has the gallery with its own bar; Front Row is the fenced "
                + "floor before the desk.",
            DaysAhead = 9, Weekday = DayOfWeek.Friday, Starts = new(23, 0), Hours = 7,
            Tiers = [new("VIP", 12_000, 50, Gold), new("Front Row", 7_500, 100, Rose), new("GA", 3_500, 500, Violet)],
        },
        new("symphony-grand-hall", "aurelia-hall", "classical", "Lakeshore Philharmonic: The Unfinished Sea")
        {
            Summary =
                "Anneke Roux conducts a new symphony in five tides, and the concerto that made Tomas Ilves known.",
            Description = "The season opens with the first performance of “The Unfinished Sea”, written for the hall's "
                + "long echo. After the interval Tomas Ilves returns with the violin concerto he first played here at "
                + "nineteen. Doors open an hour before; there is a talk on the platform at 18:45.",
            DaysAhead = 30, Weekday = DayOfWeek.Saturday, Starts = new(19, 30), Hours = 2.5,
            Tiers = [new("Orchestra", 14_500), new("Grand Circle", 9_500), new("Balcony", 4_500)],
        },
        new("stadium-tour", "meridian-stadium", "concert", "Halcyon Drive: The Long Way Home Tour")
        {
            Summary = "The last night of the tour: three hours, four stages' worth of light, one stadium.",
            Description = "Halcyon Drive end two years on the road where they began. Gates open at 16:00, support from "
                + "Paper Satellites at 18:00. The pitch is standing only; all other places are numbered seats.",
            DaysAhead = 95, Weekday = DayOfWeek.Saturday, Starts = new(19, 0), Hours = 4, MaxTicketsPerBuyer = 6,
            Tiers =
            [
                new("Lower Bowl Premium", 19_500), new("Lower Bowl", 14_500), new("Upper Bowl", 9_500),
                new("Upper Bowl Value", 5_900), new("Pitch Standing", 11_500, 10_000, "#be185d"),
            ],
        },
        new("midnight-drop", "the-foundry", "club", "Nocturne 404: Unannounced Live Set")
        {
            Summary = "No line-up, no support, one hour. Tickets go at midnight.",
            Description = "Nobody has seen Nocturne 404 play, and nobody will say when they do again. Phones stay in "
                + "sealed pouches. Tickets are sold at midnight, two a person.",
            DaysAhead = 60, Weekday = DayOfWeek.Friday, Starts = new(23, 59), Hours = 1.5, OnSaleInDays = 3,
            MaxTicketsPerBuyer = 2, HoldMinutes = 5,
            Tiers = [new("Floor", 4_200, 1_200, Violet), new("Gantry", 6_800, 80, Gold)],
        },
        new("late-set", "the-copper-lantern", "jazz", "The Odette Marsh Quartet: Late Set")
        {
            Summary = "Standards after midnight, taken slowly, in a cellar of eighteen tables.",
            Description = "Odette Marsh sings, Ferdie Labat plays the upright that came with the building. Tables seat "
                + "four and are sold by the chair; there is standing room along the bar. Kitchen until eleven.",
            DaysAhead = 12, Weekday = DayOfWeek.Saturday, Starts = new(22, 30), Hours = 2.5, MaxTicketsPerBuyer = 4,
            Tiers = [new("Stageside", 6_500), new("Table", 4_500), new("Bar standing", 2_000, 40, Rose)],
        },
        new("candlelight-recital", "studio-nine", "classical", "Candlelight Recital: Sora Whitlock, Cello")
        {
            Summary = "Three suites, one cello, six armchairs.",
            Description = "Sora Whitlock plays the suites she is about to record, an arm's length away. Only six "
                + "people fit; one booking a person.",
            DaysAhead = 16, Weekday = DayOfWeek.Sunday, Starts = new(18, 0), Hours = 1.5, MaxTicketsPerBuyer = 2,
            OneBookingPerBuyer = true,
            Tiers = [new("Armchair", 8_000, 6, Teal)],
        },
        new("noche-de-patio", "patio-azul", "concert", "Noche de Patio: Los Hermanos Zafra")
        {
            Summary = "Cumbia under the jacarandas, with the eight-piece band of the Zafra brothers.",
            Description = "The courtyard opens at seven with food from the neighbourhood; the band starts at nine and "
                + "nobody has ever found out when it stops. Children come in free with a Patio ticket.",
            DaysAhead = 40, Weekday = DayOfWeek.Friday, Starts = new(21, 0), Hours = 4,
            CancellableUntilTheDayBefore = true,
            Tiers =
            [
                new("Patio", 2_800, 700, Teal), new("Terraza", 5_500, 60, Gold),
                new("Under 12", 0, 100, Blue, SoldWith: "Patio"),
            ],
        },
    ];

    private static IEnumerable<DemoEvent> Stage() =>
    [
        new("the-cartographers-daughter", "wrenfield-playhouse", "theatre", "The Cartographer's Daughter")
        {
            Summary = "A map with a hole in it, and the woman sent to fill it. A new play by Rowan Achebe.",
            Description = "1887: an island exists on every chart and in no harbour's books. Rowan Achebe's new play "
                + "follows the only surveyor willing to look for it. Two hours and twenty minutes with one interval. "
                + "Single seats may not be left between bookings.",
            DaysAhead = 25, Weekday = DayOfWeek.Wednesday, Starts = new(19, 30), Hours = 2.5, OrphanRule = true,
            Tiers =
            [
                new("Premium Stalls", 9_800), new("Stalls", 7_200), new("Dress Circle", 5_800), new("Gallery", 2_500),
            ],
        },
        new("pip-and-the-paper-moon", "wrenfield-playhouse", "family", "Pip and the Paper Moon")
        {
            Summary = "Puppets, shadows and a very small astronaut. For everyone from four years.",
            Description = "Pip cuts the moon out of paper and then has to explain to the night where it went. "
                + "Fifty-five "
                + "minutes without an interval; booster cushions at the door.",
            DaysAhead = 33, Weekday = DayOfWeek.Sunday, Starts = new(11, 0), Hours = 1, MaxTicketsPerBuyer = 12,
            CancellableUntilTheDayBefore = true,
            Tiers =
            [
                new("Premium Stalls", 2_600), new("Stalls", 2_200), new("Dress Circle", 1_800), new("Gallery", 1_200),
            ],
        },
        new("the-glass-garden", "theatre-des-tilleuls", "ballet", "The Glass Garden")
        {
            Summary = "Compagnie Aubépine dances among forty panes of moving glass.",
            Description = "Choreography by Solène Varga, music for strings and glass harmonica played from the pit. "
                + "Boxes are sold by the chair. Bookings can be cancelled until a day before, and no single seat may "
                + "be left over.",
            DaysAhead = 48, Weekday = DayOfWeek.Friday, Starts = new(20, 0), Hours = 2.25, OrphanRule = true,
            CancellableUntilTheDayBefore = true,
            Tiers =
            [
                new("Parterre", 13_000), new("First Tier Boxes", 11_000), new("Second Tier Boxes", 7_500),
                new("Amphitheatre", 3_500),
            ],
        },
        new("nina-okafor", "the-tin-parlour", "comedy", "Nina Okafor: Perfectly Reasonable")
        {
            Summary = "An hour on neighbours, forms and the correct way to queue.",
            Description = "New material from the comedian who argued with a parking meter for a whole television hour. "
                + "The front three rows are spoken to.",
            DaysAhead = 6, Weekday = DayOfWeek.Saturday, Starts = new(20, 0), Hours = 1.25, MaxTicketsPerBuyer = 6,
            Tiers = [new("Front", 4_200), new("House", 3_200)],
        },
    ];

    private static IEnumerable<DemoEvent> DayOut() =>
    [
        new("saltmarsh-rovers-alderney", "saltmarsh-lane", "sports", "Saltmarsh Rovers v Alderney Town")
        {
            Summary = "The coast derby, and the last home match of the season.",
            Description = "Turnstiles open ninety minutes before kick-off. Away supporters are in the South End. "
                + "Tickets can be given back until a day before the match.",
            DaysAhead = 18, Weekday = DayOfWeek.Saturday, Starts = new(15, 0), Hours = 2,
            CancellableUntilTheDayBefore = true,
            Tiers = [new("Main Stand", 3_800), new("East Stand", 3_200), new("Ends", 2_400)],
        },
        new("harbour-light-festival", "harbour-green", "festival", "Harbour Light Festival: Saturday")
        {
            Summary = "Three stages on the water from noon, lanterns on the quay at dusk.",
            Description = "With Paper Satellites, The Marrow Sisters, Juno Okonkwo and eleven more. Day tickets come "
                + "back in through the gate until six. Lantern Deck has seats, shade and the ferry landing.",
            DaysAhead = 75, Weekday = DayOfWeek.Saturday, Starts = new(12, 0), Hours = 10,
            Tiers =
            [
                new("Day", 9_900, 8_000, Blue), new("Lantern Deck", 24_000, 400, Gold),
                new("Under 16", 3_500, 1_000, Teal),
            ],
        },
        new("foundations-conference", "kumo-forum", "conference", "Foundations: Systems That Last")
        {
            Summary = "Two days on software that outlives its authors. Talks in Japanese and English.",
            Description = "Twenty-four talks, one track, long breaks. Workshop tickets include the day before at the "
                + "same place. One booking a person; ask for an invoice after booking.",
            DaysAhead = 110, Weekday = DayOfWeek.Tuesday, Starts = new(9, 0), Hours = 33, MaxTicketsPerBuyer = 5,
            OneBookingPerBuyer = true, HoldMinutes = 20,
            Tiers =
            [
                new("Two days", 48_000, 600, Blue), new("Two days and workshop", 72_000, 90, Violet),
                new("Student", 12_000, 60, Teal),
            ],
        },
        new("night-sky-hour", "patio-azul", "family", "An Hour with the Night Sky")
        {
            Summary = "Telescopes, hot chocolate and an astronomer who answers everything.",
            Description = "Dr Abril Quintero brings three telescopes to the roof of the Patio Azul. If it is cloudy, "
                + "the stars come out of a projector and the chocolate is the same.",
            DaysAhead = 14, Weekday = DayOfWeek.Thursday, Starts = new(20, 30), Hours = 1, MaxTicketsPerBuyer = 5,
            CancellableUntilTheDayBefore = true, Dates = 3,
            Tiers = [new("Visitor", 1_200, 40, Blue)],
        },
    ];
}
