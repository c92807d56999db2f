namespace Onsale.Server.Selling.Live;

/// <summary>How many watch an event at the other nodes. A node that is not heard of any more is forgotten.</summary>
internal sealed class RemoteViewerCounts(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (int Count, long At)> _nodes = [];

    public void Set(Guid nodeId, int count)
    {
        lock (_gate)
        {
            // Each start of a node is another id: without a bound, restarts would add up.
            if (_nodes.Count < LiveLimits.MaxNodes || _nodes.ContainsKey(nodeId))
                _nodes[nodeId] = (count, time.GetTimestamp());
        }
    }

    public int Sum()
    {
        lock (_gate)
        {
            foreach (var (nodeId, node) in _nodes)
            {
                if (time.GetElapsedTime(node.At).TotalSeconds >= LiveLimits.MaxViewersAgeSeconds)
                    _nodes.Remove(nodeId);
            }

            return _nodes.Values.Sum(node => node.Count);
        }
    }
}
