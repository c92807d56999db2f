using System.Collections.Immutable;

namespace Onsale.Server.Selling.Live;

/// <summary>The bus of a single node: its subscribers are all there are.</summary>
internal sealed class InProcessBus(ILogger logger) : INodeBus
{
    private ImmutableList<Action<NodeMessage>> _handlers = [];

    public void Publish(NodeMessage message)
    {
        foreach (var handler in Volatile.Read(ref _handlers))
            Tell(handler, message);
    }

    public IDisposable Subscribe(Action<NodeMessage> handler)
    {
        ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Add(handler));
        return new Subscription(() => ImmutableInterlocked.Update(ref _handlers, handlers => handlers.Remove(handler)));
    }

    private void Tell(Action<NodeMessage> handler, NodeMessage message)
    {
        try
        {
            handler(message);
        }
        catch (Exception exception)
        {
            // A defect of one subscriber. The publisher is an event's lane, and the other subscribers wait too.
            LiveLog.SubscriberFailed(logger, exception);
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
