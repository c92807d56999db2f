using Onsale.Platform.Cluster;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>Tells the other nodes of guests that ended here, and this one of theirs.</summary>
internal sealed class EndedGuestRelay(INodeBus bus, EndedGuests ended) : IHostedService
{
    private const string Topic = "guest-ended";

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = bus.Subscribe(Topic, OnMessage);
        ended.EndedHere += OnEnded;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ended.EndedHere -= OnEnded;
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    private void OnEnded(Guid guestId) => bus.Publish(new NodeMessage(Topic, guestId.ToString()));

    private void OnMessage(NodeMessage message)
    {
        if (Guid.TryParse(message.Content, out var guestId))
            ended.Add(guestId);
    }
}
