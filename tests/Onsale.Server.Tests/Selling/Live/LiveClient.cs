using System.Net.WebSockets;
using System.Text.Json;
using Onsale.Inventory;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>
/// A client as the contract describes one: takes the snapshot, applies changes, and holds every message to what it
/// promises. Reads as it goes; a test asks for the state it has come to.
/// </summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;
    private SeatState[] _seats = [];

    /// <summary>What is wrong with what came, if anything.</summary>
    public string? Fault { get; private set; }

    public long Version { get; private set; } = -1;

    public int Snapshots { get; private set; }

    public int Changes { get; private set; }

    public List<JsonElement> Messages { get; } = [];

    public Dictionary<Guid, int> Available { get; } = [];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public bool HasEnded => _reading.IsCompleted;

    public static async Task<LiveClient> ConnectAsync(OnsaleNode node, Guid eventId, LiveClient? resume = null)
    {
        var client = new LiveClient();
        if (resume is not null)
        {
            lock (resume._gate)
                (client._seats, client.Version) = ((SeatState[])resume._seats.Clone(), resume.Version);
        }

        var query = resume is null ? "" : $"?version={client.Version}";
        await client._socket.ConnectAsync(
            new Uri($"ws://{node.Address.Authority}/api/v1/events/{eventId}/live{query}"), CancellationToken.None);
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>The state of every seat as the client has it.</summary>
    public SeatState[] Seats()
    {
        lock (_gate)
            return (SeatState[])_seats.Clone();
    }

    /// <summary>Waits for a version or a later one.</summary>
    public Task ReachAsync(long version, TimeSpan? deadline = null) => Eventually.ShouldPassAsync(() =>
    {
        Fault.ShouldBeNull();
        Version.ShouldBeGreaterThanOrEqualTo(version);
        return Task.CompletedTask;
    }, deadline);

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _stopping.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await _socket.ReceiveAsync(buffer.AsMemory(length), _stopping.Token);
                    length += received.Count;
                }
                while (!received.EndOfMessage);
                if (received.MessageType == WebSocketMessageType.Close)
                    return;
                lock (_gate)
                    Take(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length)));
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // Cut, by the test or by the server: the test asks why.
        }
    }

    private void Take(JsonElement message)
    {
        Messages.Add(message);
        switch (message.GetProperty("type").GetString())
        {
            case "snapshot":
                Snapshots++;
                TakeSnapshot(message);
                break;
            case "changes":
                Changes++;
                TakeChanges(message);
                break;
        }
    }

    private void TakeSnapshot(JsonElement message)
    {
        var version = message.GetProperty("version").GetInt64();
        if (version < Version)
            Fault ??= $"A snapshot of version {version} after {Version}.";
        Version = version;
        var packed = message.GetProperty("seats").GetBytesFromBase64();
        _seats = new SeatState[packed.Length * 4];
        for (var seat = 0; seat < _seats.Length; seat++)
            _seats[seat] = (SeatState)((packed[seat >> 2] >> ((seat & 3) * 2)) & 3);
        TakeTiers(message);
    }

    private void TakeChanges(JsonElement message)
    {
        var (from, version) = (message.GetProperty("from").GetInt64(), message.GetProperty("version").GetInt64());
        if (from != Version)
            Fault ??= $"Changes from version {from} to {version}, but the last message was version {Version}.";
        Version = version;
        foreach (var state in Enum.GetValues<SeatState>())
        {
            foreach (var seat in message.GetProperty(
                JsonNamingPolicy.CamelCase.ConvertName(state.ToString())).EnumerateArray())
                _seats[seat.GetInt32()] = state;
        }

        TakeTiers(message);
    }

    private void TakeTiers(JsonElement message)
    {
        foreach (var tier in message.GetProperty("tiers").EnumerateArray())
            Available[tier.GetProperty("id").GetGuid()] = tier.GetProperty("available").GetInt32();
    }
}
