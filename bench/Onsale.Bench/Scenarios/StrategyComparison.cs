using System.Diagnostics;
using Onsale.Bench.Hosts;
using Onsale.Bench.Load;
using Onsale.Bench.Reports;
using Onsale.Bench.Strategies;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>
/// The strategies side by side, all in this process and called directly: what differs is only the strategy.
/// </summary>
internal sealed class StrategyComparison
{
    private const int Workers = 256;
    private const int CoolEvents = 1000;
    private const int PlacesOfCoolEvent = 100;
    private const int PlacesOfHotEvent = 160_000;
    private const int ContentionEvery = 20;
    private const int Seed = 20260501;

    private readonly BenchOptions _options;
    private readonly BenchDatabase _database;
    private readonly StrategyTables _tables;
    private readonly BenchEvents _events;
    private readonly CancellationToken _cancellationToken;
    private readonly Report _report;

    private StrategyComparison(
        BenchOptions options, BenchDatabase database, StrategyTables tables, CancellationToken cancellationToken)
    {
        (_options, _database, _tables, _cancellationToken) = (options, database, tables, cancellationToken);
        (_events, _report) = (new BenchEvents(database.DataSource), new Report(options));
    }

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await using var tables = new StrategyTables(database);
        await tables.CreateAsync();
        using var redis = await RedisProcess.StartAsync();
        await using var app = OnsaleApp.Build(
        [
            "--urls=http://127.0.0.1:0", "--Onsale:Demo=false", "--Onsale:Payments:Simulated=true",
            "--Logging:LogLevel:Default=Warning",
            $"--ConnectionStrings:Postgres={database.ConnectionString}",
        ]);
        await app.StartAsync(cancellationToken);
        Strategy[] strategies =
        [
            new RowLockStrategy(tables), new OptimisticStrategy(tables), new SkipLockedStrategy(tables),
            new RedisLockStrategy(tables, redis.Database, new Random(Seed)),
            new BatchStrategy(app.Services.GetRequiredService<EventLanes>()),
        ];
        await new StrategyComparison(options, database, tables, cancellationToken)
            .CompareAsync(strategies, redis.Version);
        await app.StopAsync(cancellationToken);
    }

    private async Task CompareAsync(Strategy[] strategies, string redisVersion)
    {
        _report.Say("# Strategies");
        await _report.DescribeRunAsync(await _database.QueryAsync<string>("show server_version"));
        _report.Say($"""
            {Workers} buyers at once, in one process with the strategy (no HTTP), each wanting two places and then the
            next two. Every strategy writes the same: the places, a booking and an idempotency key, durably; the
            batch has the key in the booking's row, the others, which must look it up, in a table. Redis {redisVersion}.
            For seats, one wish in {ContentionEvery} names seats that another asked for a moment ago. Median of
            {_options.Rounds} rounds of {_options.Duration.TotalSeconds:N0} s, strategies in turns; "batch over it"
            is the median of the ratios within a round. What it means: [concurrency](../concurrency.md).
            """);
        foreach (var seats in new[] { false, true })
        {
            foreach (var cool in new[] { false, true })
                await CompareAsync([.. strategies.Where(strategy => strategy.Takes(seats))], seats, cool);
        }

        var audited = await Audit.RunAsync(_database, _cancellationToken);
        _report.Say($"""
            "Taken" were told truly that somebody else has the places; "gave up" are wishes that a strategy could not
            settle in 50 attempts. Afterwards counters, seats and bookings of all strategies agreed, and the auditor
            found nothing in the {audited} events that the batches sold; no deadlock.
            """);
        await _report.WriteAsync();
    }

    private async Task CompareAsync(Strategy[] strategies, bool seats, bool cool)
    {
        var title = $"{(seats ? "Two chosen seats" : "Two places of a tier")}, "
            + $"{(cool ? $"{CoolEvents:N0} cool events" : "one hot event")}";
        await Console.Error.WriteLineAsync(title);
        var outcomes = strategies.ToDictionary(strategy => strategy, _ => new List<Outcome>());
        foreach (var strategy in strategies)
            await RunAsync(strategy, seats, cool, TimeSpan.FromSeconds(Math.Min(2, _options.Duration.TotalSeconds)));
        for (var round = 0; round < _options.Rounds; round++)
        {
            foreach (var strategy in strategies)
            {
                var outcome = await RunAsync(strategy, seats, cool, _options.Duration);
                outcomes[strategy].Add(outcome);
                await Console.Error.WriteLineAsync(
                    $"  {strategy.Name}: {Whole(outcome.Rate)}/s, p99 {Milliseconds(outcome.P99)} ms");
            }
        }

        var batch = outcomes[strategies[^1]].Select(outcome => outcome.Rate).ToList();
        _report.Say($"## {title}");
        _report.Table(
            ["", "holds a second", "batch over it", "p50 ms", "p99 ms", "taken", "retries a hold", "gave up"],
            strategies.Select(strategy => Row(strategy, outcomes[strategy], batch)));
    }

    private static IReadOnlyList<string> Row(Strategy strategy, List<Outcome> outcomes, List<double> batch)
    {
        var rate = outcomes.Select(outcome => outcome.Rate).Median();
        return
        [
            strategy.Name, Whole(rate), Ratio(batch.Zip(outcomes, (own, other) => own / other.Rate).Median()),
            Milliseconds(outcomes.Select(outcome => outcome.P50).Median()),
            Milliseconds(outcomes.Select(outcome => outcome.P99).Median()),
            Whole(outcomes.Sum(outcome => outcome.Taken)),
            Ratio(outcomes.Select(outcome => outcome.Retries).Median()), Whole(outcomes.Sum(outcome => outcome.GaveUp)),
        ];
    }

    private async Task<Outcome> RunAsync(Strategy strategy, bool seats, bool cool, TimeSpan duration)
    {
        var (count, places) = (cool ? CoolEvents : 1, cool ? PlacesOfCoolEvent : PlacesOfHotEvent);
        var events = seats ? await _events.WithSeatsAsync(count, places) : await _events.WithPoolAsync(count, places);
        if (strategy is not BatchStrategy)
            await _tables.FillAsync(events);
        await strategy.PrepareAsync(events);
        var wishes = new Wishes(events, seats ? places : null, places / Wish.Places, ContentionEvery);
        var (latencies, outcome) = (new LatencyHistogram(), new Outcome());
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken);
        var began = Stopwatch.GetTimestamp();
        stopping.CancelAfter(duration);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(
            () => BuyAsync(strategy, wishes, outcome, latencies, stopping.Token), CancellationToken.None)));
        outcome.End(Stopwatch.GetElapsedTime(began), latencies);
        _cancellationToken.ThrowIfCancellationRequested();
        await _tables.CheckAsync();
        return outcome;
    }

    private static async Task BuyAsync(
        Strategy strategy, Wishes wishes, Outcome outcome, LatencyHistogram latencies, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && wishes.Next() is { } wish)
        {
            var began = Stopwatch.GetTimestamp();
            var attempt = await strategy.HoldAsync(wish);
            outcome.Count(attempt);
            if (attempt.Answer == Answer.Held)
                latencies.Record(Stopwatch.GetElapsedTime(began));
        }
    }

    private sealed class Outcome
    {
        private long _held;
        private long _taken;
        private long _gaveUp;
        private long _retries;

        public long Taken => _taken;

        public long GaveUp => _gaveUp;

        public double Rate { get; private set; }

        public double Retries => (double)_retries / Math.Max(1, _held);

        public double P50 { get; private set; }

        public double P99 { get; private set; }

        public void Count(Attempt attempt)
        {
            Interlocked.Increment(ref attempt.Answer == Answer.Held ? ref _held
                : ref attempt.Answer == Answer.Taken ? ref _taken : ref _gaveUp);
            Interlocked.Add(ref _retries, attempt.Retries);
        }

        public void End(TimeSpan elapsed, LatencyHistogram latencies)
        {
            Rate = _held / elapsed.TotalSeconds;
            (P50, P99) = (latencies.Percentile(50).TotalMilliseconds, latencies.Percentile(99).TotalMilliseconds);
        }
    }
}
