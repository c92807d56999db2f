using System.Globalization;
using Onsale.Bench.Hosts;
using Onsale.Bench.Load;
using Onsale.Bench.Reports;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>A million joins of a waiting room on one node, before the draw and after, and reads of its state.</summary>
internal sealed class QueueJoins(
    BenchOptions options, BenchDatabase database, ServerProcess server, CancellationToken cancellationToken)
{
    private const int Guests = 4096;
    private const long Joins = 1_000_000;
    private const int MaxSeconds = 60;
    private const double WantedReadsOverNoOp = 0.8;
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private IReadOnlyList<string> _tokens = [];

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        HttpLoad.UseOneThread();
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await using var server = await ServerProcess.StartAsync(database);
        await new QueueJoins(options, database, server, cancellationToken).RunAsync();
    }

    private async Task RunAsync()
    {
        var events = new BenchEvents(database.DataSource);
        var (early, late) = (
            (await events.WithPoolAsync(1, 1000))[0].Id, (await events.WithPoolAsync(1, 1000))[0].Id);
        await database.ExecuteAsync("update events set on_sale_at = now() + interval '1 day' where id = $1", early);
        foreach (var id in new[] { early, late })
        {
            await database.ExecuteAsync("""
                insert into waiting_rooms (event_id, mode, opens_at, rate_per_minute, max_inside)
                values ($1, 1, now() - interval '1 hour', 1, 1)
                """, id);
        }

        _tokens = await server.MintGuestsAsync(Guests);
        await OpenAsync(early);
        await OpenAsync(late);
        var noOps = new Measurement("No-op: GET, small JSON", 200, time => LoadAsync(
            new SameRequest($"GET {Baselines.NoOpPath} HTTP/1.1"), time, 200));
        var reads = new Measurement("The room's public state", 200, time => LoadAsync(
            new SameRequest($"GET /api/v1/events/{late}/queue HTTP/1.1"), time, 200));
        foreach (var measurement in new[] { noOps, reads })
            await measurement.WarmUpAsync(WarmUp);
        for (var round = 0; round < options.Rounds; round++)
        {
            await noOps.TakeAsync(server, options.Duration);
            await reads.TakeAsync(server, options.Duration);
        }

        var before = await MeasureJoinsAsync("before the draw", early);
        var after = await MeasureJoinsAsync("after the draw", late);
        var numbers = await database.QueryAsync<long>("select numbers from waiting_rooms where event_id = $1", late);
        if (numbers != after.Joins)
            throw new BenchException($"{after.Joins} joins were answered, and {numbers} numbers were given.");
        await ReportAsync(noOps, reads, [before, after]);
    }

    /// <summary>Until the leader has opened the room and the node knows.</summary>
    private async Task OpenAsync(Guid eventId)
    {
        for (var second = 0; second < 30; second++)
        {
            var (_, body) = await server.SendAsync(HttpMethod.Get, $"/api/v1/events/{eventId}/queue", token: null);
            if (!body.Contains("\"closed\"", StringComparison.Ordinal))
                return;
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        throw new BenchException("The waiting room did not open.");
    }

    private async Task<LoadResult> LoadAsync(RequestSource source, TimeSpan duration, int status)
    {
        var before = await server.StatsAsync();
        var result = await HttpLoad.RunAsync(server.Address, source, duration, cancellationToken);
        result.ServerBefore = before;
        return result.Expect(status);
    }

    private async Task<JoinFigures> MeasureJoinsAsync(string when, Guid eventId)
    {
        var statements = await StatementsAsync();
        var load = await LoadAsync(
            new JoinRequests(eventId, _tokens, Joins), TimeSpan.FromSeconds(MaxSeconds), 201);
        var stats = await server.StatsAsync();
        var figures = new JoinFigures(
            when, load.Count(201), load.Elapsed, load.Percentile(201, 50), load.Percentile(201, 99),
            load.ServerBefore!.WorkingSetBytes, stats.WorkingSetBytes,
            stats.CpuSeconds - load.ServerBefore.CpuSeconds, await StatementsAsync() - statements);
        await Console.Error.WriteLineAsync($"  {figures}");
        return figures;
    }

    private Task<long> StatementsAsync() => database.QueryAsync<long>(
        "select n_tup_upd from pg_stat_user_tables where relname = 'waiting_rooms'");

    private async Task ReportAsync(Measurement noOps, Measurement reads, IReadOnlyList<JoinFigures> joins)
    {
        var report = new Report(options);
        report.Say("# A million joins of a waiting room");
        await report.DescribeRunAsync(await database.QueryAsync<string>("show server_version"));
        report.Say($"""
            One node, PostgreSQL and the load on one machine; {HttpLoad.Connections} connections of {Guests:N0} guests,
            who join in turns and without a pass, with rate limits on. After the draw each join takes a number of its
            own; before it, who joins again is the same one, and is still asked for at the database. At most
            {MaxSeconds} s each.
            """);
        report.Table(
            [
                "joins", "how many", "seconds", "a second", "p50 ms", "p99 ms", "server µs a join", "row updates",
                "server before MB", "after MB", "a million in a minute",
            ],
            joins.Select(one => (IReadOnlyList<string>)
            [
                one.When, Whole(one.Joins), Ratio(one.Elapsed.TotalSeconds),
                Whole(one.Joins / one.Elapsed.TotalSeconds), Milliseconds(one.P50.TotalMilliseconds),
                Milliseconds(one.P99.TotalMilliseconds), Ratio(one.CpuSeconds * 1e6 / one.Joins),
                Whole(one.Groups), Whole(one.BytesBefore / Megabyte),
                Whole(one.BytesAfter / Megabyte),
                Verdict(one.Joins >= Joins && one.Elapsed.TotalSeconds < MaxSeconds),
            ]));
        report.Table(["reads", "a second", "p99 ms", "server µs a read", "÷ no-op", ""],
        [
            [
                noOps.Name, Whole(noOps.Rate), Milliseconds(noOps.Percentile(99)), Ratio(noOps.ServerMicroseconds),
                "1", "",
            ],
            [
                reads.Name, Whole(reads.Rate), Milliseconds(reads.Percentile(99)), Ratio(reads.ServerMicroseconds),
                Ratio(reads.RateOver(noOps)), Verdict(reads.RateOver(noOps) >= WantedReadsOverNoOp),
            ],
        ]);
        report.Say($"""
            Row updates are those of the rooms' rows in that time: one a group after the draw, and a few a second by the
            leader. The processor time is the server's alone, the memory its resident set. Medians of {options.Rounds}
            rounds of {options.Duration.TotalSeconds.ToString("N0", CultureInfo.InvariantCulture)} s for the reads.
            """);
        await report.WriteAsync();
    }

    private sealed record JoinFigures(
        string When, long Joins, TimeSpan Elapsed, TimeSpan P50, TimeSpan P99, long BytesBefore, long BytesAfter,
        double CpuSeconds, long Groups);
}
