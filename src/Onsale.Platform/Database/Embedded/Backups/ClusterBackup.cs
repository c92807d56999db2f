using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>
/// Copies the files of a running cluster between <c>pg_backup_start</c> and <c>pg_backup_stop</c>, with the write-ahead
/// log of that time: a copy that can be restored by itself, or continued by the archive. Selling goes on meanwhile.
/// </summary>
/// <remarks>
/// The method is that of the section "Making a Base Backup Using the Low Level API" of PostgreSQL's manual. A temporary
/// replication slot keeps the log from being recycled before it is copied.
/// </remarks>
internal sealed partial class ClusterBackup(BackupFolder folder, TimeProvider time)
{
    private const int ArchiveWaitSeconds = 60;
    private const string Slot = "onsale_backup";

    private const string ServerSql = """
        select current_setting('data_directory') as DataDirectory,
               current_setting('server_version') as Version,
               current_setting('server_version_num')::int / 10000 as MajorVersion,
               (select system_identifier::text from pg_control_system()) as SystemIdentifier,
               pg_size_bytes(current_setting('wal_segment_size')) as SegmentBytes,
               (select count(*) from pg_tablespace where spcname not in ('pg_default', 'pg_global')) as Tablespaces,
               current_setting('onsale.backup_directory', true) as BackupDirectory,
               current_setting('archive_mode') <> 'off' as IsArchiving,
               clock_timestamp() as StartedAt
        """;

    /// <summary>Makes a backup and answers where it is.</summary>
    /// <param name="connectionString">Of the cluster's superuser; the cluster runs on this machine.</param>
    /// <param name="programVersion">For the manifest.</param>
    /// <param name="cancellationToken">Ends it; what was copied is removed by the next backup.</param>
    /// <exception cref="StartupException">It cannot be made; the message says why.</exception>
    public async Task<MadeBackup> RunAsync(
        string connectionString, string programVersion, CancellationToken cancellationToken)
    {
        using var @lock = await folder.LockAsync();
        var warnings = folder.RemoveUnfinished().ToList();
        // A session of its own: the backup and the slot end with it, however this ends.
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }
                .ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var server = await connection.QuerySingleAsync<Server>(ServerSql);
        Check(server);
        var (writing, complete) = folder.Place(new DateTimeOffset(server.StartedAt));
        try
        {
            var manifest = await WriteAsync(connection, server, writing, programVersion, cancellationToken);
            await folder.GiveAwayAsync(writing);
            Directory.Move(writing, complete);
            if (await ArchiveTroubleAsync(connection, server, manifest, cancellationToken) is { } trouble)
                warnings.Add(trouble);
            return new MadeBackup(complete, manifest, warnings);
        }
        catch when (Directory.Exists(writing))
        {
            await folder.GiveAwayAsync(writing);
            throw;
        }
    }

    private static async Task<BackupManifest> WriteAsync(
        NpgsqlConnection connection, Server server, string writing, string programVersion,
        CancellationToken cancellationToken)
    {
        var files = Path.Combine(writing, "cluster");
        ClusterFiles.CreateFolder(files);
        await connection.ExecuteAsync("select pg_create_physical_replication_slot(@Slot, true, true)", new { Slot });
        await connection.ExecuteAsync("select pg_backup_start('onsale', fast => true)");
        var copied = await CopyAsync(server.DataDirectory, files, cancellationToken);
        var stop = await connection.QuerySingleAsync<Stop>("""
            select lsn::text as Lsn, labelfile as Label, clock_timestamp() as StoppedAt
            from pg_backup_stop(wait_for_archive => false)
            """);
        var label = Label.Parse(stop.Label);
        copied.Add(await ClusterFiles.WriteAsync(
            files, "backup_label", Encoding.UTF8.GetBytes(stop.Label), cancellationToken));
        await CopyWalAsync(server, label, stop.Lsn, files, copied, cancellationToken);

        var schema = await Migrator.FindSchemaAsync(connection, cancellationToken);
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            ProgramVersion = programVersion,
            Schema = schema?.Newest ?? 0,
            OldestProgram = schema?.OldestProgram ?? 0,
            PostgresVersion = server.Version,
            PostgresMajorVersion = server.MajorVersion,
            SystemIdentifier = server.SystemIdentifier,
            Timeline = label.Timeline,
            StartLsn = label.StartLsn,
            StopLsn = stop.Lsn,
            SegmentBytes = server.SegmentBytes,
            StartedAt = new DateTimeOffset(server.StartedAt),
            StoppedAt = new DateTimeOffset(stop.StoppedAt),
            Files = copied,
        };
        await ClusterFiles.WriteAsync(
            writing, BackupManifest.FileName,
            JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJson.Default.BackupManifest), cancellationToken);
        return manifest;
    }

    private void Check(Server server)
    {
        if (server.Tablespaces > 0)
        {
            throw new StartupException(
                "This cluster has tablespaces of its own, which such a backup does not hold: use pg_basebackup.");
        }

        if (!Directory.Exists(server.DataDirectory))
        {
            throw new StartupException(
                $"The files of this server ({server.DataDirectory}) are not on this machine: such a backup is for the "
                + "program's own PostgreSQL. See docs/backup.md for others.");
        }

        var other = folder.List().FirstOrDefault(
            backup => backup.Manifest.SystemIdentifier != server.SystemIdentifier);
        if (other is not null)
        {
            throw new StartupException(
                $"{folder.Archive.Directory} holds backups of another cluster ({other.Name}): choose another "
                + "directory for this one.");
        }
    }

    private static async Task<List<BackupFile>> CopyAsync(
        string cluster, string files, CancellationToken cancellationToken)
    {
        var copied = new List<BackupFile>();
        foreach (var (path, isFolder) in ClusterFiles.Enumerate(cluster))
        {
            if (isFolder)
                ClusterFiles.CreateFolder(Path.Combine(files, path));
            else if (await ClusterFiles.CopyAsync(cluster, files, path, cancellationToken) is { } file)
                copied.Add(file);
        }

        copied.Add(await ClusterFiles.CopyControlFileAsync(cluster, files, cancellationToken));
        return copied;
    }

    /// <summary>From where reading begins to the end of the backup, whose segment PostgreSQL has finished.</summary>
    private static async Task CopyWalAsync(
        Server server, Label label, string stopLsn, string files, List<BackupFile> copied,
        CancellationToken cancellationToken)
    {
        var last = WalSegment.Before(stopLsn, server.SegmentBytes);
        for (var number = WalSegment.Of(label.StartLsn, server.SegmentBytes); number <= last; number++)
        {
            var path = $"{ClusterFiles.WalFolder}/{WalSegment.Name(label.Timeline, number, server.SegmentBytes)}";
            var file = await ClusterFiles.CopyAsync(server.DataDirectory, files, path, cancellationToken);
            if (file?.Bytes != server.SegmentBytes)
                throw new StartupException($"The backup failed: {path} is not there any more.");
            copied.Add(file);
        }
    }

    /// <summary>
    /// Waits until the archive has what the backup ends with; a sentence where it has not, null where all is well.
    /// </summary>
    private async Task<string?> ArchiveTroubleAsync(
        NpgsqlConnection connection, Server server, BackupManifest manifest, CancellationToken cancellationToken)
    {
        if (!server.IsArchiving || server.BackupDirectory != folder.Archive.Directory)
        {
            return $"{WalArchive.Setting} is not {folder.Archive.Directory}: this backup can be restored as it is, not "
                + "to a later moment.";
        }

        var last = Path.Combine(folder.Archive.WalDirectory, WalSegment.Name(
            manifest.Timeline, WalSegment.Before(manifest.StopLsn, manifest.SegmentBytes), manifest.SegmentBytes));
        var started = time.GetTimestamp();
        while (!File.Exists(last))
        {
            if (time.GetElapsedTime(started).TotalSeconds > ArchiveWaitSeconds)
            {
                var failed = await connection.ExecuteScalarAsync<long>("select failed_count from pg_stat_archiver");
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The archive of the write-ahead log does not keep up ({failed} failed attempts so far): see "
                    + $"PostgreSQL's log in {server.DataDirectory}/log.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }

        return null;
    }

    private sealed record Server(
        string DataDirectory, string Version, int MajorVersion, string SystemIdentifier, long SegmentBytes,
        long Tablespaces, string? BackupDirectory, bool IsArchiving, DateTime StartedAt);

    private sealed record Stop(string Lsn, string Label, DateTime StoppedAt);

    /// <summary>What the label file says of where reading the log begins.</summary>
    private sealed partial record Label(string StartLsn, uint Timeline)
    {
        public static Label Parse(string text)
        {
            var start = StartLine().Match(text);
            var timeline = TimelineLine().Match(text);
            return start.Success && timeline.Success
                ? new Label(
                    start.Groups["lsn"].Value,
                    uint.Parse(timeline.Groups["timeline"].Value, CultureInfo.InvariantCulture))
                : throw new InvalidDataException($"PostgreSQL wrote a backup label that cannot be read: {text}");
        }

        [GeneratedRegex(
            @"^START WAL LOCATION: (?<lsn>\S+) \(file", RegexOptions.Multiline,
            matchTimeoutMilliseconds: 1000)]
        private static partial Regex StartLine();

        [GeneratedRegex(
            @"^START TIMELINE: (?<timeline>\d+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
        private static partial Regex TimelineLine();
    }
}

/// <summary>A backup that is complete.</summary>
/// <param name="Directory">Where it is.</param>
/// <param name="Manifest">What it is.</param>
/// <param name="Warnings">Why it cannot be continued by the archive, and what stood in its way.</param>
internal sealed record MadeBackup(string Directory, BackupManifest Manifest, IReadOnlyList<string> Warnings);
