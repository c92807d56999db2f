using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// Takes up what a crash, a timeout or a silent provider left open: ended leases at once, abandoned attempts and
/// refunds every few seconds, kept payments of cancelled bookings every minute. Any number of nodes may do so:
/// every step is conditional on the state it starts from.
/// </summary>
internal sealed partial class PaymentRecovery(
    EventLanes lanes, PaymentProcess process, PaymentRefunds refunds, PaymentStore store, RefundStore partial,
    ILogger<PaymentRecovery> logger)
{
    private int _keptHours = PaymentsLimits.FirstFindKeptHours;

    /// <summary>Asks the provider about each payment whose lease is over.</summary>
    public async Task SettleEndedLeasesAsync(CancellationToken cancellationToken)
    {
        foreach (var host in lanes.Running.Where(host => host.Lane.Availability.HasEndedLease))
        {
            var eventId = host.Lane.EventId;
            foreach (var lease in host.Lane.Availability.EndedLeases())
            {
                cancellationToken.ThrowIfCancellationRequested();
                await TryAsync(
                    lease.BookingId, () => process.SettleAsync(eventId, lease.BookingId, lease.Attempt));
            }
        }
    }

    /// <summary>Takes up attempts and refunds that were left open by a crash, a timeout or a silent provider.</summary>
    public async Task ReconcileAbandonedAsync(CancellationToken cancellationToken)
    {
        foreach (var payment in await store.FindAbandonedAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(payment.BookingId, () => process.ReconcileAsync(payment));
        }

        foreach (var refund in await partial.FindAbandonedAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(refund.BookingId, () => refunds.RefundPartAsync(refund));
        }
    }

    /// <summary>Refunds what a crash between a cancellation and its refund has kept.</summary>
    public async Task RefundKeptAsync(CancellationToken cancellationToken)
    {
        foreach (var payment in await store.FindKeptAsync(_keptHours))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(payment.BookingId, () => refunds.RefundKeptAsync(payment));
        }

        _keptHours = PaymentsLimits.FindKeptHours;
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
        Message = "Settling the payment of booking {BookingId} failed; it is retried")]
    private partial void LogBroken(Exception exception, Guid bookingId);
}
