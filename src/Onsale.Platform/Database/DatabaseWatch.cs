using System.Diagnostics.Metrics;
using Dapper;
using Npgsql;
using Onsale.Platform.Database.Embedded.Backups;

namespace Onsale.Platform.Database;

/// <summary>What PostgreSQL says of itself; null where it has none of it, or does not tell this role.</summary>
internal sealed record DatabaseFigures
{
    public string? Version { get; init; }

    public long Connections { get; init; }

    public long MaxConnections { get; init; }

    public double OldestTransactionSeconds { get; init; }

    public long Bytes { get; init; }

    public int Standbys { get; init; }

    /// <summary>Bytes of the log that the standby furthest behind has not replayed.</summary>
    public long? ReplicationLagBytes { get; init; }

    public bool IsArchiving { get; init; }

    public long ArchiveFailures { get; init; }

    /// <summary>Since a segment of the log was archived.</summary>
    public double? ArchiveAgeSeconds { get; init; }
}

/// <summary>
/// Looks at PostgreSQL every few seconds, for metrics and operators: meter <c>Onsale.Database</c>. Failing to look is
/// told by the job that does it.
/// </summary>
internal sealed class DatabaseWatch
{
    private const string Sql = """
        select current_setting('server_version') as version,
               (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
               current_setting('max_connections')::bigint as max_connections,
               coalesce((select extract(epoch from max(clock_timestamp() - xact_start)) from pg_stat_activity
                         where datname = current_database() and backend_type = 'client backend'), 0)::double precision
                   as oldest_transaction_seconds,
               pg_database_size(current_database()) as bytes,
               (select count(*)::int from pg_stat_replication) as standbys,
               (select max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::bigint from pg_stat_replication)
                   as replication_lag_bytes,
               current_setting('archive_mode') <> 'off' as is_archiving,
               (select failed_count from pg_stat_archiver) as archive_failures,
               (select extract(epoch from clock_timestamp() - last_archived_time)::double precision
                from pg_stat_archiver) as archive_age_seconds
        """;

    private readonly NpgsqlDataSource _dataSource;
    private DatabaseFigures? _figures;

    public DatabaseWatch(NpgsqlDataSource dataSource, IConfiguration configuration, IMeterFactory meters)
    {
        _dataSource = dataSource;
        var backups = WalArchive.From(configuration) is { } archive ? new BackupFolder(archive) : null;
        var meter = meters.Create("Onsale.Database");
        Gauge("onsale.postgres.connections", "{connection}", "Client connections of the server.",
            now => now.Connections);
        Gauge("onsale.postgres.max_connections", "{connection}", "Client connections that it takes.",
            now => now.MaxConnections);
        Gauge("onsale.postgres.oldest_transaction", "s", "Age of the oldest transaction of this database.",
            now => now.OldestTransactionSeconds);
        Gauge("onsale.postgres.size", "By", "Size of this database.", now => now.Bytes);
        Gauge("onsale.postgres.standbys", "{standby}", "Standbys that are connected.", now => now.Standbys);
        Gauge("onsale.postgres.replication_lag", "By", "Log that the standby furthest behind has not replayed.",
            now => now.ReplicationLagBytes);
        Gauge("onsale.postgres.archive_failures", "{attempt}", "Attempts to archive the log that failed.",
            now => now.IsArchiving ? now.ArchiveFailures : null);
        Gauge("onsale.postgres.archive_age", "s", "Since a segment of the log was archived.",
            now => now.IsArchiving ? now.ArchiveAgeSeconds : null);
        meter.CreateObservableGauge(
            "onsale.postgres.newest_backup", () => NewestOf(backups), "s",
            "When the newest backup began, in seconds since 1970; 0 without one.");

        void Gauge(string name, string unit, string description, Func<DatabaseFigures, double?> read) =>
            meter.CreateObservableGauge(name, () => Read(read), unit, description);
    }

    /// <summary>Nothing where no backups are made here.</summary>
    private static IEnumerable<Measurement<double>> NewestOf(BackupFolder? backups)
    {
        try
        {
            return backups is null ? []
                : [new Measurement<double>(backups.FindNewest()?.ToUnixTimeSeconds() ?? 0)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A directory that cannot be read has no backup that helps.
            return [new Measurement<double>(0)];
        }
    }

    private IEnumerable<Measurement<double>> Read(Func<DatabaseFigures, double?> read) =>
        Figures is { } now && read(now) is { } value ? [new Measurement<double>(value)] : [];

    /// <summary>As last seen; null: not yet.</summary>
    public DatabaseFigures? Figures => Volatile.Read(ref _figures);

    /// <summary>One round of the job.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        Volatile.Write(ref _figures, await connection.QuerySingleAsync<DatabaseFigures>(
            new CommandDefinition(Sql, cancellationToken: cancellationToken)));
    }
}
