using System.Buffers;
using System.Text;
using System.Text.Json;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Selling.Live;

/// <summary>One message, written once and shared by all watchers and protocols.</summary>
/// <param name="WebSocket">A frame with a text.</param>
/// <param name="ServerSentEvent">The same as an event of <c>text/event-stream</c>.</param>
internal sealed record LiveFrame(ReadOnlyMemory<byte> WebSocket, ReadOnlyMemory<byte> ServerSentEvent)
{
    /// <summary>A comment line: a sign of life that a reader of server-sent events passes over.</summary>
    public static ReadOnlyMemory<byte> ServerSentPing { get; } = ": ping\n\n"u8.ToArray();

    public static LiveFrame Snapshot(AvailabilitySnapshot snapshot, EventSettings settings) =>
        Write(snapshot.Version, writer =>
        {
            writer.WriteString("type", "snapshot");
            writer.WriteNumber("version", snapshot.Version);
            writer.WriteBase64String("seats", snapshot.Seats.Span);
            WriteTiers(writer, snapshot.Tiers, settings, withTotal: true);
        });

    public static LiveFrame Changes(AvailabilityChanges changes, EventSettings settings) =>
        Write(changes.Version, writer =>
        {
            writer.WriteString("type", "changes");
            writer.WriteNumber("version", changes.Version);
            writer.WriteNumber("from", changes.From);
            WriteSeats(writer, "available", changes, SeatState.Available);
            WriteSeats(writer, "held", changes, SeatState.Held);
            WriteSeats(writer, "sold", changes, SeatState.Sold);
            WriteSeats(writer, "blocked", changes, SeatState.Blocked);
            WriteTiers(writer, changes.Tiers, settings, withTotal: false);
        });

    public static LiveFrame Viewers(int count) => Write(null, writer =>
    {
        writer.WriteString("type", "viewers");
        writer.WriteNumber("count", count);
    });

    /// <summary>The event itself has changed: its page should be read again.</summary>
    public static LiveFrame Event(EventSettings settings) => Write(null, writer =>
    {
        writer.WriteString("type", "event");
        writer.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(settings.Status.ToString()));
        writer.WriteString("onSaleAt", settings.OnSaleAt.UtcDateTime);
        writer.WriteString("offSaleAt", settings.OffSaleAt.UtcDateTime);
    });

    /// <summary>A message that another module has written: one object of JSON without line breaks.</summary>
    public static LiveFrame Of(ReadOnlySpan<byte> json) => Write(version: null, json);

    private static LiveFrame Write(long? version, Action<Utf8JsonWriter> members)
    {
        var json = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Write(version, json.WrittenSpan);
    }

    private static LiveFrame Write(long? version, ReadOnlySpan<byte> json)
    {
        // JSON written without indentation has no line break, so the message is one data line.
        var prefix = Encoding.ASCII.GetBytes(version is null ? "data: " : $"id: {version}\ndata: ");
        byte[] webSocket = [.. WebSocketFrames.TextHeader(json.Length), .. json];
        byte[] serverSentEvent = [.. prefix, .. json, (byte)'\n', (byte)'\n'];
        return new LiveFrame(webSocket, serverSentEvent);
    }

    private static void WriteSeats(Utf8JsonWriter writer, string name, AvailabilityChanges changes, SeatState state)
    {
        writer.WriteStartArray(name);
        foreach (var (seat, now) in changes.Seats)
        {
            if (now == state)
                writer.WriteNumberValue(seat);
        }

        writer.WriteEndArray();
    }

    private static void WriteTiers(
        Utf8JsonWriter writer, IReadOnlyList<TierAvailability> tiers, EventSettings settings, bool withTotal)
    {
        writer.WriteStartArray("tiers");
        foreach (var tier in tiers)
        {
            // The settings may be a moment older or newer than the places.
            if (tier.Tier >= settings.Tiers.Count)
                continue;
            writer.WriteStartObject();
            writer.WriteString("id", settings.Tiers[tier.Tier].Id);
            if (withTotal)
                writer.WriteNumber("total", tier.Total);
            writer.WriteNumber("available", tier.Available);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
