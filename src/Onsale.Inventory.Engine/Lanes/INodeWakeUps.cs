namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Tells the other nodes that an event has a new version, and reports theirs. A wake-up is a hint: lost, late or
/// duplicated, no reader is behind for longer than its next look at the journal.
/// </summary>
internal interface INodeWakeUps
{
    /// <summary>This node committed a version. Called by the event's lane, so it must not block or throw.</summary>
    void Publish(Guid eventId, long version);

    /// <summary>Reports the versions that any node committed until disposed.</summary>
    IDisposable Subscribe(Action<Guid, long> onCommitted);
}
