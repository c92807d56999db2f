using Onsale.Bench.Hosts;
using Onsale.Bench.Load;
using Onsale.Bench.Reports;

namespace Onsale.Bench.Scenarios;

/// <summary>Something measured in each round of a scenario, in turns with the others.</summary>
/// <param name="name">In the table of figures.</param>
/// <param name="status">The answer that counts.</param>
/// <param name="run">One load, for so long.</param>
internal sealed class Measurement(string name, int status, Func<TimeSpan, Task<LoadResult>> run)
{
    private readonly List<(LoadResult Load, StatsResponse Server, WorkDone? Work)> _runs = [];

    public string Name => name;

    public IReadOnlyList<LoadResult> Loads => [.. _runs.Select(one => one.Load)];

    public IEnumerable<double> Rates => _runs.Select(one => one.Load.Rate(status));

    public double Rate => Rates.Median();

    public double AverageBatch => _runs.Select(one => one.Server.AverageBatch).Median();

    public double AverageTransaction => _runs.Select(one => one.Server.AverageTransaction).Median();

    /// <summary>Microseconds of processor time the server spent on an answer.</summary>
    public double ServerMicroseconds => _runs.Select(one => one.Server.CpuSeconds * 1e6 / Answers(one.Load)).Median();

    /// <summary>Bytes the server allocated for an answer.</summary>
    public double ServerBytes => _runs.Select(one => one.Server.AllocatedBytes / Answers(one.Load)).Median();

    /// <summary>Microseconds of processor time that PostgreSQL spent on an answer.</summary>
    public double DatabaseMicroseconds => OfWork(work => work.DatabaseCpuSeconds * 1e6);

    /// <summary>Bytes of PostgreSQL's log for an answer.</summary>
    public double WalBytes => OfWork(work => work.WalBytes);

    /// <summary>Context switches of the server for an answer.</summary>
    public double ServerSwitches => OfWork(work => work.ServerSwitches);

    /// <summary>Context switches of PostgreSQL for an answer.</summary>
    public double DatabaseSwitches => OfWork(work => work.DatabaseSwitches);

    public double Percentile(double percent) =>
        _runs.Select(one => one.Load.Percentile(status, percent).TotalMilliseconds).Median();

    /// <summary>The rate as a part of another's, by rounds: what disturbs a round disturbs both.</summary>
    public double RateOver(Measurement other) => Rates.Zip(other.Rates, (own, others) => own / others).Median();

    public async Task<double> WarmUpAsync(TimeSpan duration) => (await run(duration)).Rate(status);

    public async Task TakeAsync(ServerProcess server, TimeSpan duration)
    {
        var load = await run(duration);
        var before = load.ServerBefore ?? throw new InvalidOperationException("The load does not say where it began.");
        var stats = (await server.StatsAsync()).Since(before);
        var work = await server.EndCountAsync(load.WorkBefore, Answers(load));
        _runs.Add((load, stats, work));
        await Console.Error.WriteLineAsync(
            $"  {name}: {Figures.Whole(load.Rate(status))}/s, "
            + $"p50 {Figures.Milliseconds(load.Percentile(status, 50).TotalMilliseconds)} ms, "
            + $"p99 {Figures.Milliseconds(load.Percentile(status, 99).TotalMilliseconds)} ms, "
            + $"batch {stats.AverageBatch:F0}, {stats.AverageTransaction:F1} batches a transaction, "
            + $"{stats.CpuSeconds * 1e6 / Answers(load):F1} µs "
            + $"and {stats.AllocatedBytes / Answers(load):F0} bytes an answer, "
            + $"{stats.Collections} collections ({stats.FullCollections} full)"
            + (work is null ? "" : $"; database {work.DatabaseCpuSeconds * 1e6 / Answers(load):F1} µs, "
                + $"{work.WalBytes / Answers(load):F0} WAL bytes; "
                + $"context switches {work.ServerSwitches / Answers(load):F2} "
                + $"and {work.DatabaseSwitches / Answers(load):F2}"));
    }

    private double OfWork(Func<WorkDone, double> value) =>
        _runs.Select(one => one.Work is null ? 0 : value(one.Work) / Answers(one.Load)).Median();

    private static double Answers(LoadResult load) => Math.Max(1, load.Statuses.Sum(load.Count));
}
