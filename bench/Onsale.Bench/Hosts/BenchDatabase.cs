using Npgsql;
using Onsale.Bench.Hosts.RowLocks;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;
using Onsale.Server;

namespace Onsale.Bench.Hosts;

/// <summary>
/// The program's own embedded PostgreSQL with the settings of production (fsync on), on a directory of its own that is
/// removed at the end.
/// </summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly EmbeddedPostgres _postgres;
    private readonly string _directory;
    private readonly ILoggerFactory _logging;

    private BenchDatabase(EmbeddedPostgres postgres, string directory, ILoggerFactory logging)
    {
        (_postgres, _directory, _logging) = (postgres, directory, logging);
        DataSource = new NpgsqlDataSourceBuilder(ConnectionString)
        {
            // Past bookings by the million are made in one statement.
            ConnectionStringBuilder = { CommandTimeout = 0 },
        }.Build();
    }

    public string ConnectionString => _postgres.ConnectionString;

    /// <summary>Of the postmaster.</summary>
    public int ProcessId => _postgres.ProcessId!.Value;

    /// <summary>Whether its statements are counted, see <see cref="StatementTimes"/>.</summary>
    public bool CountsStatements { get; private init; }

    /// <summary>For setting up and checking; the server under test has connections of its own.</summary>
    public NpgsqlDataSource DataSource { get; }

    public static async Task<BenchDatabase> StartAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        var directory = Path.Combine(Path.GetTempPath(), "onsale-bench-" + Path.GetRandomFileName());
        var database = new BenchDatabase(
            await EmbeddedPostgres.StartAsync(
                directory, [.. options.PostgresSettings, .. options.CountsStatements ? StatementTimes.Settings : []],
                TimeProvider.System, logging.CreateLogger("database")),
            directory, logging)
        {
            CountsStatements = options.CountsStatements,
        };
        try
        {
            await new Migrator(OnsaleApp.Migrations, TimeProvider.System, logging.CreateLogger<Migrator>())
                .MigrateAsync(database.DataSource, cancellationToken);
            if (options.CountsStatements)
                await StatementTimes.StartAsync(database);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async Task<T> QueryAsync<T>(string sql, params object[] parameters)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql, params object[] parameters)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Makes the row-lock baseline's own rows of events.</summary>
    public async Task CopyToRowLocksAsync(IEnumerable<Guid> events)
    {
        Guid[] ids = [.. events];
        await ExecuteAsync(RowLockSql.CopySeats, ids);
        await ExecuteAsync(RowLockSql.CopyInventory, ids);
        await ExecuteAsync("vacuum analyze row_locks.seats");
    }

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await _postgres.DisposeAsync();
        _logging.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
