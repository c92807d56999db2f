namespace Onsale.Server.Selling.Live;

/// <summary>Something one node tells the others.</summary>
internal abstract record NodeMessage;

/// <summary>A version of an event's inventory was committed.</summary>
internal sealed record CommittedMessage(Guid EventId, long Version) : NodeMessage;

/// <summary>So many watch an event at a node.</summary>
internal sealed record ViewersMessage(Guid EventId, Guid NodeId, int Count) : NodeMessage;

/// <summary>A guest's identity has ended in an account.</summary>
internal sealed record GuestEndedMessage(Guid GuestId) : NodeMessage;

/// <summary>
/// Between nodes. A message is a wake-up, never the truth: it may be lost, doubled or late, and nothing is wrong for
/// longer than the next look at the journal.
/// </summary>
internal interface INodeBus
{
    /// <summary>Tells every subscriber, on this node and the others. Never waits and never throws.</summary>
    void Publish(NodeMessage message);

    /// <summary>Calls <paramref name="handler"/> for each message until disposed. The handler must not block.</summary>
    IDisposable Subscribe(Action<NodeMessage> handler);
}
