using System.Buffers;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>
/// Where the embedded PostgreSQL keeps a copy of every finished segment of its write-ahead log, beside the backups that
/// they continue: <c>wal</c> in the directory of backups. PostgreSQL's own <c>basic_archive</c> writes them: it never
/// overwrites a segment by another and flushes each before it counts as archived.
/// </summary>
/// <param name="Directory">Of the backups; absolute.</param>
internal sealed record WalArchive(string Directory)
{
    public const string Setting = "Onsale:Backup:Directory";

    /// <summary>After so long a segment is finished: what can be lost with the cluster's disk.</summary>
    private const int MaxSegmentSeconds = 60;

    private const string DirectorySetting = "onsale.backup_directory";

    /// <summary>What a shell or PostgreSQL would read as something else than a part of a path.</summary>
    private static readonly SearchValues<char> RefusedCharacters = SearchValues.Create("\"'`$\\%\r\n");

    public string WalDirectory => Path.Combine(Directory, "wal");

    /// <summary>Lines for the cluster's settings file.</summary>
    public IReadOnlyList<string> Settings =>
    [
        $"{DirectorySetting} = '{Directory}'",
        "archive_mode = on",
        "archive_library = 'basic_archive'",
        $"basic_archive.archive_directory = '{WalDirectory}'",
        $"archive_timeout = {MaxSegmentSeconds}s",
    ];

    /// <summary>The setting's; null where none is set.</summary>
    /// <exception cref="StartupException">The path cannot be used.</exception>
    public static WalArchive? From(IConfiguration configuration) =>
        configuration[Setting] is { Length: > 0 } directory ? In(directory) : null;

    /// <summary>The archive of a directory of backups, whether or not it is there.</summary>
    /// <exception cref="StartupException">The path cannot be used.</exception>
    public static WalArchive In(string directory)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return directory.AsSpan().ContainsAny(RefusedCharacters)
            ? throw new StartupException(
                $"The directory of backups {directory} has a quote, $, %, ` or a line end in its name: "
                + "choose another one.")
            : new WalArchive(directory);
    }

    /// <summary>
    /// That of a cluster's last start, so that a command which starts it for a moment leaves no gap in the archive;
    /// null where there was none.
    /// </summary>
    public static WalArchive? OfLastStart(string dataDirectory)
    {
        var settings = Path.Combine(PostgresCluster.DirectoryIn(dataDirectory), "postgresql.conf");
        const string start = $"{DirectorySetting} = '";
        if (!File.Exists(settings))
            return null;
        var line = File.ReadLines(settings).LastOrDefault(line => line.StartsWith(start, StringComparison.Ordinal));
        return line is null ? null : new WalArchive(line[start.Length..].TrimEnd('\''));
    }

    /// <summary>Makes the directory, which the account that runs PostgreSQL writes to.</summary>
    /// <exception cref="StartupException">It cannot be made, or that account cannot enter it.</exception>
    public async Task PrepareAsync(PostgresAccount account)
    {
        if (OperatingSystem.IsWindows())
            throw new StartupException($"{Setting} is not supported on Windows: use pg_basebackup and pg_receivewal.");
        try
        {
            System.IO.Directory.CreateDirectory(WalDirectory);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(
                $"The directory of backups {Directory} cannot be written: {exception.Message}", exception);
        }

        await account.OwnAsync(WalDirectory);
        if (!await account.CanEnterAsync(WalDirectory))
        {
            throw new StartupException(
                $"PostgreSQL runs as user '{account.UserName}', who cannot enter {Directory}: choose a directory of "
                + "backups outside root's home.");
        }
    }
}
