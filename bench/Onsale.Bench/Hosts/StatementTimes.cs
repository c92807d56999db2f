using static Onsale.Bench.Reports.Figures;

namespace Onsale.Bench.Hosts;

/// <summary>PostgreSQL's own count of what each statement of a load cost it, by pg_stat_statements.</summary>
internal static class StatementTimes
{
    /// <summary>Lines for PostgreSQL's settings file. Their cost is in all that is measured with them.</summary>
    public static readonly IReadOnlyList<string> Settings =
        ["shared_preload_libraries = 'pg_stat_statements'", "pg_stat_statements.track_utility = on"];

    private const string Top = """
        select calls, total_exec_time * 1000, rows, wal_bytes::bigint, shared_blks_hit,
            left(regexp_replace(query, '\s+', ' ', 'g'), 90)
        from pg_stat_statements order by total_exec_time desc limit 12
        """;

    public static Task StartAsync(BenchDatabase database) =>
        database.ExecuteAsync("create extension if not exists pg_stat_statements");

    public static async Task ResetAsync(BenchDatabase database) =>
        await database.ExecuteAsync("select pg_stat_statements_reset()");

    /// <summary>The dearest ones, each divided by the answers of the load.</summary>
    public static async Task PrintAsync(BenchDatabase database, double answers)
    {
        await using var command = database.DataSource.CreateCommand(Top);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            await Console.Error.WriteLineAsync(
                $"    {rows.GetDouble(1) / answers,6:F2} µs, {Whole(rows.GetInt64(3) / answers)} WAL bytes, "
                + $"{rows.GetInt64(2) / answers:F2} rows, {rows.GetInt64(4) / answers:F1} pages an answer in "
                + $"{Whole(rows.GetInt64(0))} calls: {rows.GetString(5)}");
        }
    }
}
