using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;
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
    private const string SuperUser = "onsale";
    private const string Database = "onsale";

    // macOS allows the fewest bytes for a socket's path: 104 with the closing zero.
    private const int MaxSocketPathBytes = 103;

    private readonly ILogger _logger;
    private readonly DataDirectoryLock _lock;
    private readonly PostgresAccount _account;
    private readonly PostgresCluster _cluster;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeProvider _time;
    private string? _socketDirectory;
    private Task _supervision = Task.CompletedTask;
    private bool _stopped;

    private EmbeddedPostgres(DataDirectoryLock @lock, PostgresAccount account, PostgresCluster cluster,
        TimeProvider time, ILogger logger)
    {
        _lock = @lock;
        _account = account;
        _cluster = cluster;
        _time = time;
        _logger = logger;
    }

    /// <summary>How to connect to the database <c>onsale</c> of this cluster.</summary>
    public string ConnectionString { get; private set; } = "";

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
    public static async Task<EmbeddedPostgres> StartAsync(
        string dataDirectory, IReadOnlyList<string> overrides, TimeProvider time, ILogger logger)
    {
        var account = PostgresAccount.Current();
        var @lock = await DataDirectoryLock.TakeAsync(dataDirectory, account, logger);
        try
        {
            var cluster = await PostgresCluster.OpenAsync(@lock.Directory, account, time, logger);
            return await StartAsync(new EmbeddedPostgres(@lock, account, cluster, time, logger), overrides);
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
                ? BuildConnectionString(
                    postmaster.SocketDirectory, postmaster.Port, PostgresCluster.ReadPassword(dataDirectory))
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
        var port = OperatingSystem.IsWindows() ? orphan?.Port ?? FreeLoopbackPort() : 5432;
        _socketDirectory = OperatingSystem.IsWindows()
            ? null
            : orphan?.SocketDirectory ?? await ChooseSocketDirectoryAsync();
        ConnectionString = BuildConnectionString(_socketDirectory, port, _cluster.Password);

        var settings = PostgresSettings.Render(
            Path.Combine(DataDirectory, PostgresSettings.CustomFileName),
            _socketDirectory is null ? "127.0.0.1" : "", port, _socketDirectory ?? "", overrides);
        var changed = _cluster.WriteSettings(settings);
        if (orphan is not null && (changed || !await AnswersAsync()))
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
    /// The cluster's own directory, closed to all others, else, where its path is too long, a fresh one.
    /// </summary>
    private async Task<string> ChooseSocketDirectoryAsync()
    {
        var path = Path.Combine(_cluster.Directory, ".s.PGSQL.5432");
        if (Encoding.UTF8.GetByteCount(path) <= MaxSocketPathBytes)
            return _cluster.Directory;
        var temporary = Directory.CreateTempSubdirectory("onsale-").FullName;
        await _account.OwnAsync(temporary);
        return temporary;
    }

    private static string BuildConnectionString(string? socketDirectory, int port, string? password)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = socketDirectory ?? "127.0.0.1",
            Port = port,
            Database = Database,
            Username = SuperUser,
            Password = password,
        };
        return builder.ConnectionString;
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
            $"select 1 from pg_database where datname = '{Database}'", connection);
        if (await exists.ExecuteScalarAsync() is not null)
            return;
        await using var create = new NpgsqlCommand($"create database {Database}", connection);
        await create.ExecuteNonQueryAsync();
    }

    private string MaintenanceConnectionString =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = "postgres", Pooling = false, Timeout = 5 }
            .ConnectionString;

    /// <summary>
    /// PostgreSQL restarts its own workers; when the postmaster itself is gone, this starts it again. Connections are
    /// made anew by whoever needs them.
    /// </summary>
    private async Task SuperviseAsync()
    {
        var firstDelay = TimeSpan.FromMilliseconds(100);
        var delay = firstDelay;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), _time, _stopping.Token);
                if (PostmasterFile.Read(_cluster.Directory) is { IsAlive: true })
                {
                    delay = firstDelay;
                    continue;
                }

                LogDied();
                await _cluster.StartAsync();
                LogRestarted(ProcessId ?? 0);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is StartupException or IOException)
            {
                // The backends of a killed postmaster need a moment to notice; a full disk needs an operator.
                LogRestartFailed(delay.TotalSeconds, exception.Message);
                await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                delay = TimeSpan.FromSeconds(Math.Min(
                    delay.TotalSeconds * 2, DatabaseLimits.EmbeddedMaxRestartDelaySeconds));
            }
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
        if (_socketDirectory is not null && _socketDirectory != _cluster.Directory)
            Directory.Delete(_socketDirectory, recursive: true);
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

    private static int FreeLoopbackPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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

    [LoggerMessage(EventId = 1015, Level = LogLevel.Error,
        Message = "PostgreSQL could not be started again; next try in {DelaySeconds} s: {Reason}")]
    private partial void LogRestartFailed(double delaySeconds, string reason);

    [LoggerMessage(EventId = 1016, Level = LogLevel.Information, Message = "PostgreSQL stopped")]
    private partial void LogStopped();

    [LoggerMessage(EventId = 1017, Level = LogLevel.Error, Message = "PostgreSQL process {ProcessId} does not stop")]
    private partial void LogStuck(int processId);
}
