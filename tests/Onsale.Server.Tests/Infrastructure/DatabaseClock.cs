using Npgsql;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// Moves the clock of one private database: a <c>clock_timestamp()</c> in a schema that its sessions search before
/// PostgreSQL's own. The program asks the clock it always asks, so nothing of it is gone around.
/// </summary>
internal sealed class DatabaseClock : IAsyncDisposable
{
    private readonly NpgsqlDataSource _dataSource;

    private DatabaseClock(NpgsqlDataSource dataSource) => _dataSource = dataSource;

    /// <summary>Before the first node connects: a session keeps the search path it began with.</summary>
    public static async Task<DatabaseClock> InstallAsync(string database)
    {
        // No pool: a test may kill the server between two moves.
        var clock = new DatabaseClock(
            NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false }));
        await clock.ExecuteAsync($"""
            create schema clock;
            create table clock.shift (by interval not null);
            insert into clock.shift values ('0');
            create function clock.clock_timestamp() returns timestamptz language sql volatile as
                'select pg_catalog.clock_timestamp() + (select by from clock.shift)';
            alter database "{new NpgsqlConnectionStringBuilder(database).Database}"
                set search_path = public, clock, pg_catalog;
            """);
        return clock;
    }

    /// <summary>Lets the time pass at once.</summary>
    public Task MoveAsync(TimeSpan by) =>
        ExecuteAsync($"update clock.shift set by = by + make_interval(secs => {by.TotalSeconds:0.######})");

    /// <summary>What the database thinks it is.</summary>
    public async Task<DateTimeOffset> NowAsync()
    {
        await using var command = _dataSource.CreateCommand("select clock.clock_timestamp()");
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
