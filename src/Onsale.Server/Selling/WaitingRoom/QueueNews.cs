using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Onsale.Server.Selling.Live;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// Tells the watchers of an event how its line stands: <c>{"type":"queue",…}</c> with the public state, at most once a
/// second and only when it is another.
/// </summary>
internal sealed class QueueNews(Rooms rooms, LiveHub live, IOptions<JsonOptions> json) : IHostedService
{
    private readonly JsonTypeInfo<QueueState> _form =
        (JsonTypeInfo<QueueState>)json.Value.SerializerOptions.GetTypeInfo(typeof(QueueState));

    private HashSet<Guid> _told = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        rooms.Read += Tell;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        rooms.Read -= Tell;
        return Task.CompletedTask;
    }

    private void Tell(IReadOnlyCollection<KnownRoom> known)
    {
        var watched = known.Where(room => room.Room.IsPublished && live.CountOf(room.Room.EventId) > 0).ToList();
        foreach (var room in watched)
            live.Announce(room.Room.EventId, Write(room.Json.Span));
        // A room that was switched off is read no more.
        foreach (var eventId in _told.Except(known.Select(room => room.Room.EventId)))
        {
            live.Announce(eventId, Write(JsonSerializer.SerializeToUtf8Bytes(QueueState.None(eventId), _form)));
        }

        _told = [.. watched.Select(room => room.Room.EventId)];
    }

    /// <summary>The state's own members behind the type.</summary>
    private static byte[] Write(ReadOnlySpan<byte> state) => [.. """{"type":"queue","""u8, .. state[1..]];
}
