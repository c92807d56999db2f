using System.Text.Json.Serialization;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>The installation as the node that answers sees it.</summary>
/// <param name="Node">The node that answers.</param>
/// <param name="ReadOnly">Whether it takes no changes.</param>
/// <param name="Dependencies">What it needs, and how that is.</param>
/// <param name="Nodes">All nodes that were heard of in the last minutes; empty while the database is away.</param>
/// <param name="Database">PostgreSQL's own figures; left out until it was asked.</param>
/// <param name="Lanes">Its loaded events, the busiest first.</param>
/// <param name="Jobs">Its background jobs.</param>
/// <param name="Mails">The mail queue.</param>
internal sealed record SystemResponse(
    Guid Node, bool ReadOnly, IReadOnlyList<DependencyResponse> Dependencies, IReadOnlyList<NodeResponse> Nodes,
    DatabaseResponse? Database, IReadOnlyList<LaneResponse> Lanes, IReadOnlyList<JobResponse> Jobs,
    MailQueueResponse Mails);

/// <summary>Something that a node needs.</summary>
/// <param name="Name"><c>postgres</c>, <c>redis</c> or <c>mail</c>.</param>
/// <param name="State"><c>up</c>, <c>down</c>, or <c>off</c> where none is configured.</param>
/// <param name="LatencyMs">Of the last look that was answered.</param>
/// <param name="FailedAt">When it last did not answer; left out where it always has.</param>
/// <param name="Error">What was the matter then.</param>
internal sealed record DependencyResponse(
    string Name, string State, double? LatencyMs = null, DateTimeOffset? FailedAt = null, string? Error = null);

/// <summary>A node, as it last said.</summary>
/// <param name="SeenAt">When that was; more than a few seconds ago: it is gone, or cannot write.</param>
/// <param name="AuditedAt">When it last audited; left out where another does.</param>
/// <param name="AuditFaults">Faults of that round: must be 0.</param>
internal sealed record NodeResponse(
    Guid Id, string Name, string Version, DateTimeOffset StartedAt, DateTimeOffset SeenAt, bool ReadOnly, int Lanes,
    int Queued, DateTimeOffset? AuditedAt, int? AuditedEvents, int? AuditFaults);

/// <summary>PostgreSQL of itself.</summary>
internal sealed record DatabaseResponse(
    string Version, long Connections, long MaxConnections, double OldestTransactionSeconds, long Bytes, int Standbys,
    long? ReplicationLagBytes, bool Archiving, long ArchiveFailures);

/// <summary>A loaded event.</summary>
/// <param name="Title">Left out while the database is away.</param>
/// <param name="Queued">Commands that wait for a batch.</param>
/// <param name="IdleSeconds">Since it was last asked for.</param>
internal sealed record LaneResponse(
    Guid EventId, string? Title, int Queued, double IdleSeconds, int Total, int Available);

/// <summary>A background job of the node.</summary>
/// <param name="Failures">Rounds in a row that failed.</param>
/// <param name="Error">The kind of the last failure.</param>
internal sealed record JobResponse(
    string Name, double IntervalSeconds, long Rounds, int Failures, DateTimeOffset? SucceededAt,
    DateTimeOffset? FailedAt, string? Error, double TookMs);

/// <summary>How full the mail queue is, as last measured.</summary>
/// <param name="Waiting">Mails to be sent.</param>
/// <param name="OldestSeconds">Age of the oldest of them.</param>
internal sealed record MailQueueResponse(int Waiting, double OldestSeconds);

/// <summary>A mail that was given up.</summary>
/// <param name="Domain">Of its address; the rest is nobody's business here.</param>
/// <param name="Error">The server's last words, without addresses.</param>
internal sealed record GivenUpMailResponse(
    Guid Id, string Kind, string Domain, int Attempts, string? Error, DateTimeOffset CreatedAt,
    DateTimeOffset GivenUpAt);

/// <summary>Mails that were given up, the newest first.</summary>
/// <param name="Total">How many there are.</param>
internal sealed record GivenUpMailsResponse(int Total, IReadOnlyList<GivenUpMailResponse> Data);

/// <summary>Mails that are to be tried again.</summary>
internal sealed record RetriedMailsResponse(int Retried);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SystemResponse))]
[JsonSerializable(typeof(GivenUpMailsResponse))]
[JsonSerializable(typeof(RetriedMailsResponse))]
internal sealed partial class SystemJson : JsonSerializerContext;
