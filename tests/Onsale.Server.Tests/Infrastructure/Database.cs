using Npgsql;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>One-line questions to the tables.</summary>
internal static class Database
{
    /// <summary>The first column of all rows.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this NpgsqlDataSource dataSource, string sql, params IEnumerable<object> parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<T>();
        while (await rows.ReadAsync())
            found.Add(rows.GetFieldValue<T>(0));
        return found;
    }

    public static async Task<long> CountAsync(
        this NpgsqlDataSource dataSource, string table, string where = "true", params IEnumerable<object> parameters) =>
        (await dataSource.QueryAsync<long>($"select count(*) from {table} where {where}", parameters))[0];

    public static async Task ExecuteAsync(
        this NpgsqlDataSource dataSource, string sql, params IEnumerable<object> parameters) =>
        await dataSource.QueryAsync<object>(sql, parameters);

    /// <summary>Deadlocks the server has seen in a database; exact once all its sessions have ended.</summary>
    public static async Task<long> DeadlocksAsync(string database)
    {
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        await using var dataSource = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database) { Database = "postgres", Pooling = false });
        NpgsqlConnection.ClearAllPools();
        await Eventually.ShouldBeAsync(() => dataSource.CountAsync("pg_stat_activity", "datname = $1", name), 0);
        return (
            await dataSource.QueryAsync<long>("select deadlocks from pg_stat_database where datname = $1", name))[0];
    }
}
