using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Transfers;

/// <summary>A booking whose tickets do not change hands until this is disposed.</summary>
internal sealed class PausedTransfers : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly object _booking;
    private readonly SemaphoreSlim _pauses;

    private PausedTransfers(
        NpgsqlConnection connection, NpgsqlTransaction transaction, object booking, bool isHandedOn,
        SemaphoreSlim pauses)
    {
        (_connection, _transaction, _booking, _pauses) = (connection, transaction, booking, pauses);
        IsHandedOn = isHandedOn;
    }

    /// <summary>Whether somebody else has a valid ticket of the booking, who would lose it.</summary>
    public bool IsHandedOn { get; }

    /// <param name="dataSource">Where tickets are.</param>
    /// <param name="eventId">The event.</param>
    /// <param name="bookingId">The booking.</param>
    /// <param name="buyerId">Its buyer.</param>
    /// <param name="pauses">Released at the end.</param>
    public static async Task<PausedTransfers> BeginAsync(
        NpgsqlDataSource dataSource, Guid eventId, Guid bookingId, Guid buyerId, SemaphoreSlim pauses)
    {
        var booking = new { eventId, bookingId, buyerId };
        var connection = await dataSource.OpenConnectionAsync();
        try
        {
            var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(TransferSql.LockTicketsOfBooking, booking);
            var isHandedOn = await connection.ExecuteScalarAsync<bool>(TransferSql.AnyAccepted, booking);
            return new PausedTransfers(connection, transaction, booking, isHandedOn, pauses);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes back what is offered of the booking, which has been cancelled.</summary>
    public async Task WithdrawOffersAsync()
    {
        await _connection.ExecuteAsync(TransferSql.WithdrawOfBooking, _booking);
        await _transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
        }
        finally
        {
            _pauses.Release();
        }
    }
}
