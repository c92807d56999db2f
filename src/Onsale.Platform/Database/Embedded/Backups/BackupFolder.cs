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

    public WalArchive Archive => archive;

    /// <summary>A complete backup.</summary>
    /// <param name="Directory">Its own; absolute.</param>
    /// <param name="Manifest">What it says of itself.</param>
    internal sealed record Backup(string Directory, BackupManifest Manifest)
    {
        public string Name => Path.GetFileName(Directory);

        public string ClusterDirectory => Path.Combine(Directory, FilesFolder);
    }

    /// <summary>Complete backups, the oldest first.</summary>
    public IReadOnlyList<Backup> List()
    {
        if (!Directory.Exists(archive.Directory))
            return [];
        return [.. Directory.GetDirectories(archive.Directory)
            .Where(directory => !directory.EndsWith(Unfinished, StringComparison.Ordinal)
                && File.Exists(Path.Combine(directory, BackupManifest.FileName)))
            .Select(Read)
            .OrderBy(backup => backup.Manifest.StoppedAt)];
    }

    /// <summary>The newest backup that leads to a moment; to the newest moment without one.</summary>
    /// <exception cref="StartupException">There is none.</exception>
    public Backup Choose(DateTimeOffset? moment)
    {
        var all = List();
        if (all.Count == 0)
            throw new StartupException($"There is no complete backup in {archive.Directory}.");
        return all.LastOrDefault(backup => moment is null || backup.Manifest.StoppedAt <= moment)
            ?? throw new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"No backup in {archive.Directory} is old enough: the oldest was complete at "
                + $"{all[0].Manifest.StoppedAt:O}."));
    }

    /// <summary>Where a backup is written until it is complete, and what is there when it is.</summary>
    public (string Writing, string Complete) Place(DateTimeOffset time)
    {
        var complete = Path.Combine(
            archive.Directory, time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
        return Directory.Exists(complete)
            ? throw new StartupException($"{complete} is there already: wait a second and repeat the command.")
            : (complete + Unfinished, complete);
    }

    /// <summary>Held while a backup is written into it or removed from it.</summary>
    public IDisposable Lock()
    {
        Directory.CreateDirectory(archive.Directory);
        try
        {
            return new FileStream(
                Path.Combine(archive.Directory, "backup.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StartupException(
                $"Another backup into {archive.Directory} is under way, or it cannot be written: {exception.Message}",
                exception);
        }
    }

    /// <summary>What interrupted backups left. Only while the folder is locked.</summary>
    public void RemoveUnfinished()
    {
        foreach (var directory in Directory.GetDirectories(archive.Directory, "*" + Unfinished))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>
    /// Removes all backups but the newest, and of the archive what only those needed that are gone. Answers how many
    /// backups and segments went.
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

        var oldest = all[gone.Count].Manifest;
        var segments = Directory.Exists(archive.WalDirectory)
            ? Directory.GetFiles(archive.WalDirectory)
                .Where(file => WalSegment.NumberIn(Path.GetFileName(file), oldest.SegmentBytes) < oldest.StartSegment)
                .ToList()
            : [];
        segments.ForEach(File.Delete);
        return (gone.Count, segments.Count);
    }

    private static Backup Read(string directory)
    {
        var file = Path.Combine(directory, BackupManifest.FileName);
        try
        {
            using var stream = File.OpenRead(file);
            var manifest = JsonSerializer.Deserialize(stream, BackupJson.Default.BackupManifest)!;
            return manifest.Format == BackupManifest.CurrentFormat
                ? new Backup(directory, manifest)
                : throw new StartupException(
                    $"{file} has format {manifest.Format}, which this version of Onsale does not read.");
        }
        catch (JsonException exception)
        {
            throw new StartupException($"{file} is damaged: {exception.Message}", exception);
        }
    }
}
