using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Onsale.Server.Hosting;

namespace Onsale.Server.Database;

/// <summary>
/// Applies the numbered SQL files of <c>Database/Migrations</c>, each once, in order, forward only, under an advisory
/// lock so that any number of nodes may start together. A file that changed after it was applied stops the start.
/// </summary>
internal sealed partial class Migrator(ILogger<Migrator> logger)
{
    private const long AdvisoryLock = 0x0052_4E53_414C_4501;

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
        await connection.ExecuteAsync("select pg_advisory_lock(@key)", new { key = AdvisoryLock });
        try
        {
            await connection.ExecuteAsync(CreateTableSql);
            var applied = (await connection.QueryAsync<(int Number, string Checksum)>(
                "select number, checksum from schema_migrations")).ToDictionary(row => row.Number, row => row.Checksum);
            foreach (var migration in ReadAll())
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
            await connection.ExecuteAsync("select pg_advisory_unlock(@key)", new { key = AdvisoryLock });
        }
    }

    internal static IReadOnlyList<Migration> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))];
    }

    private static Migration Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        // A checkout on Windows may turn line ends around; the checksum must not notice.
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var name = Path.GetFileNameWithoutExtension(resource["migrations/".Length..]);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
        return new Migration(int.Parse(name.AsSpan(0, 4)), name, sql, checksum);
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
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync(migration.Sql, transaction: transaction);
        }
        catch (PostgresException exception)
        {
            throw new StartupException(
                $"Database migration {migration.Name} failed and changed nothing: {exception.MessageText} "
                + $"({exception.SqlState}).", exception);
        }

        await connection.ExecuteAsync(
            "insert into schema_migrations (number, name, checksum) values (@Number, @Name, @Checksum)",
            migration, transaction);
        await transaction.CommitAsync(cancellationToken);
        LogApplied(migration.Name);
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Applied database migration {Name}")]
    private partial void LogApplied(string name);
}

/// <summary>One numbered SQL file.</summary>
internal sealed record Migration(int Number, string Name, string Sql, string Checksum);
