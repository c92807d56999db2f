using System.Globalization;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;

namespace Onsale.Server;

/// <summary>Carries the engine's wake-ups over the node bus.</summary>
internal sealed class NodeWakeUps(INodeBus bus) : INodeWakeUps
{
    private const string Topic = "c";

    public void Publish(Guid eventId, long version) => bus.Publish(Write(eventId, version));

    public IDisposable Subscribe(Action<Guid, long> onCommitted) => bus.Subscribe(Topic, message =>
    {
        if (Read(message) is { } committed)
            onCommitted(committed.EventId, committed.Version);
    });

    internal static NodeMessage Write(Guid eventId, long version) =>
        new(Topic, string.Create(CultureInfo.InvariantCulture, $"{eventId} {version}"));

    /// <summary>Null: another version of the program wrote it.</summary>
    internal static (Guid EventId, long Version)? Read(NodeMessage message) =>
        message.Content.Split(' ') is [var id, var number]
        && Guid.TryParse(id, out var eventId)
        && long.TryParse(number, CultureInfo.InvariantCulture, out var version)
            ? (eventId, version)
            : null;
}
