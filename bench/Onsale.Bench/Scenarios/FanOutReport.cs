using System.Globalization;
using Onsale.Bench.Reports;
using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Scenarios;

/// <summary>All that <see cref="FanOut"/> measures, by rounds.</summary>
internal sealed class FanOutFigures
{
    public List<double> ResidentBytes { get; } = [];

    public List<double> HeapBytes { get; } = [];

    public List<FanOutRun> Usual { get; } = [];

    public List<FanOutRun> Many { get; } = [];

    public List<double> NoOps { get; } = [];

    public List<double> Reads { get; } = [];

    public List<double> HoldsAlone { get; } = [];

    public List<double> HoldsBesideReads { get; } = [];

    public List<double> PolledReads { get; } = [];

    public List<double> PolledP99 { get; } = [];
}

/// <summary>Writes <c>docs/benchmarks/fan-out.md</c>.</summary>
internal static class FanOutReport
{
    private const double MessagesPerSecond = 100_000;
    private const double MaxP99Milliseconds = 200;
    private const double MaxConnectionBytes = 15 * 1024;
    private const double ReadsOverNoOp = 0.8;
    private const double HoldsKept = 0.8;

    public static async Task WriteAsync(
        BenchOptions options, FanOutFigures figures, int auditedEvents, string postgresVersion)
    {
        var report = new Report(options);
        report.Say("# Ten thousand watchers, and reads beside a rush");
        await report.DescribeRunAsync(postgresVersion);
        report.Say($"""
            {FanOut.Watchers:N0} WebSockets from 40 loopback addresses watch one event of {FanOut.Seats:N0} seats
            on one node, with the limits of production, while a buyer holds {FanOut.UpdatesPerSecond} seats a second.
            Server, PostgreSQL, the watchers' process and the buyer share the machine.
            Medians of {options.Rounds} rounds of {options.Duration.TotalSeconds:N0} s.
            """);
        report.Say("## Targets");
        report.Table(["target", "wanted", "measured", ""], Targets(figures));
        report.Say("## Watching");
        report.Table(
            [
                "watchers", "holds a second", "messages a second", "rounds", "p50 ms", "p99 ms", "max ms",
                "server cores", "watchers' cores", "server bytes a message",
            ],
            [Row(figures.Usual), Row(figures.Many)]);
        report.Say($"""
            A message counts when a watcher has read it whole: the first of its kind is read as JSON, the others are
            compared with it byte by byte, and each must build on the version that this watcher has. Its delay runs from
            the moment a hold's request is sent to the moment the watcher has the message with it, so it holds the whole
            sale: request, decision, commit, the wait for the next message (there are at most ten a second), and the way
            to the watcher. A hold that waits for the next message counts with its own, longer delay. Meanwhile a hold
            was answered in {Answered(figures.Usual, 50)} ms (p50) and {Answered(figures.Usual, 99)} ms (p99).
            {FanOut.ManyWatchers:N0} watchers are there to see what the node can still send:
            {FanOut.Watchers:N0} cannot be sent more than 100,000 messages a second, whatever happens.
            """);
        report.Say("## Memory");
        report.Table(["an idle connection", "bytes", "rounds"],
        [
            ["resident memory of the process", Whole(figures.ResidentBytes.Median()), Range(figures.ResidentBytes)],
            ["managed heap", Whole(figures.HeapBytes.Median()), Range(figures.HeapBytes)],
        ]);
        report.Say($"""
            The difference between {FanOut.Watchers:N0} connections that have had their first message and none,
            both after a full collection, in a process that has served as many before.
            Sockets' buffers in the kernel are not in it.
            """);
        report.Say("## Reads");
        report.Table(["", "a second", "rounds"], Reads(figures));
        report.Say($"""
            The first three by 256 connections in a closed loop. Then the same holds while
            {FanOut.ReadsPerSecond:N0} times a second somebody reads the availability of an event of 200,000 seats, on
            sale at that moment: what {FanOut.Watchers:N0} clients do that poll every five seconds.
            Such a read finds a new version each time and is written anew; its p99 was
            {Milliseconds(figures.PolledP99.Median())} ms.
            """);
        report.Say(
            $"Afterwards the auditor went over {auditedEvents} events and found nothing; no alarm, no deadlock.");
        await report.WriteAsync();
    }

    private static IReadOnlyList<string>[] Targets(FanOutFigures figures)
    {
        var sent = Math.Max(Rate(figures.Usual), Rate(figures.Many));
        var p99 = figures.Usual.Select(run => run.Milliseconds(99)).Median();
        var resident = figures.ResidentBytes.Median();
        var reads = Ratio(figures.Reads, figures.NoOps);
        var holds = Ratio(figures.HoldsBesideReads, figures.HoldsAlone);
        return
        [
            [
                "delivered messages",
                $"≥ {Whole(MessagesPerSecond)}/s", $"{Whole(sent)}/s", Verdict(sent >= MessagesPerSecond),
            ],
            [
                $"delay at {FanOut.UpdatesPerSecond} updates a second, p99",
                $"< {Whole(MaxP99Milliseconds)} ms", $"{Milliseconds(p99)} ms", Verdict(p99 < MaxP99Milliseconds),
            ],
            [
                "memory of a connection",
                $"≤ {Whole(MaxConnectionBytes)} bytes", $"{Whole(resident)} bytes",
                Verdict(resident <= MaxConnectionBytes),
            ],
            [
                $"availability of {FanOut.Seats:N0} seats / no-op",
                $"≥ {Figures.Ratio(ReadsOverNoOp)}", Figures.Ratio(reads), Verdict(reads >= ReadsOverNoOp),
            ],
            [
                $"holds beside {FanOut.ReadsPerSecond:N0} reads a second / alone",
                $"≥ {Figures.Ratio(HoldsKept)}", Figures.Ratio(holds), Verdict(holds >= HoldsKept),
            ],
        ];
    }

    private static double Rate(IEnumerable<FanOutRun> runs) => runs.Select(run => run.MessagesPerSecond).Median();

    private static string Answered(IEnumerable<FanOutRun> runs, double percent) =>
        Milliseconds(runs.Select(run => run.Answers.Percentile(percent).TotalMilliseconds).Median());

    private static double Ratio(IEnumerable<double> own, IEnumerable<double> others) =>
        own.Zip(others, (one, other) => one / other).Median();

    private static string Delay(IEnumerable<FanOutRun> runs, double percent) =>
        Milliseconds(runs.Select(run => run.Milliseconds(percent)).Median());

    private static IReadOnlyList<string> Row(IReadOnlyList<FanOutRun> runs) =>
    [
        Whole(runs[0].Watchers), Whole(runs.Select(run => run.UpdatesPerSecond).Median()), Whole(Rate(runs)),
        Range(runs.Select(run => run.MessagesPerSecond)), Delay(runs, 50), Delay(runs, 99), Delay(runs, 100),
        runs.Select(run => run.ServerCores).Median().ToString("F2", CultureInfo.InvariantCulture),
        runs.Select(run => run.WatcherCores).Median().ToString("F2", CultureInfo.InvariantCulture),
        Whole(runs.Select(run => run.ServerBytes).Median()),
    ];

    private static IEnumerable<IReadOnlyList<string>> Reads(FanOutFigures figures) =>
    [
        ["no-op, alone", Whole(figures.NoOps.Median()), Range(figures.NoOps)],
        [$"availability of {FanOut.Seats:N0} seats, alone", Whole(figures.Reads.Median()), Range(figures.Reads)],
        ["holds of two seats, alone", Whole(figures.HoldsAlone.Median()), Range(figures.HoldsAlone)],
        [
            "holds of two seats, beside the reads",
            Whole(figures.HoldsBesideReads.Median()), Range(figures.HoldsBesideReads),
        ],
        ["the reads beside them", Whole(figures.PolledReads.Median()), Range(figures.PolledReads)],
    ];
}
