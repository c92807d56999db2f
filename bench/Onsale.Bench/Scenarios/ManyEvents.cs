using Onsale.Bench.Hosts;
using Onsale.Bench.Hosts.RowLocks;
using Onsale.Bench.Load;
using Onsale.Bench.Reports;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>
/// The load of <see cref="OnSale"/> spread over events that are on sale at once, beside one event, row locks and the
/// no-op.
/// </summary>
internal sealed class ManyEvents
{
    private const int LargestEvent = 200_000;
    private const int SmallestEvent = 100;
    private const int HoldsPerSecond = 25_000;
    private const int LoadingConnections = 8;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    private readonly BenchOptions _options;
    private readonly BenchDatabase _database;
    private readonly ServerProcess _server;
    private readonly ServerProcess? _other;
    private readonly BenchEvents _events;
    private readonly CancellationToken _cancellationToken;
    private long _run;

    private ManyEvents(
        BenchOptions options, BenchDatabase database, ServerProcess server, ServerProcess? other,
        CancellationToken cancellationToken)
    {
        (_options, _database, _server, _other, _cancellationToken) = (
            options, database, server, other, cancellationToken);
        _events = new BenchEvents(database.DataSource);
    }

    /// <summary>Twenty nights of a tour, each with a crowd of its own.</summary>
    public static Task RunTourAsync(BenchOptions options, CancellationToken cancellationToken) =>
        RunAsync(options, [20], "# Twenty hot events at once", new Targets { OverOne = 0.9 }, cancellationToken);

    /// <summary>Many events, none of which has a crowd.</summary>
    public static Task RunCoolAsync(BenchOptions options, CancellationToken cancellationToken) =>
        RunAsync(options, [1000, 10_000], "# Many cool events at once", new Targets(), cancellationToken);

    private static async Task RunAsync(
        BenchOptions options, int[] counts, string title, Targets targets, CancellationToken cancellationToken)
    {
        HttpLoad.UseOneThread();
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await database.ExecuteAsync(RowLockSql.CreateTables);
        await using var server = await ServerProcess.StartAsync(database, [.. options.ServerSettings]);
        await using var other = options.OtherServerSettings is { } settings
            ? await ServerProcess.StartAsync(database, [.. settings]) : null;
        var scenario = new ManyEvents(options, database, server, other, cancellationToken);
        await scenario.RunAsync(title, [1, .. options.Events ?? counts], targets);
    }

    private async Task RunAsync(string title, IReadOnlyList<int> counts, Targets targets)
    {
        var noOp = new Measurement("No-op: GET, small JSON", 200, NoOpAsync);
        var crowds = new List<Crowd>();
        foreach (var count in counts.Distinct())
            crowds.Add(await MakeCrowdAsync(count));
        IReadOnlyList<Measurement> all =
        [
            .. new[] { noOp }.Concat(crowds.SelectMany(crowd => crowd.Measurements))
                .Where(one => _options.Measures(one.Name)),
        ];
        foreach (var one in all)
            await one.WarmUpAsync(s_warmUp);
        for (var round = 1; round <= _options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {_options.Rounds}");
            // Back and forth, so that what comes first in a round does not always.
            foreach (var one in round % 2 == 1 ? all : all.Reverse())
            {
                var isOther = crowds.Exists(crowd => crowd.OtherHolds == one);
                await one.TakeAsync(isOther ? _other! : _server, _options.Duration);
            }
        }

        foreach (var server in _other is null ? [_server] : new[] { _server, _other })
        {
            if ((await server.StatsAsync()).Alarms is > 0 and var alarms)
                throw new BenchException($"The server raised {alarms} alarms.");
        }

        var audited = await Audit.RunAsync(_database, _cancellationToken);
        if (_options.Only is null)
            await ReportAsync(title, noOp, crowds, targets, audited);
    }

    private async Task<LoadResult> NoOpAsync(TimeSpan duration) =>
        (await LoadAsync(_server, new SameRequest($"GET {Baselines.NoOpPath} HTTP/1.1"), duration)).Expect(200);

    private async Task<LoadResult> LoadAsync(ServerProcess server, RequestSource source, TimeSpan duration)
    {
        var (work, before) = (await server.BeginCountAsync(), await server.StatsAsync());
        var result = await HttpLoad.RunAsync(server.Address, source, duration, _cancellationToken);
        (result.ServerBefore, result.WorkBefore) = (before, work);
        return result;
    }

    /// <summary>Events with enough seats for all rounds, the same ones for the lanes and for the row locks.</summary>
    private async Task<Crowd> MakeCrowdAsync(int count)
    {
        await Console.Error.WriteLineAsync($"Making seats for {count:N0} events at once");
        var seconds = s_warmUp.TotalSeconds + (_options.Rounds * _options.Duration.TotalSeconds);
        var wanted = (int)(2 * HoldsPerSecond * seconds / count);
        var seats = Math.Min(LargestEvent, (wanted / SmallestEvent * SmallestEvent) + SmallestEvent);
        var turns = (wanted / seats) + 1;
        var events = await _events.WithSeatsAsync(count * turns, seats);
        Guid[] ids = [.. events.Select(one => one.Id)];
        await _database.CopyToRowLocksAsync(ids);
        Guid[] others = _other is null
            ? [] : [.. (await _events.WithSeatsAsync(count * turns, seats)).Select(one => one.Id)];
        return new Crowd(this, ids, others, seats, count);
    }

    /// <summary>Loads the events, as the first look at their pages does.</summary>
    private static Task ReadAsync(ServerProcess server, IReadOnlyList<Guid> events) => Parallel.ForEachAsync(
        events, new ParallelOptions { MaxDegreeOfParallelism = LoadingConnections },
        async (id, _) => await server.SendAsync(HttpMethod.Get, $"/api/v1/events/{id}/availability", token: null));

    private async Task ReportAsync(
        string title, Measurement noOp, IReadOnlyList<Crowd> crowds, Targets targets, int auditedEvents)
    {
        var (noise, report) = (Noise.Of(noOp), new Report(_options));
        report.Say(title);
        await report.DescribeRunAsync(await _database.QueryAsync<string>("show server_version"));
        report.Say($"""
            {HttpLoad.Connections} connections in a closed loop over HTTP/1.1, as in [on-sale](on-sale.md): holds of two
            seats by {OnSale.Guests:N0} guests, each request for the next of the events; one in
            {HoldRequests.ContentionEvery} asks for seats that another asked for a moment ago and is refused. Medians of
            {_options.Rounds} rounds of {_options.Duration.TotalSeconds:N0} s, all kinds taken in turns, every second
            round in the opposite order; ratios are medians of the ratios within a round. {noise.Describe()}
            """);
        report.Table(
            ["holds", "÷ one event", "wanted", "", "÷ row locks", "÷ no-op", "p99 ms", $"≤ {Targets.MaxP99} ms"],
            crowds.Select(crowd => RatiosOf(crowd, crowds[0], noOp, targets, noise)));
        report.Table(
            [
                "", "a second", "rounds", "p50 ms", "p99 ms", "commands a batch", "batches a transaction",
                "server CPU µs", "server bytes", "PostgreSQL CPU µs", "WAL bytes", "server switches",
                "PostgreSQL switches",
            ],
            new[] { noOp }.Concat(crowds.SelectMany(crowd => crowd.Measurements)).Select(Row));
        report.Say("""
            What is counted is divided by answers of whatever status: processor time, bytes allocated on the server's
            managed heap, bytes of PostgreSQL's log, and context switches.
            """);
        if (_other is not null)
        {
            report.Say($"""
                "Other" is a server with `{string.Join(' ', _options.OtherServerSettings!)}` beside the one with
                `{string.Join(' ', _options.ServerSettings)}`, on events of its own: {string.Join("; ", crowds.Select(
                    crowd => $"{crowd.Name}: {Ratio(crowd.Holds.RateOver(crowd.OtherHolds!))} times its holds"))}.
                """);
        }

        report.Say($"""
            Afterwards the auditor found nothing in {auditedEvents:N0} events; no alarm, no deadlock.
            """);
        await report.WriteAsync();
    }

    private static IReadOnlyList<string> RatiosOf(
        Crowd crowd, Crowd one, Measurement noOp, Targets targets, Noise noise)
    {
        var (overOne, p99) = (crowd.Holds.RateOver(one.Holds), crowd.Holds.Percentile(99));
        var wanted = crowd == one ? null : targets.OverOne;
        return
        [
            crowd.Name, Ratio(overOne), wanted is { } least ? $"≥ {Ratio(least)}" : "",
            wanted is null ? "" : noise.Judge(overOne >= wanted), Ratio(crowd.Holds.RateOver(crowd.RowLocks)),
            Ratio(crowd.Holds.RateOver(noOp)), Milliseconds(p99), noise.Judge(p99 <= Targets.MaxP99),
        ];
    }

    private static IReadOnlyList<string> Row(Measurement one) =>
    [
        one.Name, Whole(one.Rate), Range(one.Rates), Milliseconds(one.Percentile(50)), Milliseconds(one.Percentile(99)),
        one.AverageBatch > 0 ? Ratio(one.AverageBatch) : "–",
        one.AverageTransaction > 0 ? Ratio(one.AverageTransaction) : "–", Whole(one.ServerMicroseconds),
        one.ServerBytes > 0 ? Whole(one.ServerBytes) : "–", Whole(one.DatabaseMicroseconds), Whole(one.WalBytes),
        Ratio(one.ServerSwitches), Ratio(one.DatabaseSwitches),
    ];

    /// <summary>What is wanted; null: nothing.</summary>
    private sealed record Targets
    {
        public const double MaxP99 = 50;

        public double? OverOne { get; init; }
    }

    /// <summary>Events on sale at once, and the ways to hold their seats.</summary>
    private sealed class Crowd
    {
        private readonly ManyEvents _scenario;
        private readonly int _seats;
        private readonly int _width;

        public Crowd(ManyEvents scenario, Guid[] ids, Guid[] others, int seats, int width)
        {
            (_scenario, _seats, _width) = (scenario, seats, width);
            Name = width == 1 ? "one event" : $"{width:N0} events";
            const string path = "/api/v1/events/{0}/bookings";
            Holds = Measure($"**Holds, {Name}**", path, scenario._server, ids);
            RowLocks = Measure($"Row locks, {Name}", RowLockHolds.Path, scenario._server, ids);
            OtherHolds = scenario._other is { } other ? Measure($"Other holds, {Name}", path, other, others) : null;
        }

        public string Name { get; }

        public Measurement Holds { get; }

        public Measurement RowLocks { get; }

        public Measurement? OtherHolds { get; }

        public IEnumerable<Measurement> Measurements =>
            OtherHolds is null ? [Holds, RowLocks] : [Holds, OtherHolds, RowLocks];

        private Measurement Measure(string name, string path, ServerProcess server, Guid[] ids)
        {
            // Each goes on with the seats that its last load left.
            var held = 0L;
            return new Measurement(name, 201, async duration =>
            {
                await ReadAsync(server, ids);
                var tokens = await server.MintGuestsAsync(OnSale.Guests);
                var source = new HoldRequests(path, ids, _seats, tokens, ++_scenario._run, _width, held);
                var result = (await _scenario.LoadAsync(server, source, duration)).Expect(201, 409);
                if (source.RanOut)
                    throw new BenchException("The seats ran out before the time did.");
                held = source.Pairs;
                return result;
            });
        }
    }
}
