using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Events;

/// <summary>Every question a list can ask finds an index among a hundred thousand events.</summary>
public sealed class EventIndexTests(EventIndexTests.ManyEvents many) : IClassFixture<EventIndexTests.ManyEvents>
{
    private static readonly EventQuery Everything = new(
        null, null, null, null, null, EventSort.Date, false, new Paging(1, 20));

    public static TheoryData<string> Questions => [.. Queries.Keys];

    private static Dictionary<string, EventQuery> Queries { get; } = new(StringComparer.Ordinal)
    {
        ["everything by date"] = Everything,
        ["everything by date, latest first"] = Everything with { Descending = true },
        ["everything by price"] = Everything with { Sort = EventSort.Price },
        ["everything by title"] = Everything with { Sort = EventSort.Title, Descending = true },
        ["the first of each series"] = Everything with { IsGrouped = true },
        ["the first of each series in a city, by price"] =
            Everything with { IsGrouped = true, City = "city 17", Sort = EventSort.Price },
        ["a city"] = Everything with { City = "city 17" },
        ["a category"] = Everything with { Category = "Category 3" },
        ["a city and a category"] = Everything with { City = "City 17", Category = "category 3" },
        ["a rare word"] = Everything with { Search = "star4711" },
        ["a rare word's beginning by price"] = Everything with { Search = "star471", Sort = EventSort.Price },
        ["two words"] = Everything with { Search = "star4711 hall" },
        ["a month"] = Everything with { From = ManyEvents.Start.AddDays(100), To = ManyEvents.Start.AddDays(130) },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_page_is_found_without_reading_every_event(string question)
    {
        var plan = await ExplainAsync(EventsStore.ListSql(Queries[question]).Page, Queries[question]);

        plan.ShouldNotContain("Seq Scan on events", customMessage: plan);
    }

    [Theory]
    [InlineData("a city")]
    [InlineData("a city and a category")]
    [InlineData("a rare word")]
    [InlineData("two words")]
    [InlineData("a month")]
    public async Task A_narrow_list_is_counted_without_reading_every_event(string question)
    {
        var plan = await ExplainAsync(EventsStore.ListSql(Queries[question]).Count, Queries[question]);

        plan.ShouldNotContain("Seq Scan on events", customMessage: plan);
    }

    [Fact]
    public async Task Without_the_indexes_the_plan_is_a_scan() // the control: the check above can fail
    {
        await using var connection = await many.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("drop index events_by_search, events_by_date");

        var query = Queries["a rare word"];
        var plan = string.Join('\n', await connection.QueryAsync<string>(
            $"explain {EventsStore.ListSql(query).Count}", EventsStore.Parameters(query), transaction));

        plan.ShouldContain("Seq Scan on events");
        await transaction.RollbackAsync();
    }

    private async Task<string> ExplainAsync(string sql, EventQuery query)
    {
        await using var connection = await many.DataSource.OpenConnectionAsync();
        return string.Join('\n', await connection.QueryAsync<string>($"explain {sql}", EventsStore.Parameters(query)));
    }

    public sealed class ManyEvents : IAsyncLifetime
    {
        private const int Count = 100_000;

        public static readonly DateTimeOffset Start = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

        internal NpgsqlDataSource DataSource { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            DataSource = NpgsqlDataSource.Create(await TestCluster.PrivateDatabaseAsync());
            await using var connection = await DataSource.OpenConnectionAsync();
            await connection.ExecuteAsync("""
                insert into organisations (id, slug, name)
                values ('00000000-0000-0000-0000-000000000001', 'promoter', 'Promoter');
                insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
                select md5('venue ' || n)::uuid, '00000000-0000-0000-0000-000000000001', 'venue-' || n, 'Hall ' || n,
                    'City ' || n,
                       'US', 'Street', 'UTC'
                from generate_series(0, 99) as n;
                insert into events (
                    id, organisation_id, venue_id, slug, title, category, starts_at, ends_at, time_zone, currency,
                                    status, on_sale_at, off_sale_at, lowest_price, highest_price, series_id)
                select md5('event ' || n)::uuid, '00000000-0000-0000-0000-000000000001', md5('venue ' || n % 100)::uuid,
                       'event-' || n, 'Star' || n || ' live', 'Category ' || n % 10, @start + n * interval '10 minutes',
                       @start + n * interval '10 minutes' + interval '3 hours', 'UTC', 'USD', 1, '2020-01-01',
                       '2040-01-01', n % 977, n % 977,
                       case when n % 10 = 0 then md5('series ' || n / 100)::uuid end
                from generate_series(1, @count) as n;
                analyze events;
                """, new { start = Start, count = Count }, commandTimeout: 120);
        }

        public async Task DisposeAsync() => await DataSource.DisposeAsync();
    }
}
