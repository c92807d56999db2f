using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Onsale.Platform.Jobs;

/// <summary>How a background job of this node is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Interval">Pause between two rounds.</param>
/// <param name="Since">When it was first run.</param>
internal sealed record JobState(string Name, TimeSpan Interval, DateTimeOffset Since)
{
    public long Rounds { get; init; }

    /// <summary>Rounds in a row that failed; 0: the last one succeeded.</summary>
    public int Failures { get; init; }

    public DateTimeOffset? SucceededAt { get; init; }

    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Of the last failure: the kind of exception, since messages may name a buyer.</summary>
    public string? Error { get; init; }

    /// <summary>Of the last round.</summary>
    public TimeSpan Took { get; init; }
}

/// <summary>
/// The background jobs of this node and how they are doing: for operators, and as the metrics
/// <c>onsale.jobs.age</c> and <c>onsale.jobs.interval</c>.
/// </summary>
internal sealed class JobBoard
{
    private readonly ConcurrentDictionary<string, JobState> _jobs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public JobBoard(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("Onsale.JobBoard");
        meter.CreateObservableGauge(
            "onsale.jobs.age", Ages, "s", "Time since the last round of a background job that succeeded, by job.");
        meter.CreateObservableGauge(
            "onsale.jobs.interval", () => _jobs.Values.Select(job => Measure(job, job.Interval)), "s",
            "Pause between two rounds of a background job, by job.");
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<JobState> Jobs => [.. _jobs.Values.OrderBy(job => job.Name, StringComparer.Ordinal)];

    public void Began(PeriodicJob job) =>
        _jobs.TryAdd(job.Name, new JobState(job.Name, job.Interval, _time.GetUtcNow()));

    public void Succeeded(string job, TimeSpan took) => Change(job, state => state with
    {
        Rounds = state.Rounds + 1,
        Failures = 0,
        SucceededAt = _time.GetUtcNow(),
        Took = took,
    });

    public void Failed(string job, TimeSpan took, Exception exception) => Change(job, state => state with
    {
        Rounds = state.Rounds + 1,
        Failures = state.Failures + 1,
        FailedAt = _time.GetUtcNow(),
        Error = exception.GetBaseException().GetType().Name,
        Took = took,
    });

    private void Change(string job, Func<JobState, JobState> change)
    {
        // One loop runs a job: nobody else changes its state.
        if (_jobs.TryGetValue(job, out var state))
            _jobs[job] = change(state);
    }

    private IEnumerable<Measurement<double>> Ages()
    {
        var now = _time.GetUtcNow();
        return _jobs.Values.Select(job => Measure(job, now - (job.SucceededAt ?? job.Since)));
    }

    private static Measurement<double> Measure(JobState job, TimeSpan time) =>
        new(time.TotalSeconds, KeyValuePair.Create("job", (object?)job.Name));
}
