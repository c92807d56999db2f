using Npgsql;
using Onsale.Inventory;

namespace Onsale.Server.Delivery.Outbox;

/// <summary>Makes something of each entry of the change log, exactly once.</summary>
internal interface IOutboxConsumer
{
    /// <summary>Under which its place in each event's log is kept: never changed.</summary>
    string Name { get; }

    /// <summary>Whether an entry has anything for it: asked at each commit, so it must be quick.</summary>
    bool IsInterestedIn(LogEntry entry);

    /// <summary>
    /// Handles entries in order, in the connection's transaction: what it writes is committed with its place, or not
    /// at all.
    /// </summary>
    Task HandleAsync(
        NpgsqlConnection connection, Guid eventId, IReadOnlyList<LogEntry> entries,
        CancellationToken cancellationToken);
}
