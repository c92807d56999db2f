using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Operate.ReadOnly;

/// <summary>Gives buyers the time back in which they could not go on, event by event.</summary>
internal sealed class HoldProlongation(ReadOnlyStore store, EventLanes lanes)
{
    /// <summary>Prolongs what was held during a period that has ended; repeated, it does what is left.</summary>
    /// <exception cref="ProlongationFailedException">Not all of it: the rest is for another attempt.</exception>
    public async Task ProlongAsync(ReadOnlyPeriod period, CancellationToken cancellationToken)
    {
        var command = new ProlongHoldsCommand(period.BegunAt, period.EndedAt!.Value);
        var last = Guid.Empty;
        while (await store.EventsWithHoldsAsync(last, cancellationToken) is { Count: > 0 } events)
        {
            foreach (var eventId in events)
                await ProlongAsync(eventId, command, cancellationToken);
            last = events[^1];
        }
    }

    private async Task ProlongAsync(Guid eventId, ProlongHoldsCommand command, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reply = await lanes.SubmitAsync(eventId, command);
            if (reply.Status is not (LaneStatus.Decided or LaneStatus.EventNotFound))
                throw new ProlongationFailedException(
                    $"The holds of event {eventId} are not prolonged: {reply.Status}.");
            if (reply.Result.Booking is null)
                return;
        }
    }
}

/// <summary>Holds could not be prolonged yet.</summary>
internal sealed class ProlongationFailedException(string message) : Exception(message);
