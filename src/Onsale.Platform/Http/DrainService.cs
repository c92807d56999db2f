using Onsale.Platform.Startup;

namespace Onsale.Platform.Http;

/// <summary>
/// The first step of a stop: requests under way are finished while new ones are refused with 503, so that a load
/// balancer sends them elsewhere; only then do the server and the modules stop, and last of all the database.
/// </summary>
/// <remarks>A stream that has no end of its own ends on <see cref="Begun"/>.</remarks>
internal sealed partial class DrainService(
    IConfiguration configuration, TimeProvider time, ILogger<DrainService> logger)
    : IHostedLifecycleService, IDisposable
{
    /// <summary>
    /// Seconds for which a stopping node says that it is not ready and still takes requests: for load balancers, which
    /// notice at their next check.
    /// </summary>
    public const string LeaveSetting = "Onsale:LeaveSeconds";

    public const int MaxLeaveSeconds = 60;

    /// <summary>Requests that take longer are cut off.</summary>
    public const int MaxDrainSeconds = 30;

    /// <summary>For everything after the drain: the modules' last batches and the database's last checkpoint.</summary>
    public const int MaxStopSeconds = 60;

    private const int RetryAfterSeconds = 5;

    private readonly CancellationTokenSource _begun = new();
    private readonly int _leaveSeconds = ReadLeaveSeconds(configuration);
    private int _underWay;
    private bool _started;
    private volatile bool _draining;
    private volatile bool _leaving;

    /// <summary>The stop has begun, however it was asked for.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>The stop has begun: no balancer should send anything more.</summary>
    public bool IsLeaving => _leaving;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (TryBegin())
            return FinishAsync(context, next);
        return IsForOperators(context.Request.Path) ? next(context) : RefuseAsync(context);
    }

    /// <summary>A request begins, to be waited for until <see cref="End"/>; false: no more are taken.</summary>
    public bool TryBegin()
    {
        // Counted before the look at the flag: whoever drains sees each request that slipped past it.
        Interlocked.Increment(ref _underWay);
        if (!_draining)
            return true;
        End();
        return false;
    }

    /// <summary>A request that began has ended.</summary>
    public void End() => Interlocked.Decrement(ref _underWay);

    private async Task FinishAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            End();
        }
    }

    private static int ReadLeaveSeconds(IConfiguration configuration) =>
        configuration.GetValue(LeaveSetting, 0) is >= 0 and <= MaxLeaveSeconds and var seconds
            ? seconds
            : throw new StartupException(
                $"{LeaveSetting} is {configuration[LeaveSetting]}; it must be between 0 and {MaxLeaveSeconds}.");

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return new Problem(StatusCodes.Status503ServiceUnavailable, "shutting-down",
            "This server is shutting down; another one, or this one after its restart, will answer.")
        {
            RetryAfterSeconds = RetryAfterSeconds,
        }.ExecuteAsync(context);
    }

    /// <summary>A process that drains is alive, and its last figures are worth collecting.</summary>
    private static bool IsForOperators(PathString path) => path == "/health/live" || path == "/metrics";

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _leaving = true;
        if (_started && _leaveSeconds > 0)
        {
            LogLeaving(_leaveSeconds);
            await Task.Delay(TimeSpan.FromSeconds(_leaveSeconds), time, CancellationToken.None);
        }

        _draining = true;
        await _begun.CancelAsync();
        if (!_started)
            return;
        var requests = Volatile.Read(ref _underWay);
        LogDraining(requests);
        var started = time.GetTimestamp();
        while (requests > 0)
        {
            if (time.GetElapsedTime(started).TotalSeconds >= MaxDrainSeconds)
            {
                LogCutOff(requests, MaxDrainSeconds);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), time, CancellationToken.None);
            requests = Volatile.Read(ref _underWay);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _started = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _begun.Dispose();

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 9014, Level = LogLevel.Information,
        Message = "Stopping; not ready any more, and taking requests for another {Seconds} s")]
    private partial void LogLeaving(int seconds);

    [LoggerMessage(EventId = 9010, Level = LogLevel.Information, Message = "Stopping; finishing {Requests} requests")]
    private partial void LogDraining(int requests);

    [LoggerMessage(EventId = 9011, Level = LogLevel.Warning, Message = "Cut off {Requests} requests after {Seconds} s")]
    private partial void LogCutOff(int requests, int seconds);
}
