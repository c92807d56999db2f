using Npgsql;

namespace Onsale.Server.Database;

/// <summary>The PostgreSQL this program uses: connected and migrated before anything else starts.</summary>
internal sealed class DatabaseServer(IConfiguration configuration, Migrator migrator) : IHostedLifecycleService, IAsyncDisposable
{
    private NpgsqlDataSource? _dataSource;

    public NpgsqlDataSource DataSource =>
        _dataSource ?? throw new InvalidOperationException("The database is used before it is started.");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var connectionString = configuration.GetConnectionString("Postgres")
            ?? throw new InvalidOperationException("ConnectionStrings:Postgres is not set.");
        _dataSource = new NpgsqlDataSourceBuilder(connectionString).Build();
        await migrator.MigrateAsync(_dataSource, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_dataSource is not null)
            await _dataSource.DisposeAsync();
    }
}
