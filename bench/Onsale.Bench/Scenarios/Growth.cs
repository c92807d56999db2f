using System.Diagnostics;
using Onsale.Bench.Hosts;
using Onsale.Bench.Load;
using Onsale.Bench.Reports;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>Whether holds stay as fast when events get larger and the past gets longer.</summary>
internal sealed class Growth
{
    private const int SeatsWithPast = 10_000;
    private const int BookingsOfPastEvent = 10_000;
    private const long MaxRecentKeys = 1_000_000;
    private const int OwnPastShare = 100;
    private static readonly int[] Sizes = [1_000, 10_000, 100_000];

    // Past bookings were given back or ran out: a house cannot be sold out a thousand times over. The recent ones have
    // a key, which a booking's id carries.
    private const string PastSql = """
        insert into bookings (event_id, id, buyer_id, state, held_until, hold_version, version, created_at, changed_at,
            tiers, seats, prices, key_hash, fingerprint)
        select
            case when i % $3 = 0 then $4 else ('00000000-0000-4000-8000-' || lpad((i / $5)::text, 12, '0'))::uuid end,
            p.id, ('00000000-0000-4000-9000-' || lpad((random() * 1000000)::integer::text, 12, '0'))::uuid,
            4, now() - p.age, 1, 1, now() - p.age, now() - p.age,
            '{0,0}', array[(i % 9000)::integer, (i % 9000)::integer + 1], '{4500,4500}',
            case when i <= $6 then p.id end, case when i <= $6 then p.id end
        from generate_series($1, $2) as i
            cross join lateral (select case when i <= $6 then interval '1 hour' else interval '3 days' end as age) a
            cross join lateral (select a.age, uuidv7(-a.age) as id) p
        """;

    private readonly BenchOptions _options;
    private readonly BenchDatabase _database;
    private readonly BenchEvents _events;
    private readonly CancellationToken _cancellationToken;
    private long _run;

    private Growth(BenchOptions options, BenchDatabase database, CancellationToken cancellationToken)
    {
        (_options, _database, _cancellationToken) = (options, database, cancellationToken);
        _events = new BenchEvents(database.DataSource);
    }

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        HttpLoad.UseOneThread();
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await new Growth(options, database, cancellationToken).RunAsync();
    }

    private async Task RunAsync()
    {
        var bySize = await MeasureSizesAsync();
        // No past bookings are in this one yet: what the audit sees is what was sold.
        var audited = await Audit.RunAsync(_database, _cancellationToken);
        var byPast = await MeasurePastAsync();
        await ReportAsync(bySize, byPast, audited);
    }

    private async Task<IReadOnlyList<Measured>> MeasureSizesAsync()
    {
        var measured = new List<Measured>();
        foreach (var seats in Sizes)
            measured.Add(new Measured($"{seats:N0} seats", (await _events.WithSeatsAsync(1, seats))[0].Id, seats));
        await MeasureAsync(measured);
        return measured;
    }

    private async Task<IReadOnlyList<Measured>> MeasurePastAsync()
    {
        var eventId = (await _events.WithSeatsAsync(1, SeatsWithPast))[0].Id;
        var measured = new List<Measured>();
        var past = 0L;
        foreach (var count in _options.PastBookings.Order())
        {
            await AddPastAsync(eventId, past, count);
            past = Math.Max(past, count);
            var one = new Measured($"{count:N0} past bookings", eventId, SeatsWithPast);
            await MeasureAsync([one]);
            measured.Add(one);
        }

        return measured;
    }

    private async Task AddPastAsync(Guid eventId, long from, long to)
    {
        if (to <= from)
            return;
        var began = Stopwatch.GetTimestamp();
        await _database.ExecuteAsync(
            PastSql, from + 1, to, (long)OwnPastShare, eventId, (long)BookingsOfPastEvent, MaxRecentKeys);
        await _database.ExecuteAsync("vacuum analyze bookings");
        await _database.ExecuteAsync("checkpoint");
        await Console.Error.WriteLineAsync(
            $"{to:N0} past bookings were made in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
    }

    /// <summary>A server started anew, so that each event is loaded anew; then rounds in turns.</summary>
    private async Task MeasureAsync(IReadOnlyList<Measured> all)
    {
        await using var server = await ServerProcess.StartAsync(_database);
        // The first request of a process pays for much that is not the event's: another event pays it here.
        var other = (await _events.WithSeatsAsync(1, Sizes[0]))[0].Id;
        await server.SendAsync(HttpMethod.Get, $"/api/v1/events/{other}/availability", token: null);
        foreach (var one in all)
        {
            var began = Stopwatch.GetTimestamp();
            var (status, body) = await server.SendAsync(
                HttpMethod.Get, $"/api/v1/events/{one.EventId}/availability", token: null);
            one.Loading = Stopwatch.GetElapsedTime(began);
            if (status != 200)
                throw new BenchException($"Availability was answered with {status}: {body}");
        }

        await LoadAsync(server, new Measured("warm-up", other, Sizes[0]), TimeSpan.FromSeconds(4));
        for (var round = 0; round < _options.Rounds; round++)
        {
            foreach (var one in all)
            {
                var load = await LoadAsync(server, one, _options.Duration);
                one.Loads.Add(load);
                await Console.Error.WriteLineAsync(
                    $"  {one.Name}: {Whole(load.Rate(201))} holds/s, "
                    + $"p50 {Milliseconds(load.Percentile(201, 50).TotalMilliseconds)} ms, "
                    + $"p99 {Milliseconds(load.Percentile(201, 99).TotalMilliseconds)} ms, "
                    + $"loaded in {one.Loading.TotalMilliseconds:F0} ms");
            }
        }
    }

    private async Task<LoadResult> LoadAsync(ServerProcess server, Measured one, TimeSpan duration)
    {
        var tokens = await server.MintGuestsAsync(HttpLoad.Connections);
        var source = new HoldAndRelease(one.EventId, one.Seats, tokens, ++_run);
        var result = (await HttpLoad.RunAsync(server.Address, source, duration, _cancellationToken)).Expect(201, 200);
        await source.GiveBackAsync(server, tokens);
        return result;
    }

    private async Task ReportAsync(IReadOnlyList<Measured> bySize, IReadOnlyList<Measured> byPast, int audited)
    {
        var report = new Report(_options);
        report.Say("# Growth");
        await report.DescribeRunAsync(await _database.QueryAsync<string>("show server_version"));
        report.Say($"""
            {HttpLoad.Connections} connections over HTTP, each holding two seats of its own and giving them back, so
            that an event stays as full as it was; holds and releases alternate and both are batched. Medians of
            {_options.Rounds} rounds of {_options.Duration.TotalSeconds:N0} s. "Loading" is the first request for the
            event after the server started: plan, seats and bookings read from PostgreSQL, once.
            """);
        report.Say("## Larger events");
        report.Table(Head, bySize.Select(one => Row(one, bySize[0])));
        report.Say("A hold touches its seats and its row, whatever else the house has; sizes were measured in turns. "
            + $"The auditor found nothing in {audited} events.");
        report.Say("## A longer past");
        report.Table(Head, byPast.Select(one => Row(one, byPast[0])));
        report.Say($"""
            An event of {SeatsWithPast:N0} seats; one in {OwnPastShare} of the past bookings belongs to it, the others
            to events of {BookingsOfPastEvent:N0} bookings each, up to {MaxRecentKeys:N0} of them with idempotency keys
            of the last day. These were measured one after another, each by a server started anew, so that the machine's
            own ups and downs are in the differences. What grows is the depth of the indexes: a level for each
            hundred-fold.
            """);
        var size = await _database.QueryAsync<string>("select pg_size_pretty(pg_database_size(current_database()))");
        report.Say($"Database size at the end: {size}.");
        await report.WriteAsync();
    }

    private static readonly string[] Head =
        ["", "holds a second", "to the first", "rounds", "p50 ms", "p95 ms", "p99 ms", "loading ms"];

    private static IReadOnlyList<string> Row(Measured one, Measured first)
    {
        return
        [
            one.Name, Whole(one.Rate), Ratio(one.Rate / first.Rate), Range(one.Loads.Select(load => load.Rate(201))),
            Percentile(50), Percentile(95), Percentile(99), Milliseconds(one.Loading.TotalMilliseconds),
        ];

        string Percentile(double percent) =>
            Milliseconds(one.Loads.Select(load => load.Percentile(201, percent).TotalMilliseconds).Median());
    }

    private sealed class Measured(string name, Guid eventId, int seats)
    {
        public string Name => name;

        public Guid EventId => eventId;

        public int Seats => seats;

        public TimeSpan Loading { get; set; }

        public List<LoadResult> Loads { get; } = [];

        public double Rate => Loads.Select(load => load.Rate(201)).Median();
    }
}
