using Onsale.Platform.Identity;

namespace Onsale.Server.Selling.Live;

/// <summary>Tells the other nodes of guests that ended here, and this one of theirs.</summary>
internal sealed class EndedGuestRelay(INodeBus bus, EndedGuests ended) : IHostedService
{
    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _subscription = bus.Subscribe(OnMessage);
        ended.EndedHere += OnEnded;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ended.EndedHere -= OnEnded;
        _subscription?.Dispose();
        return Task.CompletedTask;
    }

    private void OnEnded(Guid guestId) => bus.Publish(new GuestEndedMessage(guestId));

    private void OnMessage(NodeMessage message)
    {
        if (message is GuestEndedMessage { GuestId: var guestId })
            ended.Add(guestId);
    }
}
