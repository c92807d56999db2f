using System.Diagnostics;
using System.Globalization;
using Onsale.Bench.Hosts;
using Onsale.Bench.Load;

namespace Onsale.Bench.Scenarios;

/// <summary>
/// Ten thousand browsers watch one event while seats change hands; and reads beside holds at full speed.
/// </summary>
internal sealed class FanOut
{
    public const int Watchers = 10_000;
    public const int ManyWatchers = 14_000;
    public const int UpdatesPerSecond = 10;
    public const int Seats = 50_000;
    public const int ReadsPerSecond = 2_000;
    private const int DescriptorsToSpare = 500;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private readonly BenchOptions _options;
    private readonly BenchDatabase _database;
    private readonly ServerProcess _server;
    private readonly BenchEvents _events;
    private readonly FanOutFigures _figures = new();
    private readonly CancellationToken _cancellationToken;
    private string _token = "";

    private FanOut(
        BenchOptions options, BenchDatabase database, ServerProcess server, CancellationToken cancellationToken)
    {
        (_options, _database, _server, _cancellationToken) = (options, database, server, cancellationToken);
        _events = new BenchEvents(database.DataSource);
    }

    public static async Task RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        RequireDescriptors(ManyWatchers + DescriptorsToSpare);
        HttpLoad.UseOneThread();
        await using var database = await BenchDatabase.StartAsync(options, cancellationToken);
        await using var server = await ServerProcess.StartAsync(database);
        var scenario = new FanOut(options, database, server, cancellationToken);
        scenario._token = (await server.MintGuestsAsync(1))[0];
        if (options.Measures("memory"))
            await scenario.MeasureMemoryAsync();
        if (options.Measures("watching"))
        {
            await scenario.MeasureAsync(Watchers, UpdatesPerSecond, scenario._figures.Usual);
            await scenario.MeasureAsync(ManyWatchers, 5 * UpdatesPerSecond, scenario._figures.Many);
        }

        if (options.Measures("reads"))
        {
            await new FanOutReads(
                options, database, server, scenario._events, scenario._figures, cancellationToken).MeasureAsync();
        }

        var stats = await server.StatsAsync();
        if (stats.Alarms > 0)
            throw new BenchException($"The server raised {stats.Alarms} alarms.");
        var audited = await Audit.RunAsync(database, cancellationToken);
        if (options.Only is null)
            await FanOutReport.WriteAsync(
                options, scenario._figures, audited, await database.QueryAsync<string>("show server_version"));
    }

    /// <summary>
    /// What idle connections cost: a server that has already served as many, so that its code is compiled and its pools
    /// are filled, is compared with itself without them.
    /// </summary>
    private async Task MeasureMemoryAsync()
    {
        var show = (await _events.WithSeatsAsync(1, Seats))[0];
        var arrivals = new FanOutArrivals();
        await WithWatchersAsync(show, arrivals, () => Task.CompletedTask);
        for (var round = 0; round < _options.Rounds; round++)
        {
            var before = await SettledAsync(connections: 0);
            await WithWatchersAsync(show, arrivals, async () =>
            {
                var after = await SettledAsync(Watchers);
                _figures.ResidentBytes.Add((after.WorkingSetBytes - before.WorkingSetBytes) / (double)Watchers);
                _figures.HeapBytes.Add((after.HeapBytes - before.HeapBytes) / (double)Watchers);
            });
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {Watchers} idle: {_figures.ResidentBytes[^1]:N0} bytes resident and "
                + $"{_figures.HeapBytes[^1]:N0} on the heap each"));
        }
    }

    private async Task WithWatchersAsync(BenchEvent show, FanOutArrivals arrivals, Func<Task> action)
    {
        await using var crowd = await FanOutCrowd.GatherAsync(
            _server.Address, show.Id, Watchers, arrivals, _cancellationToken);
        await action();
    }

    private async Task MeasureAsync(int count, double updatesPerSecond, List<FanOutRun> runs)
    {
        var show = (await _events.WithSeatsAsync(1, Seats))[0];
        var arrivals = new FanOutArrivals();
        await using var crowd = await FanOutCrowd.GatherAsync(
            _server.Address, show.Id, count, arrivals, _cancellationToken);
        var holder = new FanOutHolder(_server.Address, show, _token, arrivals);
        await holder.RunAsync(updatesPerSecond, WarmUp, _cancellationToken);
        for (var round = 0; round < _options.Rounds; round++)
        {
            arrivals.Clear();
            var before = await _server.StatsAsync();
            var (began, ownBefore) = (Stopwatch.GetTimestamp(), OwnCpu());
            var held = await holder.RunAsync(updatesPerSecond, _options.Duration, _cancellationToken);
            var (elapsed, own) = (Stopwatch.GetElapsedTime(began), OwnCpu() - ownBefore);
            var messages = arrivals.Changes;
            var stats = (await _server.StatsAsync()).Since(before);
            await crowd.CheckAsync();
            var run = new FanOutRun(
                count, held / elapsed.TotalSeconds, messages / elapsed.TotalSeconds, arrivals.Latencies(),
                holder.Answers, stats.CpuSeconds / elapsed.TotalSeconds, own / elapsed,
                stats.AllocatedBytes / (double)messages);
            runs.Add(run);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {count} watchers: {run.MessagesPerSecond:N0} messages/s, "
                + $"p50 {run.Milliseconds(50):F0} ms, p99 {run.Milliseconds(99):F0} ms, "
                + $"holds answered in {run.Answers.Percentile(50).TotalMilliseconds:F1} and "
                + $"{run.Answers.Percentile(99).TotalMilliseconds:F1} ms, {run.ServerCores:F2} cores and "
                + $"{run.WatcherCores:F2} of the watchers, {run.ServerBytes:F0} bytes a message"));
        }
    }

    /// <summary>Memory after what is no longer needed is given back, with so many connected.</summary>
    private async Task<MemoryResponse> SettledAsync(int connections)
    {
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var memory = await _server.MemoryAsync();
            if (memory.Watchers == connections)
                return await _server.MemoryAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(200), _cancellationToken);
        }
    }

    private static TimeSpan OwnCpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    private static void RequireDescriptors(int count)
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
            return;
        // The runtime raises the soft limit to the hard one by itself.
        var line = File.ReadLines(Limits).First(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var hard = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        if (long.TryParse(hard, CultureInfo.InvariantCulture, out var limit) && limit < count)
            throw new BenchException(
                $"This needs {count} open files and may have {limit}: raise the hard limit (ulimit -Hn).");
    }
}

/// <summary>One round of watching.</summary>
/// <param name="Watchers">How many watch.</param>
/// <param name="UpdatesPerSecond">Holds made a second.</param>
/// <param name="MessagesPerSecond">Messages of changes that reached watchers.</param>
/// <param name="Latencies">From the sending of a hold's request to a watcher having it.</param>
/// <param name="Answers">From the sending of a hold's request to its answer.</param>
/// <param name="ServerCores">Processor time of the server a second.</param>
/// <param name="WatcherCores">Processor time of this process, the watchers, a second.</param>
/// <param name="ServerBytes">Allocated by the server for a message.</param>
internal sealed record FanOutRun(
    int Watchers, double UpdatesPerSecond, double MessagesPerSecond, LatencyHistogram Latencies,
    LatencyHistogram Answers, double ServerCores, double WatcherCores, double ServerBytes)
{
    public double Milliseconds(double percent) => Latencies.Percentile(percent).TotalMilliseconds;
}
