using System.Text.Json.Serialization;

namespace Onsale.Platform.Database.Embedded.Backups;

/// <summary>What a backup is, and of what: <c>manifest.json</c> beside its files, written last.</summary>
internal sealed record BackupManifest
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>The version of Onsale that made it.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>The number of the schema's newest migration; 0 where the program never started on it.</summary>
    public required int Schema { get; init; }

    /// <summary>
    /// The newest migration that a program must know to work on the schema; null: the backup was made before that was
    /// written down, and only a program that knows all of it does.
    /// </summary>
    public int? OldestProgram { get; init; }

    /// <summary>As PostgreSQL says it: <c>18.4</c>.</summary>
    public required string PostgresVersion { get; init; }

    public required int PostgresMajorVersion { get; init; }

    /// <summary>PostgreSQL's own number of the cluster, which copies of it share.</summary>
    public required string SystemIdentifier { get; init; }

    public required uint Timeline { get; init; }

    /// <summary>Where reading the write-ahead log begins, as PostgreSQL writes it: <c>0/2000028</c>.</summary>
    public required string StartLsn { get; init; }

    /// <summary>From here on the copy is consistent.</summary>
    public required string StopLsn { get; init; }

    /// <summary>Bytes of a segment of the write-ahead log.</summary>
    public required long SegmentBytes { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By the database's clock: the earliest moment that this backup can be restored to.</summary>
    public required DateTimeOffset StoppedAt { get; init; }

    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>Whether a program works on what is restored of it.</summary>
    /// <param name="newestSchema">The newest migration that the program knows.</param>
    public bool IsFor(int newestSchema) => (OldestProgram ?? Schema) <= newestSchema;

    [JsonIgnore]
    public long TotalBytes => Files.Sum(file => file.Bytes);

    [JsonIgnore]
    public ulong StartSegment => WalSegment.Of(StartLsn, SegmentBytes);
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Below the cluster's directory, with slashes.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256);

[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BackupJson : JsonSerializerContext;
