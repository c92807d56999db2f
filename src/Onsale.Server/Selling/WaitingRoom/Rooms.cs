using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>A room as this node knows it, and what it says to all who ask.</summary>
internal sealed class KnownRoom(Room room, HoldMeter meter, JsonTypeInfo<QueueState> form)
{
    private readonly Lazy<(string ETag, CompressedBody Body, byte[] Json)> _written = new(() =>
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(QueueState.Of(room), form);
        return (EntityTags.OfContent(json), new CompressedBody(json), json);
    });

    public Room Room => room;

    public HoldMeter Meter => meter;

    public string ETag => _written.Value.ETag;

    public CompressedBody Body => _written.Value.Body;

    /// <summary>The public state.</summary>
    public ReadOnlyMemory<byte> Json => _written.Value.Json;
}

/// <summary>
/// The rooms of all events in this node's memory, read every second: requests ask no database, and an event without a
/// room costs a look at a small dictionary, or at an empty one.
/// </summary>
internal sealed class Rooms(RoomStore store, IOptions<JsonOptions> json, TimeProvider time)
    : IHostedLifecycleService, IDisposable
{
    private readonly JsonTypeInfo<QueueState> _form =
        (JsonTypeInfo<QueueState>)json.Value.SerializerOptions.GetTypeInfo(typeof(QueueState));

    private readonly ConcurrentDictionary<(Guid EventId, Guid BuyerId), EndedAdmission> _ended = new();
    private readonly SemaphoreSlim _reading = new(1);
    private FrozenDictionary<Guid, KnownRoom> _rooms = FrozenDictionary<Guid, KnownRoom>.Empty;
    private long _readAt;
    private TimeSpan _clockAhead;

    /// <summary>The rooms were read again.</summary>
    public event Action<IReadOnlyCollection<KnownRoom>>? Read;

    public IReadOnlyCollection<KnownRoom> All => _rooms.Values;

    /// <summary>About the database's time, whatever this node's clock says.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + _clockAhead;

    /// <summary>The room of an event; null: it has none, or has it switched off.</summary>
    public KnownRoom? Find(Guid eventId) => _rooms.TryGetValue(eventId, out var room) ? room : null;

    /// <summary>The room of the event that a route names, if it is open to join.</summary>
    public Room? FindOpen(string id) =>
        Guid.TryParseExact(id, "D", out var eventId)
        && Find(eventId)?.Room is { IsPublished: true, Phase: not RoomPhase.Closed } room
            ? room
            : null;

    /// <summary>Whether an admission has ended before its time.</summary>
    public bool HasEnded(QueueToken admission) =>
        _ended.TryGetValue((admission.EventId, admission.BuyerId), out var ended)
        && (admission.Era, admission.Number).CompareTo((ended.Era, ended.Number)) <= 0;

    /// <summary>Before anything is served: a node that did not know the rooms would let everybody in.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    /// <summary>One round: all rooms, and the admissions that have ended since the last one.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var back = _readAt == 0
                ? TimeSpan.FromMinutes(WaitingRoomLimits.MaxAdmissionMinutes)
                : time.GetElapsedTime(_readAt) + TimeSpan.FromSeconds(WaitingRoomLimits.EndedOverlapSeconds);
            var started = time.GetTimestamp();
            var (rooms, now) = await store.ReadAllAsync(cancellationToken);
            if (now is { } databaseTime)
                _clockAhead = databaseTime - time.GetUtcNow();
            if (rooms.Count > 0)
                KeepEnded(await store.FindEndedAsync(back.TotalSeconds, cancellationToken));
            _rooms = rooms.ToFrozenDictionary(
                room => room.EventId,
                room => new KnownRoom(room, Find(room.EventId)?.Meter ?? new HoldMeter(time), _form));
            _readAt = started;
        }
        finally
        {
            _reading.Release();
        }

        Read?.Invoke(_rooms.Values);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _reading.Dispose();

    private void KeepEnded(IReadOnlyList<EndedAdmission> ended)
    {
        // Tokens of admissions that ended long ago have come to their own end: starting anew forgets nothing of use.
        if (_ended.Count + ended.Count > WaitingRoomLimits.MaxEndedAdmissions)
            _ended.Clear();
        foreach (var one in ended)
            _ended[(one.EventId, one.BuyerId)] = one;
    }
}
