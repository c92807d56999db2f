using System.Globalization;
using Npgsql;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database;

/// <summary>
/// The PostgreSQL this program uses, <c>ConnectionStrings:Postgres</c> or else its own. Its pools can be constructed at
/// any time; the server runs, answers and is migrated before any other hosted service starts, and is stopped after all
/// others have.
/// </summary>
internal sealed partial class DatabaseServer : IHostedLifecycleService, IAsyncDisposable
{
    private readonly Migrator _migrator;
    private readonly TimeProvider _time;
    private readonly ILogger<DatabaseServer> _logger;
    private readonly EmbeddedEndpoint? _endpoint;
    private readonly WalArchive? _archive;

    /// <summary>Reads the settings and opens nothing.</summary>
    /// <exception cref="StartupException">They cannot be used.</exception>
    public DatabaseServer(
        IConfiguration configuration, Migrator migrator, TimeProvider time, ILogger<DatabaseServer> logger)
    {
        (_migrator, _time, _logger) = (migrator, time, logger);
        var given = configuration.GetConnectionString("Postgres");
        _archive = WalArchive.From(configuration);
        if (string.IsNullOrWhiteSpace(given))
        {
            _endpoint = EmbeddedEndpoint.For(DataDirectory.Resolve(configuration));
            given = _endpoint.ConnectionString;
        }
        else if (_archive is not null)
        {
            throw new StartupException(
                $"{WalArchive.Setting} is for the program's own PostgreSQL, and ConnectionStrings:Postgres names "
                + "another: see docs/backup.md for that one.");
        }

        ConnectionString = DatabaseConnectionString.WithDefaults(given);
        DataSource = CreateDataSourceBuilder().Build();
    }

    /// <summary>The general pool.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Of the general pool; without the password of an embedded server.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether the server is the program's own.</summary>
    public bool IsEmbedded => _endpoint is not null;

    /// <summary>The program's own server once it runs; null when it was given one.</summary>
    public EmbeddedPostgres? Embedded { get; private set; }

    /// <summary>For a module that needs a pool of its own with its own settings.</summary>
    public NpgsqlDataSourceBuilder CreateDataSourceBuilder()
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        _endpoint?.AddPassword(builder);
        return builder;
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (_endpoint is not null)
            Embedded = await StartEmbeddedAsync(_endpoint);
        await RequireAsync(DataSource, cancellationToken);
        await _migrator.MigrateAsync(DataSource, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    private async Task<EmbeddedPostgres> StartEmbeddedAsync(EmbeddedEndpoint endpoint)
    {
        if (_archive is not null)
            await _archive.PrepareAsync(await PostgresAccount.ForAsync(endpoint.DataDirectory));
        return await EmbeddedPostgres.StartAsync(endpoint, _archive?.Settings ?? [], _time, _logger);
    }

    /// <summary>
    /// A server that is still starting, as in a compose file, is waited for; one that refuses us is not.
    /// </summary>
    private async Task RequireAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var logged = false;
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
                var elapsed = _time.GetElapsedTime(started);
                if (!Errors.IsDatabaseUnavailable(exception)
                    || elapsed.TotalSeconds >= DatabaseLimits.WaitForServerSeconds)
                    throw Unreachable(dataSource, exception);
                if (!logged)
                    LogWaiting(exception.Message);
                logged = true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), _time, cancellationToken);
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

    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        if (Embedded is not null)
            await Embedded.DisposeAsync();
    }

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Waiting for PostgreSQL: {Reason}")]
    private partial void LogWaiting(string reason);
}
