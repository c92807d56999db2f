using Dapper;
using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database;

/// <summary>
/// Applies the numbered SQL scripts of <see cref="MigrationScripts"/>, each once, in order, forward only, under an advisory
/// lock so that any number of nodes may start together. A file that changed after it was applied stops the start.
/// </summary>
internal sealed partial class Migrator(MigrationScripts scripts, TimeProvider time, ILogger<Migrator> logger)
{
    private const string CreateTableSql = """
        create table if not exists schema_migrations (
            number     integer primary key,
            name       text not null,
            checksum   text not null,
            applied_at timestamptz not null default now()
        )
        """;

    public async Task MigrateAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await DatabaseLocks.WaitAsync(
            connection, DatabaseLocks.Migrations, "the database migrations", ofTransaction: false, time, logger,
            cancellationToken);
        try
        {
            await connection.ExecuteAsync(CreateTableSql);
            var applied = (await connection.QueryAsync<(int Number, string Checksum)>(
                "select number, checksum from schema_migrations")).ToDictionary(row => row.Number, row => row.Checksum);
            foreach (var migration in scripts.All)
            {
                if (applied.Remove(migration.Number, out var checksum))
                    Verify(migration, checksum);
                else
                    await ApplyAsync(connection, migration, cancellationToken);
            }

            if (applied.Count > 0)
            {
                throw new StartupException(
                    $"The database has migrations this program does not know ({string.Join(", ", applied.Keys)}): "
                    + "it was migrated by a newer version of Onsale. Start that version, or restore an older backup.");
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@key)", new { key = DatabaseLocks.Migrations });
        }
    }

    /// <summary>
    /// The number of the newest migration of a database, without changing anything; null where it is not one of this
    /// program's.
    /// </summary>
    public static async Task<int?> FindVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var exists = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('schema_migrations') is not null", cancellationToken: cancellationToken));
        return exists
            ? await connection.ExecuteScalarAsync<int>(new CommandDefinition(
                "select coalesce(max(number), 0) from schema_migrations", cancellationToken: cancellationToken))
            : null;
    }

    private static void Verify(Migration migration, string checksum)
    {
        if (!string.Equals(migration.Checksum, checksum, StringComparison.Ordinal))
        {
            throw new StartupException(
                $"Migration {migration.Name} was applied with other content (checksum {checksum}). "
                + "Migrations are never edited once applied: restore the file and add a new one.");
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        await using var transaction = migration.IsTransactional
            ? await connection.BeginTransactionAsync(cancellationToken)
            : null;
        try
        {
            // However long it takes: an index of a large table is built in minutes.
            await connection.ExecuteAsync(new CommandDefinition(
                migration.Sql, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken));
        }
        catch (PostgresException exception)
        {
            var effect = migration.IsTransactional ? "changed nothing" : "runs again at the next start";
            throw new StartupException(
                $"Database migration {migration.Name} failed and {effect}: {exception.MessageText} "
                + $"({exception.SqlState}).", exception);
        }

        await connection.ExecuteAsync(
            "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
            new { migration.Number, migration.Name, migration.Checksum }, transaction);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        LogApplied(migration.Name, time.GetElapsedTime(started).TotalMilliseconds);
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information,
        Message = "Applied database migration {Name} in {ElapsedMs:0} ms")]
    private partial void LogApplied(string name, double elapsedMs);
}
