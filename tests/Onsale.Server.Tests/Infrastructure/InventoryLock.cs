using Npgsql;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// An event's inventory, locked as another node's batch would: its lane waits until this is given back.
/// </summary>
internal sealed class InventoryLock : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private InventoryLock(NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    public static async Task<InventoryLock> TakeAsync(NpgsqlDataSource dataSource, Guid eventId)
    {
        var connection = await dataSource.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var locking = new NpgsqlCommand(JournalSql.Lock, connection)
        {
            Parameters = { new() { Value = eventId } },
        };
        await locking.ExecuteNonQueryAsync();
        return new InventoryLock(connection, transaction);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
