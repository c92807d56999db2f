using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// The lanes' own pool. Its statements are few and always the same: they are prepared once a connection and planned
/// once (generic plans: a custom plan for each batch's arrays costs more than it could ever save).
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
            // A node that vanishes between its lock and its commit must not keep the event locked for all others until
            // the operating system has noticed, which can take hours.
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off"
                + $" -c idle_in_transaction_session_timeout={JournalLimits.MaxIdleInTransactionSeconds}s"
                + $" -c tcp_keepalives_idle={JournalLimits.TcpKeepAliveSeconds}"
                + $" -c tcp_keepalives_interval={JournalLimits.TcpKeepAliveSeconds} -c tcp_keepalives_count=3",
        };
        // A Unix socket knows no such settings, and its peer cannot vanish without a word.
        if (!Path.IsPathRooted(journal.Host))
        {
            journal.TcpKeepAlive = true;
            journal.TcpKeepAliveTime = JournalLimits.TcpKeepAliveSeconds;
            journal.TcpKeepAliveInterval = JournalLimits.TcpKeepAliveSeconds;
        }

        return journal;
    }
}
