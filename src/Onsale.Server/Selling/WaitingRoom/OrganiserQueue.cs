using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// GET and PUT /organisations/{org}/events/{event}/queue: how a room is set, and the controls while it is open (rate up
/// and down, pause, message).
/// </summary>
internal static class OrganiserQueue
{
    private const int DefaultOpensMinutesBefore = 60;
    private const int DefaultRatePerMinute = 600;
    private const int DefaultMaxInside = 500;
    private const int DefaultAdmissionMinutes = 10;

    public static async Task<Results<Ok<QueueOverview>, Problem>> GetAsync(
        string @event, OrganisationAccess access, RoomSettingsStore store, CancellationToken cancellationToken) =>
        Guid.TryParseExact(@event, "D", out var eventId)
        && await store.FindAsync(access.OrganisationId, eventId, cancellationToken) is { } room
            ? TypedResults.Ok(Show(room))
            : Problem.EventNotFound();

    public static async Task<Results<Ok<QueueOverview>, Problem>> SetAsync(
        string @event, QueueSettings request, OrganisationAccess access, RoomSettingsStore store,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(@event, "D", out var eventId)
            || await store.FindAsync(access.OrganisationId, eventId, cancellationToken) is not { } room)
            return Problem.EventNotFound();
        var validation = new Validation();
        validation.Range("ratePerMinute", request.RatePerMinute, 1, WaitingRoomLimits.MaxRatePerMinute);
        validation.Range("maxInside", request.MaxInside, 1, WaitingRoomLimits.MaxInsidePlaces);
        validation.Range("admissionMinutes", request.AdmissionMinutes, 1, WaitingRoomLimits.MaxAdmissionMinutes);
        var message = validation.Text("message", request.Message, 0, WaitingRoomLimits.MaxMessageCharacters);
        validation.Require(
            request.OpensAt.Year is >= WaitingRoomLimits.MinOpensYear and <= WaitingRoomLimits.MaxOpensYear,
            "opensAt", "Must be a time of our days.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var settings = new RoomSettings
        {
            Mode = request.Mode,
            OpensAt = request.OpensAt,
            RatePerMinute = request.RatePerMinute,
            MaxInside = request.MaxInside,
            AdmissionMinutes = request.AdmissionMinutes,
            NeedsAccount = request.NeedsAccount,
            IsPaused = request.Paused,
            Message = message,
        };
        var before = Show(room).Settings;
        await store.SetAsync(
            eventId, settings,
            new Activity(access.Actor, "event.queue-changed", "event", eventId.ToString()) { EventId = eventId }
                .Between(before, request with { Message = message }, store.Form), cancellationToken);
        return await store.FindAsync(access.OrganisationId, eventId, cancellationToken) is { } changed
            ? TypedResults.Ok(Show(changed))
            : Problem.EventNotFound();
    }

    private static QueueOverview Show(OrganisersRoom found)
    {
        var room = found.Room;
        return room is null
            ? new QueueOverview(
                new QueueSettings(
                    RoomMode.Off, found.OnSaleAt.AddMinutes(-DefaultOpensMinutesBefore), DefaultRatePerMinute,
                    DefaultMaxInside, DefaultAdmissionMinutes),
                QueueState.None(found.EventId), 0, 0)
            : new QueueOverview(
                new QueueSettings(
                    room.Mode, room.OpensAt, room.RatePerMinute, room.MaxInside, room.AdmissionMinutes,
                    room.NeedsAccount, room.IsPaused, room.Message),
                QueueState.Of(room), found.Waiting, found.Inside);
    }
}
