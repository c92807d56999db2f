using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>What to restore, and where.</summary>
/// <param name="DataDirectory">Gets the cluster; must not have one.</param>
/// <param name="To">The last moment whose transactions are wanted; null: everything there is.</param>
/// <param name="Timeline">
/// Which history to follow where an earlier restore began another: a number, <c>previous</c> or <c>latest</c>; null:
/// the latest, if no other one has gone on since.
/// </param>
/// <param name="Backup">The name of the backup to begin with; null: the newest that leads there.</param>
/// <param name="NewestSchema">The newest migration that this program knows.</param>
internal sealed record RestoreOrder(
    string DataDirectory, DateTimeOffset? To, string? Timeline, string? Backup, int NewestSchema);

/// <summary>A restored cluster, stopped, in its place.</summary>
/// <param name="Backup">The one that it was made of.</param>
/// <param name="LastTransaction">As PostgreSQL says it; null where none came after the backup.</param>
/// <param name="Timeline">The cluster's own from now on.</param>
internal sealed record Restored(BackupFolder.Backup Backup, string? LastTransaction, int Timeline);

/// <summary>
/// Makes a cluster of a backup and of the archive of the write-ahead log, up to a moment. It is made beside its place
/// and moved there when PostgreSQL has recovered, so that a restore that fails leaves nothing.
/// </summary>
internal sealed partial class ClusterRestore(BackupFolder folder, TimeProvider time, ILogger logger)
{
    /// <summary>Until it is consistent; reading on through an archive of days may take longer.</summary>
    private const int MaxRecoverySeconds = 24 * 3600;

    private const long SpareBytes = 256L << 20;

    /// <summary>The status of the command that fetches a segment which is there and cannot be copied.</summary>
    private const int CopyFailed = 200;

    /// <exception cref="StartupException">It cannot be restored; the message says why.</exception>
    public async Task<Restored> RunAsync(RestoreOrder order, CancellationToken cancellationToken)
    {
        var account = await PostgresAccount.ForAsync(order.DataDirectory);
        var choice = BackupChoice.Make(folder, order);
        Check(choice.Backup.Manifest, order);
        RefuseExisting(order.DataDirectory);
        using var @lock = await DataDirectoryLock.TakeAsync(order.DataDirectory, account, logger);
        RefuseExisting(@lock.Directory);
        var scratch = Path.Combine(@lock.Directory, "restoring");
        if (Directory.Exists(scratch))
            Directory.Delete(scratch, recursive: true);
        try
        {
            await CopyAsync(choice.Backup, scratch, cancellationToken);
            var restored = await RecoverAsync(choice, order, scratch, account, cancellationToken);
            Directory.Move(PostgresCluster.DirectoryIn(scratch), PostgresCluster.DirectoryIn(@lock.Directory));
            return restored;
        }
        finally
        {
            if (Directory.Exists(scratch))
                Directory.Delete(scratch, recursive: true);
        }
    }

    private void Check(BackupManifest manifest, RestoreOrder order)
    {
        if (!manifest.IsFor(order.NewestSchema))
        {
            throw new StartupException(
                $"The backup was made by a newer version of Onsale ({manifest.ProgramVersion}): restore it with that.");
        }

        if (order.To is not null && !Directory.Exists(folder.Archive.WalDirectory))
        {
            throw new StartupException(
                $"{folder.Archive.Directory} has no archive of the write-ahead log: only the backups themselves can be "
                + "restored, without --to.");
        }
    }

    private static void RefuseExisting(string dataDirectory)
    {
        if (Directory.Exists(PostgresCluster.DirectoryIn(dataDirectory)))
        {
            throw new StartupException(
                $"There is a database in {dataDirectory} already, and nothing was changed. Move it away, or name "
                + "another directory with --data-directory.");
        }
    }

    private static async Task CopyAsync(
        BackupFolder.Backup backup, string scratch, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(scratch);
        var needed = backup.Manifest.TotalBytes + SpareBytes;
        if (new DriveInfo(scratch).AvailableFreeSpace is var free && free < needed)
        {
            throw new StartupException(
                $"The disk that holds {scratch} has {free >> 20} MB left; the backup needs {needed >> 20} MB.");
        }

        var cluster = PostgresCluster.DirectoryIn(scratch);
        ClusterFiles.CreateFolder(cluster);
        foreach (var folder in Directory.GetDirectories(backup.ClusterDirectory, "*", SearchOption.AllDirectories))
            ClusterFiles.CreateFolder(Path.Combine(cluster, Path.GetRelativePath(backup.ClusterDirectory, folder)));
        foreach (var file in backup.Manifest.Files)
        {
            var copy = await ClusterFiles.CopyAsync(backup.ClusterDirectory, cluster, file.Path, cancellationToken);
            if (copy != file)
            {
                throw new StartupException(
                    $"The backup {backup.Directory} is damaged: {file.Path} is "
                    + $"{(copy is null ? "missing" : "not what was written")}. Restore another one.");
            }
        }
    }

    private async Task<Restored> RecoverAsync(
        BackupChoice choice, RestoreOrder order, string scratch, PostgresAccount account,
        CancellationToken cancellationToken)
    {
        var directory = PostgresCluster.DirectoryIn(scratch);
        await File.WriteAllTextAsync(Path.Combine(directory, "recovery.signal"), "", cancellationToken);
        await RequireReadableAsync(account);
        await account.OwnTreeAsync(directory);
        var cluster = await PostgresCluster.OpenAsync(scratch, account, time, logger);
        var endpoint = EmbeddedEndpoint.For(scratch);
        if (endpoint.SocketDirectory is { } sockets && sockets != directory)
        {
            Directory.CreateDirectory(sockets);
            await account.OwnAsync(sockets);
        }

        cluster.WriteSettings(PostgresSettings.Render(
            "", "", endpoint.Port, endpoint.SocketDirectory ?? "", RecoverySettings(choice, order)));
        try
        {
            // Before it begins: a database that goes on beside adds to the archive meanwhile.
            var lastSegment = order.To is null ? choice.FindLastSegment(folder.Archive) : null;
            await cluster.StartAsync(MaxRecoverySeconds);
            var timeline = await AwaitRecoveryAsync(cluster, endpoint, cancellationToken);
            RequireAll(choice, directory, timeline, lastSegment);
            await ArchiveHistoriesAsync(directory, account);
            return new Restored(choice.Backup, LastTransaction(cluster.StartOutput()), timeline);
        }
        catch (StartupException exception)
        {
            throw Explain(exception, cluster.StartOutput(), order);
        }
        finally
        {
            await cluster.StopAsync();
            if (endpoint.SocketDirectory is { } made && made != directory)
                Directory.Delete(made, recursive: true);
        }
    }

    private List<string> RecoverySettings(BackupChoice choice, RestoreOrder order)
    {
        var wal = folder.Archive.WalDirectory;
        List<string> settings =
        [
            // All that it says is read from one file, and nobody looks at it while it recovers.
            "logging_collector = off",
            "hot_standby = off",
            Directory.Exists(wal) ? $"restore_command = '{CopyCommand(wal)}'" : "restore_command = 'false'",
            // PostgreSQL wants a history file of a timeline that is named, and a backup's own may have none.
            choice.Timeline.Number == choice.Backup.Manifest.Timeline
                ? "recovery_target_timeline = 'current'"
                : string.Create(
                    CultureInfo.InvariantCulture, $"recovery_target_timeline = '{choice.Timeline.Number}'"),
            "recovery_target_action = 'promote'",
        ];
        if (order.To is { } moment)
        {
            settings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"recovery_target_time = '{moment.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'"));
        }

        return settings;
    }

    /// <summary>
    /// For PostgreSQL a command that fails has come to the end of the log, unless its status is above 125: that stops
    /// the recovery. Only a file that the archive has not may be the end.
    /// </summary>
    private static string CopyCommand(string wal) =>
        $"if [ -e \"{wal}/%f\" ]; then cp \"{wal}/%f\" \"%p\" || exit {CopyFailed}; "
        + $"else [ -d \"{wal}\" ] || exit {CopyFailed}; exit 1; fi";

    /// <summary>
    /// PostgreSQL takes a segment that is missing or damaged for the end of the log: what the archive has beyond it
    /// would be lost without a word.
    /// </summary>
    private void RequireAll(BackupChoice choice, string directory, int timeline, ulong? lastSegment)
    {
        var end = TimelineHistory.Read(Path.Combine(directory, ClusterFiles.WalFolder), (uint)timeline).Parent?.EndLsn
            ?? throw new StartupException($"PostgreSQL did not tell where it ended to recover {directory}.");
        var segmentBytes = choice.Backup.Manifest.SegmentBytes;
        if (lastSegment is not { } last || WalSegment.Before(end, segmentBytes) >= last)
            return;
        var ended = WalSegment.Of(end, segmentBytes);
        throw new StartupException(
            $"The log could be read to {end} only, but {folder.Archive.WalDirectory} goes on to the segment "
            + $"{WalSegment.Name(choice.Timeline.Number, last, segmentBytes)}: the segment "
            + $"{WalSegment.Name(choice.Timeline.Number, ended, segmentBytes)} or the one before it is missing or "
            + "damaged. Bring it back, or begin with a newer backup (--backup). To do without everything after it, "
            + "move that segment and all after it out of the archive.");
    }

    /// <summary>
    /// Segments that cannot be read look like segments that are not there: the restore would end early.
    /// </summary>
    private async Task RequireReadableAsync(PostgresAccount account)
    {
        var wal = folder.Archive.WalDirectory;
        if (!Directory.Exists(wal))
            return;
        if (!await account.CanEnterAsync(wal)
            || (Directory.EnumerateFiles(wal).Max(StringComparer.Ordinal) is { } newest
                && !await account.CanReadAsync(newest)))
        {
            throw new StartupException(
                $"The account that runs PostgreSQL, {account.UserName ?? "your own"}, cannot read {wal}.");
        }
    }

    /// <summary>
    /// <c>pg_ctl</c> calls a server started that still recovers and takes no connections. Answers its timeline.
    /// </summary>
    private async Task<int> AwaitRecoveryAsync(
        PostgresCluster cluster, EmbeddedEndpoint endpoint, CancellationToken cancellationToken)
    {
        var connectionString =
            new NpgsqlConnectionStringBuilder(endpoint.ConnectionString) { Pooling = false }.ConnectionString;
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync(cancellationToken);
                await using var command = new NpgsqlCommand(
                    "select timeline_id from pg_control_checkpoint() where not pg_is_in_recovery()", connection);
                if (await command.ExecuteScalarAsync(cancellationToken) is int timeline)
                    return timeline;
            }
            catch (NpgsqlException exception) when (exception.IsTransient)
            {
                if (!cluster.IsRunning)
                    throw cluster.WhyItEnded();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    /// <summary>
    /// The history of the new timeline belongs into the archive: without it the next restore from there would give its
    /// timeline the same number.
    /// </summary>
    private async Task ArchiveHistoriesAsync(string directory, PostgresAccount account)
    {
        if (!Directory.Exists(folder.Archive.WalDirectory))
            return;
        foreach (var history in Directory.GetFiles(Path.Combine(directory, ClusterFiles.WalFolder), "*.history"))
        {
            var kept = Path.Combine(folder.Archive.WalDirectory, Path.GetFileName(history));
            if (File.Exists(kept))
                continue;
            File.Copy(history, kept);
            await account.OwnTreeAsync(kept);
        }
    }

    private static StartupException Explain(StartupException exception, string output, RestoreOrder order)
    {
        if (output.Contains("recovery ended before configured recovery target was reached", StringComparison.Ordinal))
        {
            return new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"The archive has no transaction after {order.To:O}, so nothing says that it reaches so far; its last "
                + $"one was at {LastTransaction(output) ?? "the time of the backup"}. Without --to all of it is "
                + $"restored. After an earlier restore, --timeline previous follows the history before "
                + $"that."), exception);
        }

        var copy = CopyFailedLine().Match(output);
        return copy.Success
            ? new StartupException(
                $"The segment {copy.Groups["file"].Value} is in the archive and cannot be read: "
                + $"{CopyErrorLine().Match(output).Value.Trim()}. Nothing was restored.", exception)
            : exception;
    }

    private static string? LastTransaction(string output)
    {
        var match = LastTransactionLine().Match(output);
        return match.Success ? match.Groups["time"].Value : null;
    }

    [GeneratedRegex(
        @"FATAL: .*could not restore file ""(?<file>[^""]+)"" from archive", RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex CopyFailedLine();

    [GeneratedRegex("^cp: .*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CopyErrorLine();

    [GeneratedRegex(
        @"last completed transaction was at log time (?<time>.+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LastTransactionLine();
}
