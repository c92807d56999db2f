using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>An event with a waiting room, and what buyers do there.</summary>
internal static class QueueRoom
{
    /// <summary>The settings of a room that lets everybody in as fast as it can.</summary>
    public static RoomSettings Wide => new()
    {
        Mode = RoomMode.Always,
        OpensAt = TimeProvider.System.GetUtcNow().AddHours(-1),
        RatePerMinute = 60_000,
        MaxInside = 1000,
    };

    /// <summary>Sets a room up and waits until the leader has brought it to a phase, and the node knows.</summary>
    public static async Task SetAsync(
        OnsaleNode node, TestEvent @event, RoomSettings settings, RoomPhase? phase = RoomPhase.Open)
    {
        var store = node.Services.GetRequiredService<RoomSettingsStore>();
        await store.SetAsync(@event.Id, settings, activity: null, default);
        if (phase is { } wanted)
            await ShouldBeInAsync(node, @event, wanted);
    }

    public static Task ShouldBeInAsync(OnsaleNode node, TestEvent @event, RoomPhase phase) =>
        Eventually.ShouldBeTrueAsync(
            () => Find(node, @event)?.Phase == phase, $"the room is in phase {phase}");

    public static Room? Find(OnsaleNode node, TestEvent @event) =>
        node.Services.GetRequiredService<Rooms>().Find(@event.Id)?.Room;

    /// <summary>An event whose sale is to come.</summary>
    public static Func<NewEvent, NewEvent> OnSaleIn(TimeSpan time) =>
        made => made with { OnSaleAt = TimeProvider.System.GetUtcNow() + time };

    public static Task<Answer> JoinQueueAsync(this Booker buyer, TestEvent @event, string? pass = null) =>
        buyer.SendAsync(HttpMethod.Post, $"events/{@event.Id}/queue",
            pass is null ? JsonContent.Create(new { }) : JsonContent.Create(new { pass }));

    public static Task<Answer> ClaimAsync(this Booker buyer, TestEvent @event, string pass) =>
        buyer.SendAsync(HttpMethod.Post, $"events/{@event.Id}/queue/admission", JsonContent.Create(new { pass }));

    public static Task<Answer> HoldWithAsync(this Booker buyer, TestEvent @event, string admission) =>
        buyer.With(admission).HoldTicketsAsync(@event, 1);

    public static Task<Answer> LeaveQueueAsync(this Booker buyer, TestEvent @event) =>
        buyer.SendAsync(HttpMethod.Delete, $"events/{@event.Id}/queue");

    public static Task<Answer> QueueAsync(this Booker buyer, TestEvent @event) =>
        buyer.SendAsync(HttpMethod.Get, $"events/{@event.Id}/queue");

    public static string Pass(this Answer place) => place["pass"].GetString()!;

    /// <summary>Joins, waits for its turn and claims: the admission's token.</summary>
    public static async Task<string> AdmitAsync(this Booker buyer, TestEvent @event)
    {
        var place = await buyer.JoinQueueAsync(@event);
        place.Status.ShouldBe(201, place.Body.ToString());
        return (await buyer.ShouldBeAdmittedAsync(@event, place.Pass()))["token"].GetString()!;
    }

    /// <summary>Claims until it is its turn.</summary>
    public static async Task<Answer> ShouldBeAdmittedAsync(this Booker buyer, TestEvent @event, string pass)
    {
        Answer? claim = null;
        await Eventually.ShouldPassAsync(async () =>
        {
            claim = await buyer.ClaimAsync(@event, pass);
            claim.Status.ShouldBe(200, claim.Body.ToString());
        });
        return claim!;
    }
}
