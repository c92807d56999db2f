using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Primitives;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.Live;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Holds whose caller prefers to hear of them later (<c>Prefer: respond-async</c>, RFC 7240): answered with 202 and the
/// address of a status at once, decided by the same lane and keys as all others.
/// </summary>
internal sealed partial class LaterHolds : IDisposable
{
    private const string Preference = "respond-async";
    private const string Topic = "later";

    private readonly ConcurrentDictionary<Guid, Guid> _underWay = new();
    private readonly HoldAdmission _admission;
    private readonly EventLanes _lanes;
    private readonly BookingResponseMapper _wire;
    private readonly LaterHoldStore _store;
    private readonly LiveHub _live;
    private readonly INodeBus _bus;
    private readonly DrainService _draining;
    private readonly TimeProvider _time;
    private readonly ILogger<LaterHolds> _logger;
    private readonly IDisposable _subscription;

    public LaterHolds(
        HoldAdmission admission, EventLanes lanes, BookingResponseMapper wire, LaterHoldStore store, LiveHub live,
        INodeBus bus, DrainService draining, TimeProvider time, ILogger<LaterHolds> logger)
    {
        (_admission, _lanes, _wire, _store, _live, _bus) = (admission, lanes, wire, store, live, bus);
        (_draining, _time, _logger) = (draining, time, logger);
        _subscription = bus.Subscribe(Topic, OnMessage);
    }

    /// <summary>Whether the caller prefers it.</summary>
    public static bool IsPreferred(HttpRequest request) =>
        request.Headers.TryGetValue("Prefer", out var preferences) && Names(preferences);

    /// <summary>Begins a hold; the answer says where it can be asked for.</summary>
    public (AcceptedLater? Accepted, Problem? Refusal) Begin(
        HttpContext context, EventSettings settings, HoldRequest request, Buyer buyer, string? idempotencyKey)
    {
        if (idempotencyKey is null)
        {
            return (null, Problem.Validation((
                "Idempotency-Key", "Needed with Prefer: respond-async: only by it can a lost outcome be asked for.")));
        }

        if (_underWay.Count >= BookingsLimits.MaxLaterHolds || !_draining.TryBegin())
            return (null, LaneProblems.ToProblem(LaneStatus.Overloaded));
        var id = Guid.CreateVersion7(_time.GetUtcNow());
        _underWay[id] = buyer.Id;
        // The request's own context ends with its answer: what is needed of it is taken before.
        var detached = Detach(context);
        _ = Task.Run(() => RunAsync(id, detached, settings, request, buyer, idempotencyKey));
        return (new AcceptedLater($"/api/v1/events/{settings.EventId}/bookings/requests/{id}"), null);
    }

    /// <summary>What became of one; null: there is none of that id and buyer.</summary>
    public async Task<LaterHold?> FindAsync(
        Guid eventId, Guid id, Guid buyerId, CancellationToken cancellationToken)
    {
        if (await _store.FindAsync(eventId, id, cancellationToken) is { } known)
            return known.BuyerId == buyerId ? known : null;
        if (_underWay.TryGetValue(id, out var buyer))
            return buyer == buyerId ? LaterHold.Pending(id) : null;
        // Another node has it, as long as one can take; ids have the time in them.
        return _time.GetUtcNow() - TimeOf(id) is var age && age > TimeSpan.FromSeconds(-5)
            && age < TimeSpan.FromSeconds(BookingsLimits.MaxLaterSeconds)
                ? LaterHold.Pending(id)
                : null;
    }

    public void Dispose() => _subscription.Dispose();

    private async Task RunAsync(
        Guid id, DefaultHttpContext context, EventSettings settings, HoldRequest request, Buyer buyer,
        string idempotencyKey)
    {
        try
        {
            var answer = await HoldPlaces.HoldAsync(
                context, settings, request, buyer, idempotencyKey, _admission, _lanes, _wire, _time);
            using var body = new MemoryStream();
            context.Response.Body = body;
            await answer.ExecuteAsync(context);
            await context.Response.CompleteAsync();
            await _store.AddAsync(
                settings.EventId, id, buyer.Id, context.Response.StatusCode, body.ToArray(),
                context.Response.Headers.Location);
            Tell(settings.EventId, id);
        }
        catch (Exception exception)
        {
            // Its key tells the caller what became of it.
            LogLost(exception, id);
        }
        finally
        {
            _underWay.TryRemove(id, out _);
            _draining.End();
        }
    }

    /// <summary>What a hold reads of its request.</summary>
    private static DefaultHttpContext Detach(HttpContext context)
    {
        var detached = new DefaultHttpContext { TraceIdentifier = context.TraceIdentifier };
        detached.Connection.RemoteIpAddress = context.Connection.RemoteIpAddress;
        detached.Request.Method = context.Request.Method;
        detached.User = context.User;
        if (context.Request.Headers.TryGetValue(AdmissionGate.Header, out var admission))
            detached.Request.Headers[AdmissionGate.Header] = admission;
        return detached;
    }

    /// <summary>Names no buyer and no outcome: whoever asked knows the id, and asks.</summary>
    private void Tell(Guid eventId, Guid id)
    {
        _live.Announce(eventId, Write(id));
        _bus.Publish(new NodeMessage(Topic, $"{eventId} {id}"));
    }

    private void OnMessage(NodeMessage message)
    {
        if (message.Content.Split(' ') is [var @event, var request]
            && Guid.TryParse(@event, out var eventId) && Guid.TryParse(request, out var id)
            && !_underWay.ContainsKey(id))
        {
            _live.Announce(eventId, Write(id));
        }
    }

    private static byte[] Write(Guid id) =>
        Encoding.ASCII.GetBytes($$"""{"type":"request","request":"{{id}}"}""");

    [LoggerMessage(EventId = 4301, Level = LogLevel.Error,
        Message = "The outcome of hold request {RequestId} is not kept; its key tells it")]
    private partial void LogLost(Exception exception, Guid requestId);

    private static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes) >> 16;
        return id.Version == 7 && milliseconds is > 0 and < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : DateTimeOffset.MinValue;
    }

    private static bool Names(StringValues preferences)
    {
        foreach (var line in preferences)
        {
            foreach (var preference in (line ?? "").Split(','))
            {
                if (preference.Split(';')[0].Trim().Equals(Preference, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
