using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Brings the sessions that other nodes ended into this node's list: all that matter before anything is served, then
/// the new ones every second. While the database does not answer, access tokens of sessions that ended elsewhere stay
/// valid, at most until they expire; the read after that reaches back as far as it has to.
/// </summary>
internal sealed partial class EndedSessionsReader(
    SessionStore store, EndedSessions ended, TimeProvider time, ILogger<EndedSessionsReader> logger) : IHostedService
{
    private long _readAt = time.GetTimestamp();
    private bool _isFull;

    public Task StartAsync(CancellationToken cancellationToken) =>
        ReadAsync(TimeSpan.FromMinutes(IdentityLimits.EndedSessionMinutes), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One round: what ended since the last one, and a little before it.</summary>
    public Task ReadNewAsync(CancellationToken cancellationToken) => ReadAsync(
        time.GetElapsedTime(_readAt) + TimeSpan.FromSeconds(AccountsLimits.EndedSessionsOverlapSeconds),
        cancellationToken);

    private async Task ReadAsync(TimeSpan back, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var hasRoom = ended.Add(await store.FindEndedAsync(back.TotalSeconds, cancellationToken));
        _readAt = started;
        ended.RemoveExpired();
        if (!hasRoom && !_isFull)
            LogFull(IdentityLimits.MaxEndedSessions);
        _isFull = !hasRoom;
    }

    [LoggerMessage(EventId = 3006, Level = LogLevel.Warning,
        Message = "More than {MaxSessions} sessions ended recently; access tokens of the others stay valid until they "
            + "expire")]
    private partial void LogFull(int maxSessions);
}
