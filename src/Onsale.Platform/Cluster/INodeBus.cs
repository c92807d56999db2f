namespace Onsale.Platform.Cluster;

/// <summary>A message from one node to all nodes.</summary>
/// <param name="Topic">One word without spaces, owned by one module.</param>
/// <param name="Content">That module's own text.</param>
internal sealed record NodeMessage(string Topic, string Content);

/// <summary>
/// Between nodes. A message is a hint, never the truth: it may be lost, duplicated or late, and its subscriber must
/// stay correct without it.
/// </summary>
internal interface INodeBus
{
    /// <summary>Sends to every subscriber, on this node and the others. Never waits and never throws.</summary>
    void Publish(NodeMessage message);

    /// <summary>
    /// Calls <paramref name="handler"/> for each message of a topic until disposed. The handler must not block.
    /// </summary>
    IDisposable Subscribe(string topic, Action<NodeMessage> handler);
}
