using Onsale.Platform.Http;

namespace Onsale.Platform.Jobs;

/// <summary>
/// Runs a <see cref="PeriodicJob"/> until the program stops. A round that throws is logged, counted and repeated after
/// a back-off; nothing ends the loop but the stop.
/// </summary>
internal sealed partial class PeriodicJobRunner(
    PeriodicJob job, TimeProvider time, ILogger logger, JobBoard? board = null)
{
    /// <summary>Works until <paramref name="stopping"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        board?.Began(job);
        if (!job.RunsAtStart)
            await PauseAsync(job.Interval, stopping);
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            failures = await TryRoundAsync(failures, stopping);
            await PauseAsync(PauseAfter(failures), stopping);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping) =>
        await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Answers how many rounds in a row have failed.</summary>
    private async Task<int> TryRoundAsync(int failures, CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        try
        {
            await job.RunRoundAsync(stopping);
            if (failures > 0)
                LogRecovered(job.Name, failures);
            JobMetrics.Succeeded(job.Name);
            board?.Succeeded(job.Name, time.GetElapsedTime(started));
            return 0;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Whatever it was doing was interrupted by the stop, as a cancelled command or a closed connection.
            return 0;
        }
        catch (Exception exception)
        {
            failures++;
            JobMetrics.Failed(job.Name);
            board?.Failed(job.Name, time.GetElapsedTime(started), exception);
            var elapsed = time.GetElapsedTime(started).TotalMilliseconds;
            var pause = PauseAfter(failures).TotalMilliseconds;
            if (Errors.IsDatabaseUnavailable(exception))
                LogUnavailable(job.Name, elapsed, failures, pause, exception.GetBaseException().Message);
            else
                LogFailed(exception, job.Name, elapsed, failures, pause);
            return failures;
        }
    }

    private TimeSpan PauseAfter(int failures)
    {
        if (failures == 0)
            return job.Interval;
        var backoff = TimeSpan.FromMilliseconds(Math.Min(
            JobLimits.FirstBackoffMilliseconds * Math.Pow(2, failures - 1), JobLimits.MaxBackoffMilliseconds));
        return backoff > job.Interval ? backoff : job.Interval;
    }

    [LoggerMessage(EventId = 9201, Level = LogLevel.Critical,
        Message = "ALARM: background job {Job} failed after {ElapsedMs:0} ms, {Failures} failures in a row; next round "
            + "in {PauseMs:0} ms")]
    private partial void LogFailed(Exception exception, string job, double elapsedMs, int failures, double pauseMs);

    [LoggerMessage(EventId = 9202, Level = LogLevel.Warning,
        Message =
            "Background job {Job} could not reach the database, failed after {ElapsedMs:0} ms, {Failures} failures "
            + "in a row; next round in {PauseMs:0} ms: {Reason}")]
    private partial void LogUnavailable(string job, double elapsedMs, int failures, double pauseMs, string reason);

    [LoggerMessage(EventId = 9203, Level = LogLevel.Information,
        Message = "Background job {Job} succeeded again after {Failures} failures")]
    private partial void LogRecovered(string job, int failures);
}
