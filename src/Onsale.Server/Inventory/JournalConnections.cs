using Npgsql;
using Onsale.Server.Database;

namespace Onsale.Server.Inventory;

/// <summary>
/// The lanes' own pool. Its statements are few and always the same: they are prepared once a connection and planned once
/// (generic plans: a custom plan for each batch's arrays costs more than it could ever save).
/// </summary>
internal sealed class JournalConnections(DatabaseServer database) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _dataSource = new(() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            ApplicationName = "onsale-journal",
            MaxPoolSize = JournalLimits.MaxJournalConnections,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // nothing is ever set on these connections
            TcpKeepAlive = true,
            KeepAlive = 30,
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off",
        }));

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _dataSource.Value.OpenConnectionAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_dataSource.IsValueCreated)
            await _dataSource.Value.DisposeAsync();
    }
}
