using Dapper;
using Npgsql;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Operate.Demo;
using Onsale.Server.Tests.Catalog.SeatingPlans;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class EventCreationTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly PlanDocument Document = Plans.Read(Plans.Small);
    private static readonly SeatingPlan Plan = SeatingPlanCompiler.Compile(Document);

    [Fact]
    public async Task An_event_has_its_tiers_seats_pools_and_inventory_or_nothing_at_all()
    {
        await using var dataSource = NpgsqlDataSource.Create(await TestCluster.SharedDatabaseAsync());
        await using var connection = await dataSource.OpenConnectionAsync();
        var valid = await ValidAsync(connection);

        (await EventCreation.CreateEventAsync(connection, valid, Plan)).Errors.ShouldBeEmpty();

        (await CountsAsync(connection, valid.Id)).ShouldBe((1, 3, 1, 4, 1));
        (await connection.QueryAsync<(short Number, short Kind, string? Category, long Price)>(
                "select number, kind, category, price from tiers where event_id = @Id order by number", valid))
            .ShouldBe([(0, 0, "Front", 4_000), (1, 0, "Back", 2_500), (2, 1, null, 0)]);

        var sameSlug = valid with { Id = NewId() };
        (await EventCreation.CreateEventAsync(connection, sameSlug, Plan)).Errors
            .ShouldBe([("slug", "is the slug of another event.")]);
        (await CountsAsync(connection, sameSlug.Id)).ShouldBe((0, 0, 0, 0, 0));
        var noVenue = valid with { Id = NewId(), Slug = $"other-{NewId()}", VenueId = NewId() };
        (await EventCreation.CreateEventAsync(connection, noVenue, Plan)).Errors
            .ShouldBe([("venueId", "does not name a venue.")]);
    }

    public static TheoryData<string, string> Faults { get; } = new()
    {
        { "slug", "Big Night" }, { "slug", "-x" }, { "slug", "suggestions" }, { "title", " " },
        { "title", "a\0b" }, { "currency", "XXX" },
        { "currency", "usd" }, { "timeZone", "Mars/Olympus" }, { "timeZone", "EST5EDT4" },
        { "timeZone", "right/Europe/Berlin" }, { "timeZone", "posix/Europe/Berlin" }, { "timeZone", "EST" },
        { "holdMinutes", "0" },
        { "holdMinutes", "61" }, { "holdExtensions", "-1" }, { "holdExtensions", "11" },
        { "maxTicketsPerBuyer", "0" }, { "endsAt", "" }, { "offSaleAt", "" },
        { "cancellableUntil", "" }, { "tiers[0].price", "-1" },
        { "tiers[0].colour", "red" }, { "tiers[1].name", "Front" },
        { "tiers[2].capacity", "-1" }, { "tiers[2]", "" }, { "tiers[1].planCategory", "Gods" }, { "tiers", "250" },
        { "tiers", "unmapped" }, { "seatingPlanId", "" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_is_named_by_its_field(string field, string value)
    {
        var valid = Valid(NewId(), NewId());
        NewEventRules.Check(valid, Plan).ShouldBeEmpty();
        NewTier[] tiers = [.. valid.Tiers];
        var wrong = (field, value) switch
        {
            ("slug", _) => valid with { Slug = value },
            ("title", _) => valid with { Title = value },
            ("currency", _) => valid with { Currency = value },
            ("timeZone", _) => valid with { TimeZone = value },
            ("holdMinutes", _) => valid with { HoldMinutes = int.Parse(value) },
            ("holdExtensions", _) => valid with { HoldExtensions = int.Parse(value) },
            ("maxTicketsPerBuyer", _) => valid with { MaxTicketsPerBuyer = int.Parse(value) },
            ("endsAt", _) => valid with { EndsAt = valid.StartsAt.AddMinutes(-1) },
            ("offSaleAt", _) => valid with { OffSaleAt = valid.OnSaleAt },
            ("cancellableUntil", _) => valid with { CancellableUntil = valid.EndsAt.AddMinutes(1) },
            ("tiers[0].price", _) => valid with { Tiers = [tiers[0] with { Price = -1 }, .. tiers[1..]] },
            ("tiers[0].colour", _) => valid with { Tiers = [tiers[0] with { Colour = value }, .. tiers[1..]] },
            ("tiers[1].name", _) => valid with { Tiers = [tiers[0], tiers[1] with { Name = value }, tiers[2]] },
            ("tiers[1].planCategory", _) =>
                valid with { Tiers = [tiers[0], tiers[1] with { PlanCategory = value }, tiers[2]] },
            ("tiers[2].capacity", _) => valid with { Tiers = [.. tiers[..2], tiers[2] with { Capacity = -1 }] },
            ("tiers[2]", _) => valid with { Tiers = [.. tiers[..2], tiers[2] with { Capacity = null }] },
            ("tiers", "250") => valid with { Tiers = [.. tiers, .. ManyTiers(248)] },
            ("tiers", _) => valid with { Tiers = tiers[1..] },
            _ => valid with { SeatingPlanId = null },
        };

        NewEventRules.Check(wrong, Plan).ShouldContain(error => error.Field == field);
    }

    [Fact]
    public void The_demos_own_events_pass_the_rules()
    {
        var venues = DemoVenues.All().ToDictionary(venue => venue.Slug, StringComparer.Ordinal);
        foreach (var demo in DemoEvents.All())
        {
            var @event = demo.ToNewEvent(NewId(), venues[demo.Venue], Now);
            var plan = @event.SeatingPlanId is null ? null : SeatingPlanCompiler.Compile(venues[demo.Venue].Plan!);

            NewEventRules.Check(@event, plan).ShouldBeEmpty(demo.Slug);
            @event.Currency.ShouldBe("USD");
        }
    }

    private static IEnumerable<NewTier> ManyTiers(int count) => Enumerable.Range(0, count)
        .Select(index => new NewTier(NewId(), $"T{index}", 1, "#000000", Capacity: 1));

    private static NewEvent Valid(Guid organisation, Guid venue) => new()
    {
        Id = NewId(),
        OrganisationId = organisation,
        VenueId = venue,
        SeatingPlanId = NewId(),
        Slug = $"event-{NewId()}",
        Title = "Big Night",
        Category = "concert",
        StartsAt = Now.AddDays(10),
        EndsAt = Now.AddDays(10).AddHours(3),
        TimeZone = "Europe/Berlin",
        Currency = "EUR",
        OnSaleAt = Now.AddDays(-1),
        OffSaleAt = Now.AddDays(10),
        Tiers =
        [
            new NewTier(NewId(), "Front", 4_000, "#aa0000", "Front"),
            new NewTier(NewId(), "Back", 2_500, "#00aa00", "Back"),
            new NewTier(NewId(), "Standing", 0, "#0000aa", Capacity: 100),
        ],
    };

    private static async Task<NewEvent> ValidAsync(NpgsqlConnection connection)
    {
        var (organisation, venue) = await House.BuildAsync(connection);
        var plan = await SeatingPlanStore.AddAsync(connection, NewId(), Document, venue, CancellationToken.None);
        return Valid(organisation, venue) with { SeatingPlanId = plan };
    }

    private static async Task<(long, long, long, long, long)> CountsAsync(NpgsqlConnection connection, Guid id) =>
        await connection.QuerySingleAsync<(long, long, long, long, long)>("""
            select (select count(*) from events where id = @id), (select count(*) from tiers where event_id = @id),
                (select count(*) from inventory where event_id = @id),
                (select count(*) from seats where event_id = @id),
                (select count(*) from pools where event_id = @id)
            """, new { id });

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
