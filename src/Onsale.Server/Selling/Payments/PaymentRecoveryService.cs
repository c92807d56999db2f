using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// Takes up what a crash, a timeout or a silent provider left open: ended leases at once, abandoned attempts and
/// refunds every few seconds. Any number of nodes may do so: every step is conditional on the state it starts from.
/// </summary>
internal sealed partial class PaymentRecoveryService(
    EventLanes lanes, PaymentProcess process, PaymentStore store, TimeProvider time, ILogger<PaymentRecoveryService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(PaymentsLimits.RecoverySeconds), time);
        var reconciledAt = default(long?);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await SettleEndedLeasesAsync();
                if (reconciledAt is null
                    || time.GetElapsedTime(reconciledAt.Value).TotalSeconds >= PaymentsLimits.ReconcileSeconds)
                {
                    reconciledAt = time.GetTimestamp();
                    foreach (var payment in await store.FindAbandonedAsync())
                        await TryAsync(payment.BookingId, () => process.ReconcileAsync(payment));
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: who stopped looking here would leave money and places hanging without a word.
                LogLater(exception);
            }
        }
    }

    private async Task SettleEndedLeasesAsync()
    {
        foreach (var running in lanes.Running.Where(running => running.Lane.Availability.HasEndedLease))
        {
            var eventId = running.Lane.EventId;
            foreach (var (bookingId, attempt) in await store.FindEndedLeasesAsync(eventId))
                await TryAsync(bookingId, () => process.SettleAsync(eventId, bookingId, attempt));
        }
    }

    /// <summary>One payment that cannot be settled must not keep the others from it.</summary>
    private async Task TryAsync(Guid bookingId, Func<Task> settle)
    {
        try
        {
            await settle();
        }
        catch (Exception exception)
        {
            LogBroken(exception, bookingId);
        }
    }

    [LoggerMessage(EventId = 4006, Level = LogLevel.Error,
        Message = "The payment of booking {BookingId} cannot be settled now; it is tried again")]
    private partial void LogBroken(Exception exception, Guid bookingId);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning,
        Message = "Open payments cannot be looked up now; they are looked up again")]
    private partial void LogLater(Exception exception);
}
