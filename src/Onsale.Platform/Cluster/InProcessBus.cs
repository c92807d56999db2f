using System.Collections.Immutable;

namespace Onsale.Platform.Cluster;

/// <summary>The bus of a single node: its own subscribers are all there are.</summary>
internal sealed class InProcessBus(ILogger logger) : INodeBus
{
    private ImmutableList<Subscription> _subscriptions = [];

    public void Publish(NodeMessage message)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            if (string.Equals(subscription.Topic, message.Topic, StringComparison.Ordinal))
                Deliver(subscription.Handler, message);
        }
    }

    public IDisposable Subscribe(string topic, Action<NodeMessage> handler)
    {
        var subscription = new Subscription(this, topic, handler);
        ImmutableInterlocked.Update(ref _subscriptions, all => all.Add(subscription));
        return subscription;
    }

    private void Deliver(Action<NodeMessage> handler, NodeMessage message)
    {
        try
        {
            handler(message);
        }
        catch (Exception exception)
        {
            // A defect of one subscriber must reach neither the publisher, an event's lane, nor the other subscribers.
            ClusterLog.SubscriberFailed(logger, exception, message.Topic);
        }
    }

    private sealed class Subscription(InProcessBus bus, string topic, Action<NodeMessage> handler) : IDisposable
    {
        public string Topic => topic;

        public Action<NodeMessage> Handler => handler;

        public void Dispose() => ImmutableInterlocked.Update(ref bus._subscriptions, all => all.Remove(this));
    }
}
