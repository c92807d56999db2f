using System.Globalization;
using Npgsql;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database;

/// <summary>
/// The PostgreSQL this program uses, <c>ConnectionStrings:Postgres</c> or else its own: running, connected and migrated
/// before anything else starts, and stopped after everything else has.
/// </summary>
internal sealed partial class DatabaseServer(
    IConfiguration configuration, Migrator migrator, TimeProvider time, ILogger<DatabaseServer> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private NpgsqlDataSource? _dataSource;
    private EmbeddedPostgres? _embedded;
    private string? _connectionString;

    /// <summary>The general pool. Before the start there is none.</summary>
    public NpgsqlDataSource DataSource => _dataSource ?? throw NotStarted();

    /// <summary>
    /// For a module that wants a pool of its own with its own settings, from its <c>StartAsync</c> on.
    /// </summary>
    public string ConnectionString => _connectionString ?? throw NotStarted();

    /// <summary>The program's own cluster; null when it was given a server.</summary>
    public EmbeddedPostgres? Embedded => _embedded;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var given = configuration.GetConnectionString("Postgres");
        if (string.IsNullOrWhiteSpace(given))
        {
            _embedded = await EmbeddedPostgres.StartAsync(DataDirectory.Resolve(configuration), [], time, logger);
            given = _embedded.ConnectionString;
        }

        _connectionString = DatabaseConnectionString.WithDefaults(given);
        _dataSource = new NpgsqlDataSourceBuilder(_connectionString).Build();
        await RequireAsync(_dataSource, cancellationToken);
        await migrator.MigrateAsync(_dataSource, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>
    /// A server that is still starting, as in a compose file, is waited for; one that refuses us is not.
    /// </summary>
    private async Task RequireAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var told = false;
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
                await DatabaseRequirements.CheckAsync(connection);
                return;
            }
            catch (NpgsqlException exception)
            {
                var elapsed = time.GetElapsedTime(started);
                if (!exception.IsTransient || elapsed.TotalSeconds >= DatabaseLimits.WaitForServerSeconds)
                    throw Unreachable(dataSource, exception);
                if (!told)
                    LogWaiting(exception.Message);
                told = true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellationToken);
        }
    }

    private static StartupException Unreachable(NpgsqlDataSource dataSource, NpgsqlException exception)
    {
        var target = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        var reason = exception is PostgresException refusal ? refusal.MessageText
            : exception.InnerException?.Message ?? exception.Message;
        return new StartupException(
            $"PostgreSQL at {target.Host}:{target.Port.ToString(CultureInfo.InvariantCulture)}, database "
            + $"'{target.Database ?? target.Username}', cannot be used: {reason.TrimEnd('.')}. "
            + "Check ConnectionStrings:Postgres.",
            exception);
    }

    private static InvalidOperationException NotStarted() => new("The database is used before it is started.");

    public async ValueTask DisposeAsync()
    {
        if (_dataSource is not null)
            await _dataSource.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
    }

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Waiting for PostgreSQL: {Reason}")]
    private partial void LogWaiting(string reason);
}
