namespace Onsale.Platform.Database.Embedded;

/// <summary>
/// The settings of the embedded PostgreSQL. They are ours: the file is rewritten at each start. An operator's own
/// go into <c>postgresql.custom.conf</c> in the data directory and win.
/// </summary>
internal static class PostgresSettings
{
    public const string CustomFileName = "postgresql.custom.conf";

    public static string Render(string customFile, string listenAddresses, int port, string socketDirectory,
        IEnumerable<string> overrides) => $"""
        # Written by Onsale at each start. Put settings of your own into {CustomFileName} in the data directory.
        listen_addresses = '{listenAddresses}'
        port = {port}
        unix_socket_directories = '{Quote(socketDirectory)}'
        # Nobody but the account that runs PostgreSQL, and root, may connect.
        unix_socket_permissions = 0700
        max_connections = {DatabaseLimits.EmbeddedMaxConnections}

        # An acknowledged sale survives the power cut of the next millisecond.
        fsync = on
        synchronous_commit = on
        full_page_writes = on

        # The seats of a stadium and the bookings of an evening stay in memory, on a small machine too.
        shared_buffers = 256MB
        work_mem = 8MB
        maintenance_work_mem = 128MB
        wal_buffers = 16MB
        # A checkpoint forced in the middle of an on-sale is what a buyer would notice: room for a burst, written out
        # slowly.
        max_wal_size = 2GB
        min_wal_size = 256MB
        checkpoint_timeout = 15min
        checkpoint_completion_target = 0.9
        # The hot path waits for the log to reach the disk, not for its size: compressing it costs more than it saves.
        wal_compression = off
        # Statements take microseconds; compiling them takes longer than running them.
        jit = off
        random_page_cost = 1.1
        # A report must not take the cores from a sale.
        max_parallel_workers_per_gather = 0
        # Holds come and go: dead rows of a hot event are cleared before they cost reads.
        autovacuum_naptime = 15s

        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        # A week of logs, then overwritten: the log never fills the disk.
        logging_collector = on
        log_directory = 'log'
        log_filename = 'postgresql-%a.log'
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        log_line_prefix = '%m [%p] '
        log_lock_waits = on
        # Statements and the details of errors carry buyers' data (the e-mail address of a refused duplicate): neither
        # belongs in the log.
        log_min_error_statement = panic
        log_error_verbosity = terse

        {string.Join('\n', overrides)}
        {(File.Exists(customFile) ? $"include = '{Quote(customFile)}'" : "")}

        """;

    private static string Quote(string path) => path.Replace('\\', '/').Replace("'", "''", StringComparison.Ordinal);
}
