using System.Net;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>What a buyer has bought is shown also when the event's inventory cannot be loaded.</summary>
public sealed class UnloadableEventTests
{
    [Fact]
    public async Task Bookings_tickets_and_calendars_are_shown_while_the_inventory_cannot_be_loaded()
    {
        await using var first = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        var sound = await TestEvent.WithPoolsAsync(first.DataSource, [10]);
        var broken = await TestEvent.WithSeatsAsync(first.DataSource, rows: 2, seatsInRow: 10);
        var guest = await Booker.GuestAsync(first);
        (await guest.HoldTicketsAsync(sound, 1)).Status.ShouldBe(201);
        var hold = await guest.HoldSeatsAsync(broken, 4, 5);
        var confirmed = await guest.ConfirmAsync(broken, hold.Id);
        confirmed.Status.ShouldBe(200);

        // A seat that the plan does not have: no lane can load this event any more.
        await first.DataSource.ExecuteAsync(
            "insert into seats (event_id, ordinal, state) values ($1, 1000000, 3)", broken.Id);
        await using var second = await OnsaleNode.StartAsync(first.Database);
        var there = guest.At(second);

        // The control: what needs the inventory cannot be answered.
        using (var availability = await second.Client.GetAsync($"/api/v1/events/{broken.Id}/availability"))
            ((int)availability.StatusCode).ShouldBeGreaterThanOrEqualTo(500);

        var mine = await there.MineAsync();
        mine.Status.ShouldBe(200);
        mine["data"].GetArrayLength().ShouldBe(2);
        var shown = await there.GetAsync(broken, hold.Id);
        shown.Status.ShouldBe(200);
        shown.Body.ToString().ShouldBe(confirmed.Body.ToString());
        var ticket = confirmed["tickets"][0].GetProperty("id").GetGuid();
        var booking = $"events/{broken.Id}/bookings/{hold.Id}";
        (await GetAsync(second, there, $"{booking}/tickets/{ticket}/qr")).ShouldBe(HttpStatusCode.OK);
        (await GetAsync(second, there, $"{booking}/calendar")).ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode> GetAsync(OnsaleNode node, Booker guest, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{path}");
        request.Headers.Authorization = new("Bearer", guest.Token);
        using var response = await node.Client.SendAsync(request);
        return response.StatusCode;
    }
}
