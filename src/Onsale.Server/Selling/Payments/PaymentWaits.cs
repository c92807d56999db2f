using System.Collections.Concurrent;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Server.Selling.Payments;

/// <summary>
/// Lets a repeated confirm wait for the payment that is in flight without asking the event's lane again and again: for
/// one at this node until it ends, for one at another by reading the booking's row, once for all who wait for it.
/// </summary>
internal sealed class PaymentWaits(BookingReader bookings, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Guid EventId, Guid BookingId), TaskCompletionSource> _here = new();
    private readonly ConcurrentDictionary<(Guid EventId, Guid BookingId), Lazy<Task>> _elsewhere = new();

    /// <summary>A payment begins at this node; disposing says that it has ended.</summary>
    public IDisposable Begin(Guid eventId, Guid bookingId)
    {
        var payment = new InFlight(this, (eventId, bookingId));
        _here[(eventId, bookingId)] = payment.Ended;
        return payment;
    }

    /// <summary>Waits until the payment in flight may have ended, at most so long.</summary>
    public async Task WaitAsync(Guid eventId, Guid bookingId, TimeSpan longest)
    {
        var key = (eventId, bookingId);
        var ended = _here.TryGetValue(key, out var here)
            ? here.Task
            : _elsewhere.GetOrAdd(key, added => new Lazy<Task>(() => WatchAsync(added))).Value;
        await ended.WaitAsync(longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends when the booking is not being paid any more, and in any case after the longest wait.</summary>
    private async Task WatchAsync((Guid EventId, Guid BookingId) key)
    {
        try
        {
            var began = time.GetTimestamp();
            var pause = PaymentsLimits.FirstWatchMilliseconds;
            do
            {
                await Task.Delay(TimeSpan.FromMilliseconds(pause), time);
                pause = Math.Min(2 * pause, PaymentsLimits.MaxWatchMilliseconds);
            }
            while (time.GetElapsedTime(began).TotalSeconds < PaymentsLimits.MaxWaitForOtherSeconds
                && await bookings.FindAsync(key.EventId, key.BookingId) is { State: BookingState.Paying });
        }
        finally
        {
            _elsewhere.TryRemove(key, out _);
        }
    }

    private sealed class InFlight(PaymentWaits waits, (Guid, Guid) key) : IDisposable
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose()
        {
            waits._here.TryRemove(KeyValuePair.Create(key, Ended));
            Ended.TrySetResult();
        }
    }
}
