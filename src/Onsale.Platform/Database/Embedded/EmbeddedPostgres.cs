using Npgsql;
using Onsale.Platform.Jobs;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>
/// A private PostgreSQL cluster under a data directory, run by this program: made at the first start, stopped with the
/// program, and found again when the program was killed and left it running.
/// </summary>
/// <remarks>
/// <c>pg_ctl</c> starts it in a session of its own, so that Ctrl-C, which goes to our whole process group, reaches us
/// and not the database that we are still draining into. It is therefore no child of ours: its pid file tells about it,
/// whether this process or one before started it.
/// </remarks>
internal sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    private const int SupervisionMilliseconds = 200;

    private readonly ILogger _logger;
    private readonly EmbeddedEndpoint _endpoint;
    private readonly DataDirectoryLock _lock;
    private readonly PostgresAccount _account;
    private readonly PostgresCluster _cluster;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private Task _supervision = Task.CompletedTask;
    private bool _stopped;

    private EmbeddedPostgres(EmbeddedEndpoint endpoint, DataDirectoryLock @lock, PostgresAccount account,
        PostgresCluster cluster, TimeProvider time, ILogger logger)
    {
        _endpoint = endpoint;
        _lock = @lock;
        _account = account;
        _cluster = cluster;
        _time = time;
        _logger = logger;
    }

    /// <summary>How to connect to the database <c>onsale</c> of this cluster, with its password.</summary>
    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_endpoint.ConnectionString) { Password = _cluster.Password }.ConnectionString;

    public string DataDirectory => _lock.Directory;

    /// <summary>The postmaster's process id, from its pid file.</summary>
    public int? ProcessId => PostmasterFile.Read(_cluster.Directory)?.ProcessId;

    /// <summary>
    /// Makes the cluster if there is none, starts or adopts it, and answers when it takes connections.
    /// </summary>
    /// <param name="dataDirectory">Where everything of this cluster lives; made if missing.</param>
    /// <param name="overrides">Further lines for the settings file.</param>
    /// <param name="time">Measures the pauses between restarts.</param>
    /// <param name="logger">Where to tell about it.</param>
    /// <exception cref="StartupException">It cannot be started; the message says why.</exception>
    public static Task<EmbeddedPostgres> StartAsync(
        string dataDirectory, IReadOnlyList<string> overrides, TimeProvider time, ILogger logger) =>
        StartAsync(EmbeddedEndpoint.For(dataDirectory), overrides, time, logger);

    /// <summary>The same where the endpoint is known already, as pools of it have been constructed.</summary>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedEndpoint endpoint, IReadOnlyList<string> overrides, TimeProvider time, ILogger logger)
    {
        var dataDirectory = endpoint.DataDirectory;
        var account = await PostgresAccount.ForAsync(dataDirectory);
        var @lock = await DataDirectoryLock.TakeAsync(dataDirectory, account, logger);
        try
        {
            var cluster = await PostgresCluster.OpenAsync(@lock.Directory, account, time, logger);
            return await StartAsync(new EmbeddedPostgres(endpoint, @lock, account, cluster, time, logger), overrides);
        }
        catch (Exception exception)
        {
            @lock.Dispose();
            if (exception is IOException or UnauthorizedAccessException)
                throw new StartupException(
                    $"The data directory {dataDirectory} cannot be used: {exception.Message}", exception);
            throw;
        }
    }

    private static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgres postgres, IReadOnlyList<string> overrides)
    {
        try
        {
            await postgres.StartOrAdoptAsync(overrides);
            postgres._supervision = postgres.SuperviseAsync();
            return postgres;
        }
        catch
        {
            // A start that was interrupted half-way may have begun a postmaster.
            await postgres.StopAsync();
            throw;
        }
    }

    /// <summary>
    /// How to connect to the cluster of a data directory that runs already, for a command beside the program that runs
    /// it; null where none runs.
    /// </summary>
    public static string? FindRunning(string dataDirectory)
    {
        try
        {
            return PostmasterFile.Read(PostgresCluster.DirectoryIn(dataDirectory)) is { IsAlive: true } postmaster
                ? new NpgsqlConnectionStringBuilder(
                    new EmbeddedEndpoint(dataDirectory, postmaster.SocketDirectory, postmaster.Port).ConnectionString)
                {
                    Password = PostgresCluster.ReadPassword(dataDirectory),
                }.ConnectionString
                : null;
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task StartOrAdoptAsync(IReadOnlyList<string> overrides)
    {
        var orphan = PostmasterFile.Read(_cluster.Directory);
        if (orphan is not null && !orphan.IsAlive)
            orphan = null;
        var sockets = _endpoint.SocketDirectory;
        if (sockets is not null && sockets != _cluster.Directory)
            await CreateSocketDirectoryAsync(sockets);
        var settings = PostgresSettings.Render(
            Path.Combine(DataDirectory, PostgresSettings.CustomFileName),
            sockets is null ? "127.0.0.1" : "", _endpoint.Port, sockets ?? "", overrides);
        var changed = _cluster.WriteSettings(settings);
        // One that listens elsewhere, as an earlier version's does, cannot be reached by pools that exist already.
        if (orphan is not null && (changed || orphan.SocketDirectory != sockets || !await AnswersAsync()))
        {
            LogOrphanRestarted(orphan.ProcessId);
            await StopPostmasterAsync();
            orphan = null;
        }

        if (orphan is not null)
            LogOrphanAdopted(orphan.ProcessId);
        else
            await _cluster.StartAsync();
        await EnsureDatabaseAsync();
        LogRunning(_cluster.Binaries.MajorVersion, ProcessId ?? 0, _cluster.Directory);
    }

    /// <summary>
    /// Where the cluster's own directory has too long a path; closed to other accounts like that one.
    /// </summary>
    private async Task CreateSocketDirectoryAsync(string directory)
    {
        var created = Directory.CreateDirectory(directory);
        try
        {
            // Another user may have made it: only its owner can change its mode, and a link could lead anywhere.
            if (created.LinkTarget is not null)
                throw new UnauthorizedAccessException("It is a link.");
            await _account.OwnAsync(directory);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new StartupException(
                $"The socket directory {directory} belongs to another user: {exception.Message} "
                + "Remove it, or set Onsale__DataDirectory to a shorter path.", exception);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(MaintenanceConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("show data_directory", connection);
            return await command.ExecuteScalarAsync() is string directory
                && Path.GetFullPath(directory) == _cluster.Directory;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task EnsureDatabaseAsync()
    {
        await using var connection = new NpgsqlConnection(MaintenanceConnectionString);
        await connection.OpenAsync();
        await using var exists = new NpgsqlCommand(
            $"select 1 from pg_database where datname = '{EmbeddedEndpoint.Database}'", connection);
        if (await exists.ExecuteScalarAsync() is not null)
            return;
        await using var create = new NpgsqlCommand($"create database {EmbeddedEndpoint.Database}", connection);
        await create.ExecuteNonQueryAsync();
    }

    private string MaintenanceConnectionString =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false, Timeout = 5 }
            .ConnectionString;

    /// <summary>
    /// PostgreSQL restarts its own workers; when the postmaster itself is gone, this starts it again. Connections are
    /// opened again when they are needed.
    /// </summary>
    private Task SuperviseAsync() => new PeriodicJobRunner(
        new PeriodicJob("postgres-supervision", TimeSpan.FromMilliseconds(SupervisionMilliseconds), RestartIfDeadAsync),
        _time, _logger).RunAsync(_stopping.Token);

    /// <summary>
    /// Fails, and is repeated later, while the backends of a killed postmaster have not noticed yet, or the disk is
    /// full.
    /// </summary>
    private async Task RestartIfDeadAsync(CancellationToken cancellationToken)
    {
        if (IsPostmasterAlive() || cancellationToken.IsCancellationRequested)
            return;
        LogDied();
        await _cluster.StartAsync();
        LogRestarted(ProcessId ?? 0);
    }

    private bool IsPostmasterAlive()
    {
        try
        {
            return PostmasterFile.Read(_cluster.Directory) is { IsAlive: true };
        }
        catch (IOException exception) when (PostmasterFile.IsOutOfDescriptors(exception))
        {
            throw new IOException(
                "Whether PostgreSQL runs cannot be checked: this process has no file descriptors left.", exception);
        }
    }

    /// <summary>Stops PostgreSQL, waiting for its last checkpoint, and gives the data directory free.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _stopping.CancelAsync();
        await _supervision;
        await StopPostmasterAsync();
        if (_endpoint.SocketDirectory is { } sockets && sockets != _cluster.Directory && Directory.Exists(sockets))
            Directory.Delete(sockets, recursive: true);
        _lock.Dispose();
        _stopping.Dispose();
    }

    private async Task StopPostmasterAsync()
    {
        if (PostmasterFile.Read(_cluster.Directory) is not { IsAlive: true } postmaster)
            return;
        await _cluster.SignalStopAsync("fast");
        if (!await EndsAsync(postmaster, TimeSpan.FromSeconds(DatabaseLimits.EmbeddedStopSeconds)))
        {
            // Nothing is lost: the next start recovers from the write-ahead log.
            await _cluster.SignalStopAsync("immediate");
            if (!await EndsAsync(postmaster, TimeSpan.FromSeconds(10)))
            {
                LogStuck(postmaster.ProcessId);
                return;
            }
        }

        LogStopped();
    }

    private async Task<bool> EndsAsync(PostmasterFile postmaster, TimeSpan limit)
    {
        var started = _time.GetTimestamp();
        while (postmaster.IsAlive)
        {
            if (_time.GetElapsedTime(started) > limit)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time);
        }

        return true;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    [LoggerMessage(EventId = 1010, Level = LogLevel.Information,
        Message = "PostgreSQL {Version} runs as process {ProcessId} on {Directory}")]
    private partial void LogRunning(int version, int processId, string directory);

    [LoggerMessage(EventId = 1011, Level = LogLevel.Information,
        Message = "Adopted PostgreSQL process {ProcessId}, which an earlier start left running")]
    private partial void LogOrphanAdopted(int processId);

    [LoggerMessage(EventId = 1012, Level = LogLevel.Information,
        Message = "Restarting PostgreSQL process {ProcessId}, which an earlier start left running with other settings")]
    private partial void LogOrphanRestarted(int processId);

    [LoggerMessage(EventId = 1013, Level = LogLevel.Error,
        Message = "PostgreSQL ended unexpectedly; starting it again")]
    private partial void LogDied();

    [LoggerMessage(EventId = 1014, Level = LogLevel.Information,
        Message = "PostgreSQL runs again as process {ProcessId}")]
    private partial void LogRestarted(int processId);

    [LoggerMessage(EventId = 1016, Level = LogLevel.Information, Message = "PostgreSQL stopped")]
    private partial void LogStopped();

    [LoggerMessage(EventId = 1017, Level = LogLevel.Error, Message = "PostgreSQL process {ProcessId} does not stop")]
    private partial void LogStuck(int processId);
}
