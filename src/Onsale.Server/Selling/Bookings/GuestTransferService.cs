using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Works off the merges whose sign-in could not move everything: a crash, a busy event, a database that was away. Any
/// number of nodes may do so.
/// </summary>
internal sealed partial class GuestTransferService(
    GuestMergeStore merges, IGuestBookingMover mover, TimeProvider time, ILogger<GuestTransferService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(BookingsLimits.TransferSeconds), time);
        try
        {
            do
                await TryRunAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program is stopping; the rows stay.
        }
    }

    private async Task TryRunAsync(CancellationToken stoppingToken)
    {
        try
        {
            var due = await merges.ClaimAsync(BookingsLimits.MaxTransfersAtOnce, stoppingToken);
            await Task.WhenAll(due.Select(mover.MoveAsync));
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning,
        Message = "Open guest merges could not be read; they are read again")]
    private partial void LogFailed(Exception exception);
}
