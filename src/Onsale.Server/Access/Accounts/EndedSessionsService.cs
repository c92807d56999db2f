using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Brings the sessions that other nodes ended into this node's list: all that matter before anything is served, then
/// the new ones every second. While the database does not answer, access tokens of sessions that ended elsewhere stay
/// valid, at most until they expire; the look after that reaches back as far as it has to.
/// </summary>
internal sealed partial class EndedSessionsService(
    SessionStore store, EndedSessions ended, TimeProvider time, ILogger<EndedSessionsService> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(AccountsLimits.EndedSessionsPollMilliseconds);

    private long _lookedAt = time.GetTimestamp();
    private bool _isFull;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await LookAsync(TimeSpan.FromMinutes(IdentityLimits.EndedSessionMinutes), cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryLookAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var overlap = TimeSpan.FromSeconds(AccountsLimits.EndedSessionsOverlapSeconds);
            await LookAsync(time.GetElapsedTime(_lookedAt) + overlap, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    private async Task LookAsync(TimeSpan back, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var hasRoom = ended.Add(await store.FindEndedAsync(back.TotalSeconds, cancellationToken));
        _lookedAt = started;
        ended.RemoveExpired();
        if (!hasRoom && !_isFull)
            LogFull(IdentityLimits.MaxEndedSessions);
        _isFull = !hasRoom;
    }

    [LoggerMessage(EventId = 3006, Level = LogLevel.Warning,
        Message = "Read of ended sessions failed; access tokens of sessions ended on other nodes stay valid meanwhile")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(EventId = 3007, Level = LogLevel.Warning,
        Message = "More than {MaxSessions} sessions ended lately; access tokens of the others stay valid until they expire")]
    private partial void LogFull(int maxSessions);
}
