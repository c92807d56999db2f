using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Transfers;

/// <summary>
/// The tables <c>ticket_transfers</c> and <c>transfer_rules</c>. Whether a ticket changes hands is decided under its
/// lock, which the door takes too: nobody comes in with a code that dies in the same moment.
/// </summary>
internal sealed class TransferStore(NpgsqlDataSource dataSource) : IBuyerContacts, IDisposable
{
    private readonly SemaphoreSlim _pauses = new(TransferLimits.MaxPausedBookings);

    /// <summary>Offers a ticket to an address; the same offer again is answered with the first.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="holderId">Who asks.</param>
    /// <param name="offer">To whom.</param>
    /// <param name="andThen">In the same transaction, for a new offer.</param>
    public async Task<TransferResult> OfferAsync(
        Guid eventId, Guid ticketId, Guid holderId, NewOffer offer,
        Func<NpgsqlConnection, TransferRow, Task> andThen)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await LockAsync(connection, eventId, ticketId) is not { } ticket || ticket.HolderId != holderId)
            return new TransferResult(TransferRefusal.NotFound);
        if (TransferRules.Check(ticket) is { } refusal)
            return new TransferResult(refusal, Ticket: ticket);
        var open = await connection.QuerySingleOrDefaultAsync<TransferRow>(
            TransferSql.Open, new { eventId, ticketId });
        if (open is not null)
        {
            return string.Equals(open.Email, offer.Email, StringComparison.OrdinalIgnoreCase)
                ? new TransferResult(null, open)
                : new TransferResult(TransferRefusal.Offered);
        }

        if (ticket.Offers >= TransferLimits.MaxOffersPerTicket)
            return new TransferResult(TransferRefusal.TooMany);
        var made = await connection.QuerySingleAsync<TransferRow>(TransferSql.Insert, new
        {
            eventId,
            offer.Id,
            ticketId,
            ticket.BookingId,
            counter = (short)(ticket.Counter + 1),
            holderId,
            offer.Email,
            offer.Language,
            offer.SecretHash,
        });
        await andThen(connection, made);
        await transaction.CommitAsync();
        return new TransferResult(null, made, ticket);
    }

    /// <summary>Makes the caller the holder; the same caller again is answered with the first.</summary>
    /// <param name="secretHash">SHA-256 of what the link says.</param>
    /// <param name="buyerId">Who accepts.</param>
    /// <param name="name">Of the new holder, for the door; null: not given.</param>
    /// <param name="andThen">In the same transaction, for a new acceptance.</param>
    public async Task<TransferResult> AcceptAsync(
        byte[] secretHash, Guid buyerId, string? name, Func<NpgsqlConnection, TransferRow, Task> andThen)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.QuerySingleOrDefaultAsync<TransferRow>(TransferSql.BySecret, new { secretHash })
            is not { } found)
        {
            return new TransferResult(TransferRefusal.NotFound);
        }

        var ticket = await LockAsync(connection, found.EventId, found.TicketId);
        // Only now: somebody else may have accepted it, or its holder withdrawn it.
        var offered = await connection.QuerySingleAsync<TransferRow>(
            TransferSql.LockRow, new { found.EventId, found.Id });
        switch ((TransferState)offered.State)
        {
            case TransferState.Accepted when offered.ToBuyerId == buyerId:
                return new TransferResult(null, offered, ticket);
            case TransferState.Accepted:
                return new TransferResult(TransferRefusal.Accepted);
            case TransferState.Withdrawn:
                return new TransferResult(TransferRefusal.Withdrawn);
        }

        if (ticket is null)
            return new TransferResult(TransferRefusal.NotFound);
        if (ticket.HolderId == buyerId)
            return new TransferResult(TransferRefusal.ToSelf);
        if (TransferRules.Check(ticket) is { } refusal)
            return new TransferResult(refusal, Ticket: ticket);
        var accepted = await connection.QuerySingleAsync<TransferRow>(TransferSql.Accept, new
        {
            found.EventId,
            found.Id,
            buyerId,
            name,
            code = TicketCodes.New(1)[0],
        });
        await andThen(connection, accepted);
        await transaction.CommitAsync();
        return new TransferResult(null, accepted, ticket);
    }

    /// <summary>Takes an offer back; repeated, the same.</summary>
    public async Task<TransferResult> WithdrawAsync(Guid eventId, Guid ticketId, Guid id, Guid holderId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.QuerySingleOrDefaultAsync<TransferRow>(TransferSql.LockRow, new { eventId, id })
            is not { } offered || offered.TicketId != ticketId || offered.FromBuyerId != holderId)
        {
            return new TransferResult(TransferRefusal.NotFound);
        }

        switch ((TransferState)offered.State)
        {
            case TransferState.Accepted:
                return new TransferResult(TransferRefusal.Accepted);
            case TransferState.Withdrawn:
                return new TransferResult(null, offered);
        }

        var withdrawn = await connection.QuerySingleAsync<TransferRow>(TransferSql.Withdraw, new { eventId, id });
        await transaction.CommitAsync();
        return new TransferResult(null, withdrawn);
    }

    /// <summary>
    /// While a buyer cancels a booking: none of its tickets is offered or accepted until the result is disposed. Null:
    /// the booking has no tickets, so there is nothing to change hands.
    /// </summary>
    /// <remarks>
    /// It has a connection while the inventory decides, which never waits for one of the same pool but to load an
    /// event: hence only so many at once.
    /// </remarks>
    public async Task<PausedTransfers?> PauseAsync(Guid eventId, Guid bookingId, Guid buyerId)
    {
        await using (var connection = await dataSource.OpenConnectionAsync())
        {
            if (!await connection.ExecuteScalarAsync<bool>(TransferSql.AnyTicket, new { eventId, bookingId }))
                return null;
        }

        await _pauses.WaitAsync();
        try
        {
            return await PausedTransfers.BeginAsync(dataSource, eventId, bookingId, buyerId, _pauses);
        }
        catch
        {
            _pauses.Release();
            throw;
        }
    }

    /// <summary>What a link is about; null: none.</summary>
    public async Task<(TransferRow Transfer, TicketSituation Ticket)?> FindAsync(byte[] secretHash)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<TransferRow>(TransferSql.BySecret, new { secretHash })
            is { } found
            && await connection.QuerySingleOrDefaultAsync<TicketSituation>(
                TransferSql.Situation, new { found.EventId, found.TicketId }) is { } ticket
            ? (found, ticket)
            : null;
    }

    /// <summary>A ticket, and all that decides whether it may change hands; null: none.</summary>
    public async Task<TicketSituation?> FindTicketAsync(Guid eventId, Guid ticketId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<TicketSituation>(
            TransferSql.Situation, new { eventId, ticketId });
    }

    /// <summary>
    /// What a holder has offered of an event's tickets, newest first; and which of its tickets they were given and
    /// have.
    /// </summary>
    public async Task<(IReadOnlyList<TransferRow> Offers, IReadOnlySet<Guid> Held)> ListOfGiverAsync(
        Guid eventId, Guid holderId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var offers = await connection.QueryAsync<TransferRow>(
            TransferSql.OfGiver, new { eventId, holderId, limit = TransferLimits.MaxShownOffers });
        var held = await connection.QueryAsync<Guid>(TransferSql.HeldOfEvent, new { eventId, buyerId = holderId });
        return (offers.AsList(), held.ToHashSet());
    }

    /// <summary>All transfers of a booking's tickets, the first one first.</summary>
    public async Task<IReadOnlyList<TransferRow>> ListOfBookingAsync(Guid eventId, Guid bookingId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<TransferRow>(
            TransferSql.OfBooking, new { eventId, bookingId })).AsList();
    }

    /// <summary>A page of an event's transfers, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<TransferRow> Rows, long Total)> ListOfEventAsync(Guid eventId, Paging paging)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var total = await connection.ExecuteScalarAsync<long>(TransferSql.CountOfEvent, new { eventId });
        return ((await connection.QueryAsync<TransferRow>(
            TransferSql.OfEvent, new { eventId, paging.Limit, paging.Offset })).AsList(), total);
    }

    /// <summary>A page of the tickets that somebody was given, newest first, and how many there are.</summary>
    public async Task<(IReadOnlyList<HeldTicket> Rows, long Total)> ListHeldAsync(Guid buyerId, Paging paging)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var total = await connection.ExecuteScalarAsync<long>(TransferSql.CountHeld, new { buyerId });
        return ((await connection.QueryAsync<HeldTicket>(
            TransferSql.ListHeld, new { buyerId, paging.Limit, paging.Offset })).AsList(), total);
    }

    /// <summary>A ticket that somebody was given and still has; null: none.</summary>
    public async Task<HeldTicket?> FindHeldAsync(Guid eventId, Guid ticketId, Guid buyerId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<HeldTicket>(
            TransferSql.FindHeld, new { eventId, ticketId, buyerId });
    }

    /// <summary>Whether an event's tickets may change hands.</summary>
    public async Task<bool> IsAllowedAsync(Guid eventId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<bool?>(TransferSql.FindRules, new { eventId }) ?? true;
    }

    public static Task SetAllowedAsync(NpgsqlConnection connection, Guid eventId, bool isAllowed) =>
        connection.ExecuteAsync(TransferSql.SetRules, new { eventId, isAllowed });

    /// <summary>What a guest was given, and has offered, is the account's that it has signed in to.</summary>
    public async Task MoveAsync(Guid guestId, Guid accountId)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(TransferSql.Move, new { guestId, accountId });
    }

    /// <inheritdoc/>
    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail) =>
        connection.ExecuteAsync(TransferSql.Erase, new { buyerId, verifiedEmail });

    public void Dispose() => _pauses.Dispose();

    private static async Task<TicketSituation?> LockAsync(NpgsqlConnection connection, Guid eventId, Guid ticketId)
    {
        await connection.ExecuteAsync(TransferSql.LockTickets, new { ids = new[] { ticketId } });
        return await connection.QuerySingleOrDefaultAsync<TicketSituation>(
            TransferSql.Situation, new { eventId, ticketId });
    }
}
