using System.Globalization;
using System.Text.Json;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>
/// A directory of backups: each a folder named by its time, complete when it has its manifest, and the archive of the
/// write-ahead log that continues them.
/// </summary>
internal sealed class BackupFolder(WalArchive archive)
{
    private const string FilesFolder = "cluster";
    private const string Unfinished = ".unfinished";
    private const string NameFormat = "yyyyMMdd'T'HHmmss'Z'";

    public WalArchive Archive => archive;

    /// <summary>A complete backup.</summary>
    /// <param name="Directory">Its own; absolute.</param>
    /// <param name="Manifest">What it says of itself.</param>
    internal sealed record Backup(string Directory, BackupManifest Manifest)
    {
        public string Name => Path.GetFileName(Directory);

        public string ClusterDirectory => Path.Combine(Directory, FilesFolder);
    }

    /// <summary>Complete backups, the oldest first; those whose manifest cannot be read are left out.</summary>
    public IReadOnlyList<Backup> List() =>
        [.. Manifests().Select(Read).Select(read => read.Backup).OfType<Backup>()
            .OrderBy(backup => backup.Manifest.StoppedAt)];

    /// <summary>A sentence for each backup whose manifest cannot be read.</summary>
    public IReadOnlyList<string> Unreadable() =>
        [.. Manifests().Select(Read).Select(read => read.Trouble).OfType<string>()];

    /// <summary>When the newest complete backup began, by its name alone: cheap enough for a metric.</summary>
    public DateTimeOffset? FindNewest() => Manifests()
        .Select(file => DateTimeOffset.TryParseExact(
            Path.GetFileName(Path.GetDirectoryName(file)), NameFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var began) ? began : (DateTimeOffset?)null)
        .Max();

    /// <summary>Where a backup is written until it is complete, and what is there when it is.</summary>
    public (string Writing, string Complete) Place(DateTimeOffset time)
    {
        var complete = Path.Combine(
            archive.Directory, time.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture));
        return Directory.Exists(complete)
            ? throw new StartupException($"{complete} is there already: wait a second and repeat the command.")
            : (complete + Unfinished, complete);
    }

    /// <summary>Held while a backup is written into it or removed from it.</summary>
    public async Task<IDisposable> LockAsync()
    {
        Directory.CreateDirectory(archive.Directory);
        var path = Path.Combine(archive.Directory, "backup.lock");
        try
        {
            var @lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            await GiveAwayAsync(path);
            return @lock;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"Another backup into {archive.Directory} is under way, or it cannot be written: {exception.Message}",
                exception);
        }
    }

    /// <summary>
    /// What root has made in another's directory of backups goes to that one, who could neither follow it by a backup
    /// nor remove it otherwise.
    /// </summary>
    public async Task GiveAwayAsync(string path)
    {
        if (await PostgresAccount.OwnerAsync(archive.Directory) is { } owner)
            await owner.OwnTreeAsync(path);
    }

    /// <summary>
    /// What interrupted backups left. Only while the folder is locked. Answers a sentence for each that cannot be
    /// removed, which is in nobody's way.
    /// </summary>
    public IReadOnlyList<string> RemoveUnfinished()
    {
        var troubles = new List<string>();
        foreach (var directory in Directory.GetDirectories(archive.Directory, "*" + Unfinished))
        {
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                troubles.Add($"{directory} cannot be removed, an interrupted backup: {exception.Message}");
            }
        }

        return troubles;
    }

    /// <summary>
    /// Removes all backups but the newest, and of the archive what only those needed that are gone. Answers how many
    /// backups and segments went. What cannot be read stays, with the log that it may need.
    /// </summary>
    public (int Backups, int Segments) Prune(int keep)
    {
        var all = List();
        var gone = all.Take(Math.Max(0, all.Count - keep)).ToList();
        foreach (var backup in gone)
        {
            // Without its manifest it is no backup any more, should this be interrupted.
            File.Delete(Path.Combine(backup.Directory, BackupManifest.FileName));
            Directory.Delete(backup.Directory, recursive: true);
        }

        var kept = all.Skip(gone.Count).Select(backup => backup.Manifest).ToList();
        if (kept.Count == 0 || Unreadable().Count > 0 || !Directory.Exists(archive.WalDirectory))
            return (gone.Count, 0);
        // After a restore to an earlier moment a newer backup may begin before an older one.
        var first = kept.Min(manifest => manifest.StartSegment);
        var segments = Directory.GetFiles(archive.WalDirectory)
            .Where(file => WalSegment.NumberIn(Path.GetFileName(file), kept[0].SegmentBytes) < first)
            .ToList();
        segments.ForEach(File.Delete);
        return (gone.Count, segments.Count);
    }

    private IEnumerable<string> Manifests() => Directory.Exists(archive.Directory)
        ? Directory.GetDirectories(archive.Directory)
            .Where(directory => !directory.EndsWith(Unfinished, StringComparison.Ordinal))
            .Select(directory => Path.Combine(directory, BackupManifest.FileName))
            .Where(File.Exists)
        : [];

    private static (Backup? Backup, string? Trouble) Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var manifest = JsonSerializer.Deserialize(stream, BackupJson.Default.BackupManifest);
            return manifest is { Format: BackupManifest.CurrentFormat }
                ? (new Backup(Path.GetDirectoryName(file)!, manifest), null)
                : (null, $"{file} has format {manifest?.Format ?? 0}, which this version of Onsale does not read.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return (null, $"{file} cannot be read: {exception.Message}");
        }
    }
}
