using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Reports;

public sealed class SeatSalesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly int[] s_blocked = [19];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Each_sold_seat_has_the_seconds_from_the_beginning_of_the_sale_to_its_payment()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 2, seatsInRow: 10, standing: 5);
        var @event = await made.ToTestEventAsync();
        await BuyAsync(@event, TimeSpan.FromMinutes(-90), 0);
        await BuyAsync(@event, TimeSpan.FromSeconds(42), 3, 4);
        await BuyAsync(@event, TimeSpan.FromDays(3), 11);
        var buyer = await Booker.GuestAsync(_node);
        await buyer.HoldSeatsAsync(@event, 15);
        var onFoot = await buyer.HoldTicketsAsync(@event, 2, tier: 1);
        (await buyer.ConfirmAsync(@event, onFoot.Id)).Status.ShouldBe(200);
        (await made.AskAsync(HttpMethod.Post, "/blocks", new { name = "Sponsor", seats = s_blocked })).Status
            .ShouldBe(201);

        var answer = await made.AskAsync(HttpMethod.Get, "/report/heat-map");

        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer["eventId"].GetGuid().ShouldBe(made.Id);
        Sold(answer).ShouldBe([(0, -5400), (3, 42), (4, 42), (11, 259_200)]);
    }

    [Fact]
    public async Task A_cancelled_booking_is_gone_and_a_moved_one_keeps_its_time_on_its_new_seats()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 10);
        var @event = await made.ToTestEventAsync();
        var cancelled = await BuyAsync(@event, TimeSpan.FromSeconds(10), 0, 1);
        var moved = await BuyAsync(@event, TimeSpan.FromSeconds(60), 3, 4);
        var refunded = await BuyAsync(@event, TimeSpan.FromSeconds(90), 9);
        (await made.AskAsync(HttpMethod.Post, $"/bookings/{cancelled}/cancel", new { reason = "x" })).Status
            .ShouldBe(200);
        (await made.AskAsync(HttpMethod.Patch, $"/bookings/{moved}", new
        {
            seats = new[] { new { from = 3, to = 0 } },
        })).Status.ShouldBe(200);
        // Money went back and the place did not: it is still sold.
        (await made.AskAsync(HttpMethod.Post, $"/bookings/{refunded}/refund", new { reason = "x", amount = 500 }))
            .Status.ShouldBe(200);

        Sold(await made.AskAsync(HttpMethod.Get, "/report/heat-map")).ShouldBe([(0, 60), (4, 60), (9, 90)]);

        // A seat that is sold again has the time of the sale that it is in now.
        await BuyAsync(@event, TimeSpan.FromHours(1), 1);
        Sold(await made.AskAsync(HttpMethod.Get, "/report/heat-map"))
            .ShouldBe([(0, 60), (1, 3600), (4, 60), (9, 90)]);
    }

    [Fact]
    public async Task A_draft_has_sold_nothing_and_another_organisations_event_is_not_found()
    {
        var draft = await OwnEvent.DraftAsync(_node);
        var other = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 4);

        Sold(await draft.AskAsync(HttpMethod.Get, "/report/heat-map")).ShouldBeEmpty();
        (await draft.Organisation.AskAsync(HttpMethod.Get, $"/events/{other.Id}/report/heat-map"))
            .ShouldRefuse(404, "event-not-found");
    }

    /// <summary>A confirmed booking that was paid so long after the beginning of the sale.</summary>
    private async Task<Guid> BuyAsync(TestEvent @event, TimeSpan after, params int[] seats)
    {
        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldSeatsAsync(@event, seats);
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        await _node.DataSource.ExecuteAsync(
            """
            update tickets t set issued_at = e.on_sale_at + $2 from events e
            where e.id = t.event_id and t.booking_id = $1
            """,
            hold.Id, after);
        return hold.Id;
    }

    private static (int, long)[] Sold(Answer answer) =>
        [.. Numbers(answer["seats"]).Zip(Numbers(answer["seconds"]), (seat, at) => ((int)seat, at))];

    private static IEnumerable<long> Numbers(JsonElement array) =>
        array.EnumerateArray().Select(number => number.GetInt64());
}
