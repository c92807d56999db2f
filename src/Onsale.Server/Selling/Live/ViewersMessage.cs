using System.Globalization;
using Onsale.Platform.Cluster;

namespace Onsale.Server.Selling.Live;

/// <summary>How many connections watch an event at a node.</summary>
internal sealed record ViewersMessage(Guid EventId, Guid NodeId, int Count)
{
    public const string Topic = "v";

    public NodeMessage Write() =>
        new(Topic, string.Create(CultureInfo.InvariantCulture, $"{EventId} {NodeId} {Count}"));

    /// <summary>Null: another version of the program wrote it.</summary>
    public static ViewersMessage? Read(NodeMessage message) =>
        message.Content.Split(' ') is [var id, var node, var number]
        && Guid.TryParse(id, out var eventId) && Guid.TryParse(node, out var nodeId)
        && int.TryParse(number, CultureInfo.InvariantCulture, out var count)
            ? new ViewersMessage(eventId, nodeId, count)
            : null;
}
