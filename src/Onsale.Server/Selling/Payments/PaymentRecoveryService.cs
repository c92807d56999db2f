using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// Takes up what a crash, a timeout or a silent provider left open: ended leases at once, abandoned attempts and
/// refunds every few seconds, kept payments of cancelled bookings every minute. Any number of nodes may do so:
/// every step is conditional on the state it starts from.
/// </summary>
internal sealed partial class PaymentRecoveryService(
    EventLanes lanes, PaymentProcess process, PaymentRefunds refunds, PaymentStore store, TimeProvider time,
    ILogger<PaymentRecoveryService> logger)
    : BackgroundService
{
    private long? _reconciledAt;
    private long? _keptFoundAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(PaymentsLimits.RecoverySeconds), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await SettleEndedLeasesAsync();
                await ReconcileAsync();
                await RefundKeptAsync();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is: if this ended here, money and places would be left hanging unnoticed.
                LogLater(exception);
            }
        }
    }

    private async Task SettleEndedLeasesAsync()
    {
        foreach (var running in lanes.Running.Where(running => running.Lane.Board.HasEndedLease))
        {
            var eventId = running.Lane.EventId;
            foreach (var (bookingId, attempt) in await store.FindEndedLeasesAsync(eventId))
                await TryAsync(bookingId, () => process.SettleAsync(eventId, bookingId, attempt));
        }
    }

    private async Task ReconcileAsync()
    {
        if (!IsDue(_reconciledAt, PaymentsLimits.ReconcileSeconds))
            return;
        _reconciledAt = time.GetTimestamp();
        foreach (var payment in await store.FindAbandonedAsync())
            await TryAsync(payment.BookingId, () => process.ReconcileAsync(payment));
    }

    private async Task RefundKeptAsync()
    {
        if (!IsDue(_keptFoundAt, PaymentsLimits.FindKeptSeconds))
            return;
        var hours = _keptFoundAt is null ? PaymentsLimits.FirstFindKeptHours : PaymentsLimits.FindKeptHours;
        foreach (var payment in await store.FindKeptAsync(hours))
            await TryAsync(payment.BookingId, () => refunds.RefundKeptAsync(payment));
        _keptFoundAt = time.GetTimestamp();
    }

    private bool IsDue(long? last, int seconds) =>
        last is not { } since || time.GetElapsedTime(since).TotalSeconds >= seconds;

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
