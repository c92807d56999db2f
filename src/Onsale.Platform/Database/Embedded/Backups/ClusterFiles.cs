using System.Security.Cryptography;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>Which files of a cluster belong into a backup, and how one that is being written to is copied.</summary>
internal static class ClusterFiles
{
    public const string ControlFile = "global/pg_control";
    public const string WalFolder = "pg_wal";

    private const int BufferBytes = 1 << 20;
    private const int MaxControlReads = 100;

    /// <summary>
    /// Folders whose content PostgreSQL makes anew when it starts (its manual's section on low-level backups), and its
    /// log, which belongs to the machine. The write-ahead log is copied by name.
    /// </summary>
    private static readonly string[] EmptyFolders =
        [WalFolder, "pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp",
            "pg_subtrans", "log"];

    private static readonly string[] LeftOut =
        ["postmaster.pid", "postmaster.opts", "backup_label", "backup_label.old", "tablespace_map", "current_logfiles",
            "start.log", "recovery.signal", "standby.signal"];

    private static readonly string[] LeftOutPrefixes = ["pgsql_tmp", "pg_internal.init", ".s.PGSQL."];

    /// <summary>
    /// Folders and files below a cluster's directory, with slashes. What vanishes meanwhile is left out: the
    /// write-ahead log tells of it.
    /// </summary>
    public static IEnumerable<(string Path, bool IsFolder)> Enumerate(string cluster) => Enumerate(cluster, "");

    private static IEnumerable<(string Path, bool IsFolder)> Enumerate(string cluster, string below)
    {
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(Path.Combine(cluster, below)).EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            yield break;
        }

        foreach (var entry in entries)
        {
            var path = below.Length == 0 ? entry.Name : $"{below}/{entry.Name}";
            if (Array.Exists(LeftOutPrefixes, prefix => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
                || (below.Length == 0 && LeftOut.Contains(entry.Name, StringComparer.Ordinal))
                || path == ControlFile)
                continue;
            if (entry is FileInfo)
            {
                yield return (path, false);
                continue;
            }

            yield return (path, true);
            if (below.Length == 0 && EmptyFolders.Contains(entry.Name, StringComparer.Ordinal))
                continue;
            foreach (var inner in Enumerate(cluster, path))
                yield return inner;
        }
    }

    /// <summary>
    /// Copies a file as long as it was when it was opened: one that grows meanwhile would never end, and one that
    /// shrinks ends early. Either way the write-ahead log holds what is missing. Null where it is gone.
    /// </summary>
    public static async Task<BackupFile?> CopyAsync(
        string from, string to, string path, CancellationToken cancellationToken)
    {
        FileStream source;
        try
        {
            source = new FileStream(
                Path.Combine(from, path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        await using (source)
        {
            await using var target = Create(Path.Combine(to, path));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[BufferBytes];
            var (left, copied) = (source.Length, 0L);
            while (left > 0)
            {
                var read = await source.ReadAsync(
                    buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
                if (read == 0)
                    break;
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                (left, copied) = (left - read, copied + read);
            }

            target.Flush(flushToDisk: true);
            return new BackupFile(path, copied, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
    }

    /// <summary>
    /// The control file, last of all: PostgreSQL replaces its content in place, so it is read until it reads the same
    /// twice.
    /// </summary>
    public static async Task<BackupFile> CopyControlFileAsync(
        string from, string to, CancellationToken cancellationToken)
    {
        var source = Path.Combine(from, ControlFile);
        var content = await File.ReadAllBytesAsync(source, cancellationToken);
        for (var reads = 1; ; reads++)
        {
            var again = await File.ReadAllBytesAsync(source, cancellationToken);
            if (again.AsSpan().SequenceEqual(content))
                return await WriteAsync(to, ControlFile, content, cancellationToken);
            content = again;
            if (reads == MaxControlReads)
                throw new IOException($"{source} changes all the time.");
        }
    }

    public static async Task<BackupFile> WriteAsync(
        string to, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await using var target = Create(Path.Combine(to, path));
        await target.WriteAsync(content, cancellationToken);
        target.Flush(flushToDisk: true);
        return new BackupFile(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
    }

    /// <summary>A folder that nobody else may enter, as PostgreSQL demands.</summary>
    public static void CreateFolder(string directory)
    {
        const UnixFileMode closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, closed);
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
