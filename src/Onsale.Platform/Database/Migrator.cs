using Dapper;
using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database;

/// <summary>
/// Applies the numbered SQL scripts of <see cref="MigrationScripts"/>, each once, in order, forward only, under an
/// advisory lock so that any number of nodes may start together. A file that changed after it was applied stops the
/// start. So do migrations of a newer program, unless they say that this one works with them
/// (<see cref="Migration.OldestProgram"/>): while a release is rolled out, and back, programs of two releases work on
/// one database.
/// </summary>
internal sealed partial class Migrator(MigrationScripts scripts, TimeProvider time, ILogger<Migrator> logger)
{
    private const string CreateTableSql = """
        create table if not exists schema_migrations (
            number         integer primary key,
            name           text not null,
            checksum       text not null,
            applied_at     timestamptz not null default now(),
            oldest_program integer
        )
        """;

    /// <summary>Of a table that an earlier release made.</summary>
    private const string IsOlderTableSql = """
        select not exists (
            select from pg_attribute
            where attrelid = 'schema_migrations'::regclass and attname = 'oldest_program' and not attisdropped)
        """;

    private const string ReadSql = "select number, checksum, oldest_program from schema_migrations";

    public async Task MigrateAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await DatabaseLocks.WaitAsync(
            connection, DatabaseLocks.Migrations, "the database migrations", ofTransaction: false, time, logger,
            cancellationToken);
        try
        {
            await connection.ExecuteAsync(CreateTableSql);
            if (await connection.ExecuteScalarAsync<bool>(IsOlderTableSql))
                await connection.ExecuteAsync("alter table schema_migrations add column oldest_program integer");
            var applied = (await connection.QueryAsync<(int Number, string Checksum, int? OldestProgram)>(ReadSql))
                .ToDictionary(row => row.Number, row => (row.Checksum, row.OldestProgram));
            // Before anything is applied: a program that does not fit changes nothing.
            RequireCompatible(applied
                .Where(row => scripts.All.All(migration => migration.Number != row.Key))
                .Select(row => (row.Key, row.Value.OldestProgram))
                .OrderBy(row => row.Key).ToList());
            foreach (var migration in scripts.All)
            {
                if (applied.TryGetValue(migration.Number, out var row))
                    Verify(migration, row.Checksum);
                else
                    await ApplyAsync(connection, migration, cancellationToken);
            }
        }
        finally
        {
            await connection.ExecuteAsync("select pg_advisory_unlock(@key)", new { key = DatabaseLocks.Migrations });
        }
    }

    /// <summary>
    /// The schema of a database, without changing anything; null where it is not one of this program's.
    /// </summary>
    public static async Task<AppliedSchema?> FindSchemaAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select to_regclass('schema_migrations') is not null", cancellationToken: cancellationToken)))
        {
            return null;
        }

        var oldest = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            IsOlderTableSql, cancellationToken: cancellationToken)) ? "null::integer" : "oldest_program";
        var rows = await connection.QueryAsync<(int Number, int? OldestProgram)>(new CommandDefinition(
            $"select number, {oldest} from schema_migrations order by number", cancellationToken: cancellationToken));
        return AppliedSchema.Of(rows.AsList());
    }

    private void RequireCompatible(List<(int Number, int? OldestProgram)> unknown)
    {
        var newest = scripts.All.Count > 0 ? scripts.All[^1].Number : 0;
        var refused = unknown.Where(row => row.OldestProgram is null || row.OldestProgram > newest).ToList();
        if (refused.Count > 0)
        {
            throw new StartupException(
                "The database has migrations this program does not know "
                + $"({string.Join(", ", refused.Select(row => row.Number))}), and which it does not work with: "
                + "it was migrated by a newer version of Onsale. Start that version, or restore an older backup.");
        }

        if (unknown.Count > 0)
            LogNewer(string.Join(", ", unknown.Select(row => row.Number)));
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
            """
            insert into schema_migrations (number, name, checksum, oldest_program)
            values (@Number, @Name, @Checksum, @OldestProgram)
            """,
            new { migration.Number, migration.Name, migration.Checksum, migration.OldestProgram }, transaction);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
        LogApplied(migration.Name, time.GetElapsedTime(started).TotalMilliseconds);
    }

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning,
        Message = "The database has migrations of a newer version ({Numbers}), which this one works with")]
    private partial void LogNewer(string numbers);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information,
        Message = "Applied database migration {Name} in {ElapsedMs:0} ms")]
    private partial void LogApplied(string name, double elapsedMs);
}
