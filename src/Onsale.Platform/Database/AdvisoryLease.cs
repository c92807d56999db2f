using Dapper;
using Npgsql;

namespace Onsale.Platform.Database;

/// <summary>
/// One node of several does something, and another takes over when it is gone: an advisory lock on a connection that is
/// kept for as long as the lease is held.
/// </summary>
/// <param name="dataSource">Gives the connection.</param>
/// <param name="key">One of <see cref="DatabaseLocks"/>.</param>
internal sealed class AdvisoryLease(NpgsqlDataSource dataSource, long key) : IAsyncDisposable
{
    private NpgsqlConnection? _connection;

    /// <summary>
    /// Whether this node holds the lease, which it takes if no other node does. Not for several threads.
    /// </summary>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        if (await IsHeldAsync(cancellationToken))
            return true;
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            if (await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                "select pg_try_advisory_lock(@key)", new { key }, cancellationToken: cancellationToken)))
                _connection = connection;
        }
        finally
        {
            if (_connection is null)
                await connection.DisposeAsync();
        }

        return _connection is not null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not { } connection)
            return;
        _connection = null;
        try
        {
            // A pooled session ends only when the pool needs it: the lock must not wait for that.
            await connection.ExecuteAsync("select pg_advisory_unlock(@key)", new { key });
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The session is gone, as when the server was stopped first, and the lock with it.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// Whether this node holds the lease still: the session answers, so it is the one that took the lock. Not for
    /// several threads.
    /// </summary>
    public async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (_connection is not { } connection)
            return false;
        try
        {
            await connection.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: cancellationToken));
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            _connection = null;
            await connection.DisposeAsync();
            return false;
        }
    }
}
