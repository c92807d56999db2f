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
internal sealed class ManyEvents : IAsyncDisposable
{
    private const int LargestEvent = 200_000;
    private const int SmallestEvent = 100;
    private const int HoldsPerSecond = 25_000;
    private const int LoadingConnections = 8;
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);

    private readonly BenchOptions _options;
    private readonly BenchDatabase _database;
    private readonly ServerProcess _server;
    private readonly BenchEvents _events;
    private readonly CancellationToken _cancellationToken;
    private long _run;

    private ManyEvents(
        BenchOptions options, BenchDatabase database, ServerProcess server, CancellationToken cancellationToken)
    {
        (_options, _database, _server, _cancellationToken) = (options, database, server, cancellationToken);
        _events = new BenchEvents(database.DataSource);
    }

    /// <summary>Twenty nights of a tour, each with a crowd of its own.</summary>
    public static Task RunTourAsync(BenchOptions options, CancellationToken cancellationToken) =>
        RunAsync(options, [20], "# Twenty hot events at once", new Targets { OverOne = 0.9 }, cancellationToken);

    /// <summary>Many events, none of which has a crowd.</summary>
    public static Task RunCoolAsync(BenchOptions options, CancellationToken cancellationToken) =>
        RunAsync(options, [1000], "# Many cool events at once", new Targets(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task RunAsync(
        BenchOptions options, int[] counts, string title, Targets targets, CancellationToken cancellationToken)
    {
        HttpLoad.UseOneThread();
        var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await database.ExecuteAsync(RowLockSql.CreateTables);
        await using var scenario = new ManyEvents(
            options, database, await ServerProcess.StartAsync(database), cancellationToken);
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
            .. new[] { noOp }.Concat(crowds.SelectMany(crowd => new[] { crowd.Holds, crowd.RowLocks }))
                .Where(one => _options.Measures(one.Name)),
        ];
        foreach (var one in all)
            await one.WarmUpAsync(s_warmUp);
        for (var round = 1; round <= _options.Rounds; round++)
        {
            await Console.Error.WriteLineAsync($"Round {round} of {_options.Rounds}");
            foreach (var one in all)
                await one.TakeAsync(_server, _options.Duration);
        }

        var stats = await _server.StatsAsync();
        if (stats.Alarms > 0)
            throw new BenchException($"The server raised {stats.Alarms} alarms.");
        var audited = await Audit.RunAsync(_database, _cancellationToken);
        if (_options.Only is null)
            await ReportAsync(title, noOp, crowds, targets, audited);
    }

    private async Task<LoadResult> NoOpAsync(TimeSpan duration) =>
        (await LoadAsync(new SameRequest($"GET {Baselines.NoOpPath} HTTP/1.1"), duration)).Expect(200);

    private async Task<LoadResult> LoadAsync(RequestSource source, TimeSpan duration)
    {
        var before = await _server.StatsAsync();
        var result = await HttpLoad.RunAsync(_server.Address, source, duration, _cancellationToken);
        result.ServerBefore = before;
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
        return new Crowd(this, ids, seats, count);
    }

    /// <summary>Loads the events, as the first look at their pages does.</summary>
    private Task ReadAsync(IReadOnlyList<Guid> events) => Parallel.ForEachAsync(
        events, new ParallelOptions { MaxDegreeOfParallelism = LoadingConnections },
        async (id, _) => await _server.SendAsync(HttpMethod.Get, $"/api/v1/events/{id}/availability", token: null));

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
            {_options.Rounds} rounds of {_options.Duration.TotalSeconds:N0} s, all kinds taken in turns; ratios are
            medians of the ratios within a round. {noise.Describe()}
            """);
        report.Table(
            ["holds", "÷ one event", "wanted", "", "÷ row locks", "÷ no-op", "p99 ms", $"≤ {Targets.MaxP99} ms"],
            crowds.Select(crowd => RatiosOf(crowd, crowds[0], noOp, targets, noise)));
        report.Table(
            [
                "", "a second", "rounds", "p50 ms", "p99 ms", "commands a batch", "batches a transaction",
                "server CPU µs", "server bytes",
            ],
            new[] { noOp }.Concat(crowds.SelectMany(crowd => new[] { crowd.Holds, crowd.RowLocks })).Select(Row));
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
        one.ServerBytes > 0 ? Whole(one.ServerBytes) : "–",
    ];

    /// <summary>What is wanted; null: nothing.</summary>
    private sealed record Targets
    {
        public const double MaxP99 = 50;

        public double? OverOne { get; init; }
    }

    /// <summary>Events on sale at once, and the two ways to hold their seats.</summary>
    private sealed class Crowd
    {
        private readonly ManyEvents _scenario;
        private readonly IReadOnlyList<Guid> _ids;
        private readonly int _seats;
        private readonly int _width;
        private long _held;
        private long _heldByRowLocks;

        public Crowd(ManyEvents scenario, IReadOnlyList<Guid> ids, int seats, int width)
        {
            (_scenario, _ids, _seats, _width) = (scenario, ids, seats, width);
            Name = width == 1 ? "one event" : $"{width:N0} events";
            Holds = new Measurement(
                $"**Holds, {Name}**", 201,
                async time => await RunAsync("/api/v1/events/{0}/bookings", time, _held, held => _held = held));
            RowLocks = new Measurement(
                $"Row locks, {Name}", 201,
                async time => await RunAsync(
                    RowLockHolds.Path, time, _heldByRowLocks, held => _heldByRowLocks = held));
        }

        public string Name { get; }

        public Measurement Holds { get; }

        public Measurement RowLocks { get; }

        private async Task<LoadResult> RunAsync(string path, TimeSpan duration, long first, Action<long> end)
        {
            await _scenario.ReadAsync(_ids);
            var tokens = await _scenario._server.MintGuestsAsync(OnSale.Guests);
            var source = new HoldRequests(path, _ids, _seats, tokens, ++_scenario._run, _width, first);
            var result = (await _scenario.LoadAsync(source, duration)).Expect(201, 409);
            if (source.RanOut)
                throw new BenchException("The seats ran out before the time did.");
            end(source.Pairs);
            return result;
        }
    }
}
