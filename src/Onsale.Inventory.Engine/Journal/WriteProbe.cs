using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Whether something can be written to the database now: a full disk answers questions for a while.</summary>
internal sealed class WriteProbe(NpgsqlDataSource dataSource)
{
    // A temporary table needs new pages as a sale does, and leaves none behind.
    private const string Sql = """
        create temporary table onsale_write_probe on commit drop as
        select md5(row::text) as filler from generate_series(1, 2000) row;
        select pg_logical_emit_message(true, 'onsale', 'readiness probe')
        """;

    /// <summary>Writes and commits; throws where that fails.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(Sql, connection, transaction))
            await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
