using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Platform.Startup;

namespace Onsale.Server.Cli;

/// <summary>
/// The database of a command that only reads: one that is there, and has the schema of this program. Such a command
/// makes no cluster and no table: an answer about a database that it had just made would be true and worthless.
/// </summary>
internal sealed class ExistingDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres? _started;

    private ExistingDatabase(string connectionString, EmbeddedPostgres? started)
    {
        ConnectionString = connectionString;
        _started = started;
    }

    public string ConnectionString { get; }

    /// <summary>
    /// The server of the settings, else the cluster that runs in the data directory, else the one that lies there,
    /// which is started until this is disposed of.
    /// </summary>
    /// <exception cref="StartupException">There is none, or its schema is not this program's.</exception>
    public static async Task<ExistingDatabase> OpenAsync(
        IConfiguration configuration, MigrationScripts migrations, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var database = await FindAsync(configuration, time);
        try
        {
            await RequireSchemaAsync(database.ConnectionString, migrations, cancellationToken);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a data directory has a cluster, running or not.</summary>
    public static bool IsIn(string dataDirectory) =>
        File.Exists(Path.Combine(PostgresCluster.DirectoryIn(dataDirectory), "PG_VERSION"));

    public async ValueTask DisposeAsync()
    {
        if (_started is not null)
            await _started.DisposeAsync();
    }

    /// <summary>The same without asking for its schema.</summary>
    public static async Task<ExistingDatabase> FindAsync(IConfiguration configuration, TimeProvider time)
    {
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 } given)
            return new ExistingDatabase(given, started: null);
        var directory = DataDirectory.Resolve(configuration);
        if (EmbeddedPostgres.FindRunning(directory) is { } running)
            return new ExistingDatabase(running, started: null);
        if (!IsIn(directory))
        {
            throw new StartupException(
                $"There is no Onsale database in {directory}, and none was made. Name another directory with "
                + "--data-directory, or a server with --database.");
        }

        var started = await EmbeddedPostgres.StartAsync(
            directory, WalArchive.OfLastStart(directory)?.Settings ?? [], time, NullLogger.Instance);
        return new ExistingDatabase(started.ConnectionString, started);
    }

    private static async Task RequireSchemaAsync(
        string connectionString, MigrationScripts migrations, CancellationToken cancellationToken)
    {
        await using var dataSource = NpgsqlDataSource.Create(
            DatabaseConnectionString.WithDefaults(connectionString));
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var schema = await Migrator.FindSchemaAsync(connection, cancellationToken);
        var name = connection.Database;
        if (schema is null)
        {
            throw new StartupException(
                $"The database '{name}' is not one of Onsale: it has no table schema_migrations. Nothing was created.");
        }

        if (schema.OldestProgram > migrations.All[^1].Number)
        {
            throw new StartupException(
                $"The database '{name}' was migrated by a newer version of Onsale, with which this one does not work. "
                + "Use that version; nothing was changed.");
        }

        if (migrations.All.Any(migration => !schema.Numbers.Contains(migration.Number)))
        {
            throw new StartupException(
                $"The database '{name}' has the schema of an older version of Onsale. Start this version on it once, "
                + "which brings it up to date; nothing was changed.");
        }
    }
}
