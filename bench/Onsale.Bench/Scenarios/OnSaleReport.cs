using Onsale.Bench.Load;
using Onsale.Bench.Reports;
using Onsale.Server.Catalog.Events;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>All that <see cref="OnSale"/> measures.</summary>
internal sealed class OnSaleFigures
{
    public required Measurement NoOp { get; init; }

    public required Measurement AuthenticatedNoOp { get; init; }

    public required Measurement Holds { get; init; }

    public required Measurement RowLocks { get; init; }

    public required Measurement LoggedRowLocks { get; init; }

    public required Measurement Refusals { get; init; }

    public required Measurement RefusalsBesideConfirms { get; init; }

    public required Measurement SmallReads { get; init; }

    public required Measurement LargeReads { get; init; }

    public required Measurement PlainReads { get; init; }

    public required Measurement UnchangedReads { get; init; }

    /// <summary>Rates of wrk on the no-op route.</summary>
    public List<double> Wrk { get; } = [];

    /// <summary>In the order of a round.</summary>
    public IReadOnlyList<Measurement> All =>
    [
        NoOp, Holds, RowLocks, LoggedRowLocks, Refusals, RefusalsBesideConfirms, SmallReads, LargeReads, PlainReads,
        UnchangedReads, AuthenticatedNoOp,
    ];
}

/// <summary>Writes <c>docs/benchmarks/on-sale.md</c>.</summary>
internal static class OnSaleReport
{
    private const double HoldsOverNoOp = 0.45;
    private const double HoldsOverRowLocks = 8;
    private const double MaxP99Milliseconds = 50;
    private const double OthersOverNoOp = 0.8;

    public static async Task WriteAsync(
        BenchOptions options, OnSaleFigures figures, int auditedEvents, long bookings, string postgresVersion)
    {
        var report = new Report(options);
        report.Say("# The on-sale minute");
        await report.DescribeRunAsync(postgresVersion);
        report.Say($"""
            {HttpLoad.Connections} connections in a closed loop over HTTP/1.1: each of {OnSale.Guests:N0} guests buys
            two seats at a time, with an access token, an `Idempotency-Key` of its own for each request, and rate limits
            on. One request in {HoldRequests.ContentionEvery} asks for seats that another buyer asked for a moment ago
            and is refused; only holds that succeed are counted. Medians of {options.Rounds} rounds of
            {options.Duration.TotalSeconds:N0} s, all kinds taken in turns.
            """);
        report.Say("## Targets");
        report.Table(["target", "wanted", "measured", ""], Targets(figures));
        report.Say($"""
            Ratios are medians of the ratios within a round: what disturbs the machine then disturbs both sides.
            {Noise.Of(figures.NoOp).Describe()}
            """);
        report.Say("## Figures");
        report.Table(
            ["", "a second", "rounds", "p50 ms", "p95 ms", "p99 ms", "server CPU µs", "server bytes",
                "PostgreSQL CPU µs", "WAL bytes", "server switches", "PostgreSQL switches"],
            figures.All.Select(Row));
        report.Say($"""
            A batch of holds had {figures.Holds.AverageBatch:N0} commands on average, of at most {HttpLoad.Connections}
            that can wait. Server bytes are allocations on the managed heap (–: too few collections to tell), switches
            are context switches; what is counted is divided by answers of whatever status.
            """);
        report.Say(LoadGenerator(figures));
        report.Say($"""
            Afterwards the auditor went over {auditedEvents} events and {bookings:N0} bookings: each seat claimed at
            most once, counters equal to the rows, the change log replayed equal to the tables; no alarm, no deadlock.
            """);
        report.Say(Caveats());
        await report.WriteAsync();
    }

    private static IReadOnlyList<string>[] Targets(OnSaleFigures figures)
    {
        var (noOp, p99) = (figures.NoOp, figures.Holds.Percentile(99));
        var noise = Noise.Of(noOp);
        return
        [
            Target(noise, "holds / no-op", HoldsOverNoOp, figures.Holds.RateOver(noOp)),
            Target(noise, "holds / row locks", HoldsOverRowLocks, figures.Holds.RateOver(figures.RowLocks)),
            ["holds, p99", $"≤ {MaxP99Milliseconds} ms", $"{Milliseconds(p99)} ms",
                noise.Judge(p99 <= MaxP99Milliseconds)],
            Target(noise, "refusals / no-op", OthersOverNoOp, figures.Refusals.RateOver(noOp)),
            Target(noise, "availability of 1,000 seats / no-op", OthersOverNoOp, figures.SmallReads.RateOver(noOp)),
            Target(noise, "availability of 50,000 seats / no-op", OthersOverNoOp, figures.LargeReads.RateOver(noOp)),
            Target(noise, "the same, unchanged (304) / no-op", OthersOverNoOp, figures.UnchangedReads.RateOver(noOp)),
            ["holds / row locks that keep the log", "", Ratio(figures.Holds.RateOver(figures.LoggedRowLocks)),
                "for comparison"],
            ["the same, not compressed / no-op", "", Ratio(figures.PlainReads.RateOver(noOp)), "for comparison"],
            ["refusals / authenticated no-op", "", Ratio(figures.Refusals.RateOver(figures.AuthenticatedNoOp)),
                "for comparison"],
            [$"refusals beside {PacedConfirmations.PerSecond} confirmations a second / refusals", "",
                Ratio(figures.RefusalsBesideConfirms.RateOver(figures.Refusals)), "for comparison"],
            ["holds / authenticated no-op", "", Ratio(figures.Holds.RateOver(figures.AuthenticatedNoOp)),
                "for comparison"],
        ];
    }

    private static IReadOnlyList<string> Target(Noise noise, string name, double wanted, double measured) =>
        [name, $"≥ {Ratio(wanted)}", Ratio(measured), noise.Judge(measured >= wanted)];

    private static IReadOnlyList<string> Row(Measurement one) =>
    [
        one.Name, Whole(one.Rate), Range(one.Rates), Milliseconds(one.Percentile(50)), Milliseconds(one.Percentile(95)),
        Milliseconds(one.Percentile(99)), Whole(one.ServerMicroseconds),
        one.ServerBytes > 0 ? Whole(one.ServerBytes) : "–", Whole(one.DatabaseMicroseconds), Whole(one.WalBytes),
        Ratio(one.ServerSwitches), Ratio(one.DatabaseSwitches),
    ];

    private static string LoadGenerator(OnSaleFigures figures) => figures.Wrk.Count == 0
        ? "wrk is not installed here, so that the load generator could not be compared with it."
        : $"""
            The load generator is a process of its own with one thread. On the same no-op route wrk (one thread, as many
            connections) got {Whole(figures.Wrk.Median())} answers a second ({Range(figures.Wrk)}) and this one
            {Ratio(figures.NoOp.Rates.Zip(figures.Wrk, (own, wrk) => own / wrk).Median())} of that.
            """;

    private static string Caveats() => $"""
        ## How to read this

        - Load generator, server and PostgreSQL share all cores of one machine, as the first shop of a small seller
          would, and what else runs there takes its part. Ratios travel to other machines; figures a second do not.
        - The no-op is the strictest one: a GET without token, limit or body, through the same middlewares. A hold
          carries a token, a key and a body; the authenticated no-op does too and does nothing with them.
        - Availability is that of a house half sold, in pairs of seats scattered at random: hardly any state of it is
          longer when compressed. It is asked for as browsers do, with `Accept-Encoding`, unless it says otherwise.
        - The row-lock baseline is the same hold written the usual way with care: one transaction a request in two round
          trips, prepared statements, seats locked in one order, a pool of 32 connections, tables like the
          program's own. It keeps no change log and moves no version, which is in its favour: no reader could be told
          what changed. The one that keeps the log does all that a hold does, the row that all holds of an event
          share locked last.
        - A hot event has {OnSale.SeatsOfHotEvent:N0} seats; when it is sold out the load goes on with the next one, so
          that a run does not end early. A guest may have {EventLimits.MaxTicketsPerBuyer:N0}
          tickets there, and rate limits stand at 30,000 requests a second for each guest: they are on and counted, but
          must not refuse.
        """;
}
