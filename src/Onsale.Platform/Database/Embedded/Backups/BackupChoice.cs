using System.Globalization;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>The backup that a restore begins with, and the timeline that it follows from there.</summary>
/// <param name="Backup">A complete one that lies on the timeline.</param>
/// <param name="Timeline">Which history to follow.</param>
internal sealed record BackupChoice(BackupFolder.Backup Backup, TimelineHistory Timeline)
{
    public const string Latest = "latest";
    public const string Previous = "previous";

    /// <summary>
    /// The newest backup on the timeline that leads to the moment. A backup of a timeline that was abandoned before it
    /// was made leads elsewhere, however new it is.
    /// </summary>
    /// <exception cref="StartupException">There is none, or which one is meant cannot be known.</exception>
    public static BackupChoice Make(BackupFolder folder, RestoreOrder order)
    {
        var archive = folder.Archive;
        var all = folder.List();
        if (all.Count == 0)
        {
            throw new StartupException(
                $"There is no complete backup in {archive.Directory}.{Sentences(folder.Unreadable())}");
        }

        var named = order.Backup is null ? null
            : all.FirstOrDefault(backup => backup.Name == order.Backup)
            ?? throw new StartupException($"There is no complete backup {order.Backup} in {archive.Directory}.");
        if (!Directory.Exists(archive.WalDirectory))
            return WithoutArchive(named ?? Newest(all, order.To, archive));

        var files = WalFile.In(archive.WalDirectory, all[0].Manifest.SegmentBytes);
        var timeline = Resolve(order.Timeline ?? Latest, archive, all, files);
        var on = all.Where(backup => IsOn(timeline, backup)).ToList();
        if (named is not null && !on.Contains(named))
        {
            throw new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"The backup {named.Name} is no part of timeline {timeline.Number}: it was made on timeline "
                + $"{named.Manifest.Timeline}, after that one had been left. Add --timeline "
                + $"{named.Manifest.Timeline} to restore what came after it there."));
        }

        if (order.Timeline is null && named is null)
            RequireUnambiguous(timeline, all, files);
        if (on.Count == 0)
        {
            throw new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"No backup in {archive.Directory} leads to timeline {timeline.Number}. The backups are of timelines "
                + $"{string.Join(", ", all.Select(backup => backup.Manifest.Timeline).Distinct().Order())}: name one "
                + $"with --timeline."));
        }

        return new BackupChoice(named ?? Newest(on, order.To, archive), timeline);
    }

    /// <summary>
    /// The number of the newest segment that the archive has of the timeline, which a restore of everything must reach;
    /// null without an archive.
    /// </summary>
    public ulong? FindLastSegment(WalArchive archive)
    {
        if (!Directory.Exists(archive.WalDirectory))
            return null;
        var segmentBytes = Backup.Manifest.SegmentBytes;
        var own = WalFile.In(archive.WalDirectory, segmentBytes)
            .Where(file => file.Timeline == Timeline.Number && file.Segment is not null)
            .Max(file => file.Segment);
        return own ?? (Timeline.Parent is { } parent ? WalSegment.Before(parent.EndLsn, segmentBytes) : null);
    }

    /// <summary>Each backup holds all that it can be restored to.</summary>
    private static BackupChoice WithoutArchive(BackupFolder.Backup backup) =>
        new(backup, new TimelineHistory(backup.Manifest.Timeline, []));

    private static bool IsOn(TimelineHistory timeline, BackupFolder.Backup backup) =>
        timeline.Contains(backup.Manifest.Timeline, backup.Manifest.StopLsn);

    private static BackupFolder.Backup Newest(
        IReadOnlyList<BackupFolder.Backup> backups, DateTimeOffset? moment, WalArchive archive) =>
        backups.LastOrDefault(backup => moment is null || backup.Manifest.StoppedAt <= moment)
        ?? throw new StartupException(string.Create(
            CultureInfo.InvariantCulture,
            $"No backup in {archive.Directory} is old enough: the oldest was complete at "
            + $"{backups[0].Manifest.StoppedAt:O}."));

    private static TimelineHistory Resolve(
        string order, WalArchive archive, IReadOnlyList<BackupFolder.Backup> all, IReadOnlyList<WalFile> files)
    {
        if (order is not (Latest or Previous))
        {
            return TimelineHistory.Read(
                archive.WalDirectory, uint.Parse(order, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        var newest = TimelineHistory.Read(
            archive.WalDirectory,
            all.Select(backup => backup.Manifest.Timeline).Concat(files.Select(file => file.Timeline)).Max());
        if (order == Latest)
            return newest;
        return newest.Parent is { } parent
            ? TimelineHistory.Read(archive.WalDirectory, parent.Number)
            : throw new StartupException(string.Create(
                CultureInfo.InvariantCulture,
                $"The archive does not say what came before timeline {newest.Number}: name a timeline by its number."));
    }

    /// <summary>
    /// After a restore beside a database that goes on, as a drill does, the highest number is not what is wanted: each
    /// of the two timelines has something that the other has not.
    /// </summary>
    private static void RequireUnambiguous(
        TimelineHistory timeline, IReadOnlyList<BackupFolder.Backup> all, IReadOnlyList<WalFile> files)
    {
        var written = all
            .Select(backup => (
                IsOn: IsOn(timeline, backup), Number: backup.Manifest.Timeline, At: backup.Manifest.StoppedAt))
            .Concat(files.Select(file => (IsOn: file.IsOn(timeline), Number: file.Timeline, At: file.WrittenAt)))
            .ToList();
        var newest = written.Where(one => one.IsOn).Select(one => one.At).DefaultIfEmpty().Max();
        var other = written.Where(one => !one.IsOn).OrderBy(one => one.At).LastOrDefault();
        if (other.At <= newest)
            return;
        throw new StartupException(string.Create(
            CultureInfo.InvariantCulture,
            $"Two histories go on here: timeline {timeline.Number}, last written at {newest:yyyy-MM-ddTHH:mm:ssZ}, and "
            + $"timeline {other.Number}, last written at {other.At:yyyy-MM-ddTHH:mm:ssZ} and no part of it. Say which "
            + $"one to restore: --timeline {timeline.Number} or --timeline {other.Number}."));
    }

    private static string Sentences(IReadOnlyList<string> texts) =>
        string.Concat(texts.Select(text => $" {text}"));

    /// <summary>A file of the archive: a segment, or the history of a timeline.</summary>
    private sealed record WalFile(uint Timeline, ulong? Segment, long SegmentBytes, DateTimeOffset WrittenAt)
    {
        public static IReadOnlyList<WalFile> In(string directory, long segmentBytes) =>
        [
            .. from file in new DirectoryInfo(directory).EnumerateFiles()
               let segment = WalSegment.Parse(file.Name, segmentBytes)
               let timeline = segment?.Timeline ?? TimelineHistory.NumberIn(file.Name)
               where timeline is not null
               select new WalFile(
                   timeline.Value, segment?.Number, segmentBytes, new DateTimeOffset(file.LastWriteTimeUtc)),
        ];

        public bool IsOn(TimelineHistory timeline) => Segment is { } number
            ? timeline.ContainsSegment(Timeline, number, SegmentBytes)
            : timeline.Number == Timeline;
    }
}
