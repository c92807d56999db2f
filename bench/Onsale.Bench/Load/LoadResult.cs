namespace Onsale.Bench.Load;

/// <summary>What a load saw: how many answers of each status, and how long they took.</summary>
internal sealed class LoadResult
{
    private readonly LatencyHistogram?[] _byStatus = new LatencyHistogram?[600];

    public TimeSpan Elapsed { get; set; }

    /// <summary>The server as it was when the load began.</summary>
    public Hosts.StatsResponse? ServerBefore { get; set; }

    /// <summary>What server and database had done when the load began; null: not counted.</summary>
    public Hosts.WorkDone? WorkBefore { get; set; }

    public IEnumerable<int> Statuses =>
        Enumerable.Range(0, _byStatus.Length).Where(status => _byStatus[status] is not null);

    public void Record(int status, TimeSpan latency)
    {
        var histogram = Volatile.Read(ref _byStatus[status])
            ?? Interlocked.CompareExchange(ref _byStatus[status], new LatencyHistogram(), null)
            ?? _byStatus[status]!;
        histogram.Record(latency);
    }

    public long Count(int status) => _byStatus[status]?.Count ?? 0;

    /// <summary>Answers of this status a second.</summary>
    public double Rate(int status) => Count(status) / Elapsed.TotalSeconds;

    public TimeSpan Percentile(int status, double percent) => _byStatus[status]?.Percentile(percent) ?? TimeSpan.Zero;

    /// <summary>A load that got other answers than it should have measured something else than it meant to.</summary>
    /// <exception cref="BenchException">There are such answers.</exception>
    public LoadResult Expect(params ReadOnlySpan<int> statuses)
    {
        foreach (var status in Statuses)
        {
            if (!statuses.Contains(status))
                throw new BenchException(
                    $"{Count(status)} requests were answered with {status}, which was not to happen.");
        }

        return Count(statuses[0]) > 0 ? this : throw new BenchException($"No request was answered with {statuses[0]}.");
    }
}
