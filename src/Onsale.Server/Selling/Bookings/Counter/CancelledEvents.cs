using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>
/// Sees to the bookings of events that were called off: holds are released, and where that was asked for confirmed ones
/// are cancelled and paid back. Repeated until nothing is left: a payment that was in flight at the call-off confirms
/// its booking first. Any number of nodes may do so; each step is conditional on the state it starts from.
/// </summary>
internal sealed partial class CancelledEvents(
    NpgsqlDataSource dataSource, EventLanes lanes, PaymentRefunds refunds, EventCancellations cancellations,
    ILogger<CancelledEvents> logger)
{
    private const string OpenSql = """
        select id, state = 1 as is_paying from bookings
        where event_id = @eventId and id > @after and (state in (0, 1) or (state = 2 and @refunds))
        order by id limit @limit
        """;

    /// <summary>One round over the events that are not settled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (eventId, isRefunded) in await cancellations.FindUnsettledAsync(cancellationToken))
            await SettleAsync(eventId, isRefunded, cancellationToken);
    }

    private async Task SettleAsync(Guid eventId, bool isRefunded, CancellationToken cancellationToken)
    {
        // From one end to the other: what was seen to is not read again, however many bookings there are.
        var (after, found, ended) = (Guid.Empty, 0, 0);
        while (!cancellationToken.IsCancellationRequested)
        {
            var open = await FindOpenAsync(eventId, isRefunded, after, cancellationToken);
            if (open.Count == 0)
                break;
            after = open[^1].Id;
            found += open.Count;
            // What is being paid for ends by itself.
            ended += (await Task.WhenAll(open.Where(booking => !booking.IsPaying)
                .Select(booking => EndAsync(eventId, booking.Id)))).Count(isEnded => isEnded);
        }

        if (ended > 0)
            LogEnded(ended, eventId);
        // Only a round that finds nothing more says that all is done.
        if (found == 0 && !cancellationToken.IsCancellationRequested)
            await cancellations.SettleAsync(eventId, cancellationToken);
    }

    private async Task<IReadOnlyList<(Guid Id, bool IsPaying)>> FindOpenAsync(
        Guid eventId, bool isRefunded, Guid after, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid, bool)>(new CommandDefinition(
            OpenSql,
            new { eventId, after, refunds = isRefunded, limit = CounterLimits.CancelledBatchBookings },
            cancellationToken: cancellationToken))).AsList();
    }

    private async Task<bool> EndAsync(Guid eventId, Guid bookingId)
    {
        var reply = await lanes.SubmitAsync(
            eventId, new CancelCommand(bookingId, Guid.Empty) { IsBoxOffice = true });
        if (reply.Result.Booking is not { } booking)
            return false;
        if (booking.State == BookingState.Cancelled)
            await refunds.RefundCancelledAsync(eventId, booking);
        return true;
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Information,
        Message = "Ended {Bookings} bookings of event {EventId}, which was called off")]
    private partial void LogEnded(int bookings, Guid eventId);
}
