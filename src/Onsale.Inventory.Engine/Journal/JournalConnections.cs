using System.Net.Sockets;
using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// The lanes' own pool. Its statements are few and always the same: each connection prepares and plans them once.
/// Generic plans are forced: a custom plan for the arrays of each batch costs more than it could save.
/// </summary>
/// <remarks>
/// Its session settings are set when a connection is opened and not as the start-up parameter <c>options</c>: that one
/// is the operator's, who may have a search path or a role in it, and connection poolers refuse it.
/// </remarks>
internal sealed class JournalConnections : IAsyncDisposable
{
    // All its statements find rows by their keys: a plan made while a table was small must not read it whole, or join
    // it by hash, when it has grown.
    // A node that vanishes between its lock and its commit must not keep the event locked for all others until the
    // operating system has noticed, which can take hours.
    private static readonly string s_sessionSettings = $"""
        set plan_cache_mode = force_generic_plan;
        set jit = off;
        set enable_seqscan = off;
        set enable_hashjoin = off;
        set enable_mergejoin = off;
        set idle_in_transaction_session_timeout = '{JournalLimits.MaxIdleInTransactionSeconds}s';
        set tcp_keepalives_idle = {JournalLimits.TcpKeepAliveSeconds};
        set tcp_keepalives_interval = {JournalLimits.TcpKeepAliveSeconds};
        set tcp_keepalives_count = 3
        """;

    private readonly NpgsqlDataSource _journal;
    private readonly NpgsqlDataSource _general;
    private readonly SemaphoreSlim _loads = new(JournalLimits.MaxConcurrentLoads);

    /// <summary>Pools of one database.</summary>
    /// <param name="builder">Describes the database; becomes the journal's pool.</param>
    /// <param name="general">The program's general pool, which loads use.</param>
    public JournalConnections(NpgsqlDataSourceBuilder builder, NpgsqlDataSource general)
    {
        Describe(builder.ConnectionStringBuilder);
        builder.UsePhysicalConnectionInitializer(Initialize, InitializeAsync);
        (_journal, _general) = (builder.Build(), general);
    }

    /// <summary>A connection for a batch.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _journal.OpenConnectionAsync(cancellationToken);

    /// <summary>
    /// Runs a load, of which a crawler can cause one for each event there is, on the general pool and beside a bounded
    /// number of others: batches of events that sell must not wait for connections behind them.
    /// </summary>
    public async Task<T> LoadAsync<T>(
        Func<NpgsqlConnection, Task<T>> load, CancellationToken cancellationToken)
    {
        await _loads.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await _general.OpenConnectionAsync(cancellationToken);
            return await load(connection);
        }
        finally
        {
            _loads.Release();
        }
    }

    /// <summary>
    /// Closes the idle connections of both pools after one broke: they most likely broke with it, and each would fail
    /// an attempt to load or to commit of its own.
    /// </summary>
    public void ClearIfBroken(Exception exception)
    {
        if (!IsBroken(exception))
            return;
        _journal.Clear();
        _general.Clear();
    }

    /// <summary>
    /// Whether a connection broke, or leads to a server that was the primary before a failover and takes no writes now.
    /// </summary>
    internal static bool IsBroken(Exception? exception) => exception switch
    {
        PostgresException fault => fault.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || fault.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction,
        // None of several hosts could be reached.
        AggregateException several => several.InnerExceptions.Any(IsBroken),
        NpgsqlException or InvalidOperationException => IsBroken(exception.InnerException),
        IOException or SocketException => true,
        _ => false,
    };

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        _loads.Dispose();
    }

    private static void Describe(NpgsqlConnectionStringBuilder journal)
    {
        journal.ApplicationName = "onsale-journal";
        journal.MaxPoolSize = JournalLimits.MaxJournalConnections;
        journal.MaxAutoPrepare = 48;
        journal.AutoPrepareMinUsages = 2;
        journal.NoResetOnClose = true; // the session settings stay, and nothing else is ever set
        journal.KeepAlive = 30;
        // Tells an error of COMMIT, whose outcome must be looked up, from one of a statement before it.
        journal.IncludeFailedBatchedCommand = true;
        // A Unix socket has no such settings, and its peer cannot disappear without closing it.
        if (!Path.IsPathRooted(journal.Host))
        {
            journal.TcpKeepAlive = true;
            journal.TcpKeepAliveTime = JournalLimits.TcpKeepAliveSeconds;
            journal.TcpKeepAliveInterval = JournalLimits.TcpKeepAliveSeconds;
        }
    }

    private static void Initialize(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(s_sessionSettings, connection);
        command.ExecuteNonQuery();
    }

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(s_sessionSettings, connection);
        await command.ExecuteNonQueryAsync();
    }
}
