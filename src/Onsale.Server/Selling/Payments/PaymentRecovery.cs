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
        var ended = lanes.Running.Select(host => host.Lane).Where(lane => lane.Availability.HasEndedLease)
            .SelectMany(lane => lane.Availability.EndedLeases(), (lane, lease) => (lane.EventId, lease));
        await EachAsync(
            ended, one => one.lease.BookingId,
            one => process.SettleAsync(one.EventId, one.lease.BookingId, one.lease.Attempt), cancellationToken);
    }

    /// <summary>Takes up attempts and refunds that were left open by a crash, a timeout or a silent provider.</summary>
    public async Task ReconcileAbandonedAsync(CancellationToken cancellationToken)
    {
        await EachAsync(
            await store.FindAbandonedAsync(), payment => payment.BookingId, process.ReconcileAsync, cancellationToken);
        await EachAsync(
            await partial.FindAbandonedAsync(), refund => refund.BookingId, refunds.RefundPartAsync, cancellationToken);
    }

    /// <summary>Refunds what a crash between a cancellation and its refund has kept.</summary>
    public async Task RefundKeptAsync(CancellationToken cancellationToken)
    {
        await EachAsync(
            await store.FindKeptAsync(_keptHours), payment => payment.BookingId, refunds.RefundKeptAsync,
            cancellationToken);
        _keptHours = PaymentsLimits.FindKeptHours;
    }

    /// <summary>
    /// Some at once, so that one about which the provider is silent does not keep the others waiting.
    /// </summary>
    private Task EachAsync<T>(
        IEnumerable<T> open, Func<T, Guid> bookingOf, Func<T, Task> settle, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            open,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = PaymentsLimits.MaxConcurrentRecoveries,
                CancellationToken = cancellationToken,
            },
            async (each, _) => await TryAsync(bookingOf(each), () => settle(each)));

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
