using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Reads which guests have ended at other nodes. Their message is faster where it arrives; this is what can be relied
/// on, and what a node knows that has just started.
/// </summary>
internal sealed partial class EndedGuestsService(
    GuestMergeStore merges, EndedGuests ended, TimeProvider time, ILogger<EndedGuestsService> logger)
    : BackgroundService
{
    private const int FirstLookSeconds = (IdentityLimits.AccessTokenMinutes + 1) * 60;

    // Far longer than a row waits between its time and its commit.
    private const int LookBackSeconds = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(IdentityLimits.EndedGuestsSeconds), time);
        var seconds = FirstLookSeconds;
        try
        {
            do
            {
                // After an outage the first look is due again: what was missed may be older.
                seconds = await TryReadAsync(seconds, stoppingToken) ? LookBackSeconds : FirstLookSeconds;
                ended.ForgetExpired();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program is stopping.
        }
    }

    private async Task<bool> TryReadAsync(int seconds, CancellationToken stoppingToken)
    {
        try
        {
            foreach (var guestId in await merges.FindEndedAsync(seconds, stoppingToken))
                ended.Add(guestId);
            return true;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception);
            return false;
        }
    }

    [LoggerMessage(EventId = 3013, Level = LogLevel.Warning,
        Message = "Ended guests could not be read; they are read again")]
    private partial void LogFailed(Exception exception);
}
