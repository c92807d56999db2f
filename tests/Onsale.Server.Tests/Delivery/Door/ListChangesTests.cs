using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Delivery.Door;
using Onsale.Server.Selling.Payments;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Door;

/// <summary>What a device is told of tickets after it has loaded its list.</summary>
public sealed class ListChangesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task Tickets_that_were_sold_or_cancelled_since_are_told_and_holds_are_not()
    {
        var door = await OpenDoor.OpenAsync(Node);
        await door.SellAsync(2);
        var device = await DoorDevice.PairAsync(door, showsNames: true);
        var (began, version) = await PositionAsync(device);

        await door.SellAsync(2, name: "Bo Late");
        await door.SellAsync(1, cancel: true);
        var guest = await Booker.GuestAsync(Node);
        await guest.HoldTicketsAsync(door.Event, 1);

        var (list, state) = await NewsAsync(device, began, told =>
        {
            told.GetProperty("names").EnumerateArray().Count(name => name.GetString() == "Bo Late").ShouldBe(2);
            told.GetProperty("cancelled").GetArrayLength().ShouldBe(1);
        });
        // The first two may be told again: a transaction elsewhere was older than the position.
        var count = list.GetProperty("tiers").GetArrayLength();
        count.ShouldBeInRange(3, 5);
        list.GetProperty("codes").GetBytesFromBase64().Length.ShouldBe(count * DoorHash.CodeBytes);
        list.TryGetProperty("next", out _).ShouldBeFalse();
        state.GetProperty("listVersion").GetInt64().ShouldBe(version, "sales and holds are no reason to load anew");
        // Only once, from the position that the answer named.
        var after = state.GetProperty("changesAfter").GetString()!;
        (await device.AskAsync(HttpMethod.Get, $"changes?after={after}")).Body.TryGetProperty("list", out _)
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Disputes_are_told_when_they_begin_and_when_they_are_won()
    {
        var door = await OpenDoor.OpenAsync(Node);
        await door.SellAsync(2);
        var device = await DoorDevice.PairAsync(door);
        var payment = await PaymentAsync(door);
        var dispute = new Dispute(
            House.NewId(), "dp_1", DisputeState.Open, 5000, "EUR", "fraudulent", AnswerBy: null);
        var disputes = Node.Services.GetRequiredService<DisputeStore>();
        var (began, _) = await PositionAsync(device);

        await disputes.SetAsync(payment, dispute);
        var (_, state) = await NewsAsync(
            device, began, list => list.GetProperty("disputed").GetArrayLength().ShouldBe(2));

        await disputes.SetAsync(payment, dispute with { State = DisputeState.Won });
        await NewsAsync(
            device, state.GetProperty("changesAfter").GetString()!,
            list => list.GetProperty("disputed").GetArrayLength().ShouldBe(0));
    }

    [Fact]
    public async Task More_news_than_one_answer_tells_mean_that_the_list_is_loaded_anew()
    {
        var door = await OpenDoor.OpenAsync(Node);
        await door.SellAsync(1);
        var device = await DoorDevice.PairAsync(door);
        var (began, _) = await PositionAsync(device);
        await Node.DataSource.ExecuteAsync(
            """
            insert into tickets (event_id, id, booking_id, line, code, issued_at)
            select t.event_id, gen_random_uuid(), t.booking_id, 0, lpad(n::text, 16, '0'), now()
            from tickets t cross join generate_series(1, $2) n where t.event_id = $1
            """, door.EventId, DoorLimits.ListTickets + 1);

        await Eventually.ShouldPassAsync(async () =>
        {
            var answer = await device.AskAsync(HttpMethod.Get, $"changes?after={began}");
            answer["reload"].GetBoolean().ShouldBeTrue();
            answer.Body.TryGetProperty("list", out _).ShouldBeFalse();
        });
    }

    private static async Task<(string After, long Version)> PositionAsync(DoorDevice device)
    {
        var state = (await device.AskAsync(HttpMethod.Get, "event"))["state"];
        return (state.GetProperty("changesAfter").GetString()!, state.GetProperty("listVersion").GetInt64());
    }

    /// <summary>What is new; told once no other transaction of the server is older than it.</summary>
    private static async Task<(JsonElement List, JsonElement State)> NewsAsync(
        DoorDevice device, string after, Action<JsonElement> assert)
    {
        Answer? answer = null;
        await Eventually.ShouldPassAsync(async () =>
        {
            answer = await device.AskAsync(HttpMethod.Get, $"changes?after={after}");
            answer.Status.ShouldBe(200, answer.Body.ToString());
            assert(answer["list"]);
        });
        return (answer!["list"], answer["state"]);
    }

    private async Task<Payment> PaymentAsync(OpenDoor door)
    {
        var bookings = await Node.DataSource.QueryAsync<Guid>(
            "select booking_id from payments where event_id = $1", door.EventId);
        return (await Node.Services.GetRequiredService<PaymentStore>().FindAsync(
            door.EventId, bookings.Single(), 1))!;
    }
}
