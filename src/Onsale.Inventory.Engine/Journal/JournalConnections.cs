using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// The lanes' own pool. Its statements are few and always the same: each connection prepares and plans them once.
/// Generic plans are forced: a custom plan for the arrays of each batch costs more than it could save.
/// </summary>
internal sealed class JournalConnections(Func<string> connectionString) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _dataSource = new(
        () => NpgsqlDataSource.Create(Describe(connectionString())));

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _dataSource.Value.OpenConnectionAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_dataSource.IsValueCreated)
            await _dataSource.Value.DisposeAsync();
    }

    private static NpgsqlConnectionStringBuilder Describe(string database)
    {
        var journal = new NpgsqlConnectionStringBuilder(database)
        {
            ApplicationName = "onsale-journal",
            MaxPoolSize = JournalLimits.MaxJournalConnections,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // nothing is ever set on these connections
            KeepAlive = 30,
            // Tells an error of COMMIT, whose outcome must be looked up, from one of a statement before it.
            IncludeFailedBatchedCommand = true,
            // A node that vanishes between its lock and its commit must not keep the event locked for all others until
            // the operating system notices, which can take hours.
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off"
                + $" -c idle_in_transaction_session_timeout={JournalLimits.MaxIdleInTransactionSeconds}s"
                + $" -c tcp_keepalives_idle={JournalLimits.TcpKeepAliveSeconds}"
                + $" -c tcp_keepalives_interval={JournalLimits.TcpKeepAliveSeconds} -c tcp_keepalives_count=3",
        };
        // A Unix socket has no such settings, and its peer cannot disappear without closing it.
        if (!Path.IsPathRooted(journal.Host))
        {
            journal.TcpKeepAlive = true;
            journal.TcpKeepAliveTime = JournalLimits.TcpKeepAliveSeconds;
            journal.TcpKeepAliveInterval = JournalLimits.TcpKeepAliveSeconds;
        }

        return journal;
    }
}
