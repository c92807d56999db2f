using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings.Counter;

public sealed class SeatChangeTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task A_booking_gets_other_seats_keeps_its_tickets_and_frees_its_old_ones()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 8);
        var @event = await made.ToTestEventAsync();
        var (guest, booking) = await BuyAsync(@event, 0, 1);
        var codes = await CodesAsync(guest, @event, booking);

        var moved = await MoveAsync(made, booking, (0, 6), (1, 7));

        moved.Status.ShouldBe(200, moved.Body.ToString());
        SeatsOf(moved).ShouldBe([6, 7]);
        moved["total"].GetProperty("amount").GetInt64().ShouldBe(9000);
        moved["history"].EnumerateArray().Select(one => one.GetProperty("what").GetString()).Last().ShouldBe("moved");
        (await CodesAsync(guest, @event, booking)).ShouldBe(codes);
        (await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 7)).ShouldRefuse(409, "seats-unavailable");
        (await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 0, 1)).Status.ShouldBe(201);
        // Repeated, it changes nothing: its answer may have been lost.
        (await MoveAsync(made, booking, (0, 6), (1, 7))).Status.ShouldBe(200);
        (await made.Organisation.AskAsync(HttpMethod.Get, "/activity?action=booking.moved"))["data"]
            .GetArrayLength().ShouldBe(1);
        await _node.ShouldBeSoundAsync(@event);
        (await guest.CancelAsync(@event, booking)).Status.ShouldBeOneOf(200, 409);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Seats_that_are_not_free_or_not_the_bookings_change_nothing()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 8);
        var @event = await made.ToTestEventAsync();
        var (_, booking) = await BuyAsync(@event, 0, 1);
        await BuyAsync(@event, 4);

        (await MoveAsync(made, booking, (0, 3), (1, 4))).ShouldRefuse(409, "seats-unavailable");
        foreach (var moves in new (int, int)[][]
                 { [], [(2, 5)], [(0, 5), (0, 6)], [(0, 5), (1, 5)], [(0, 99)], [(-1, 5)] })
        {
            (await MoveAsync(made, booking, moves)).ShouldRefuse(400, "validation");
        }

        // With a name that is right: nothing of a request that is refused takes effect.
        (await made.AskAsync(HttpMethod.Patch, $"/bookings/{booking}", new
        {
            name = "Ada",
            seats = new[] { new { from = 0, to = 4 } },
        })).ShouldRefuse(409, "seats-unavailable");
        var shown = await made.AskAsync(HttpMethod.Get, $"/bookings/{booking}");
        SeatsOf(shown).ShouldBe([0, 1]);
        shown.Body.TryGetProperty("name", out _).ShouldBeFalse();
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Only_a_confirmed_booking_of_the_event_is_moved()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 4);
        var @event = await made.ToTestEventAsync();
        var held = await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 0);
        var other = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 4);
        var (_, foreign) = await BuyAsync(await other.ToTestEventAsync(), 0);

        (await MoveAsync(made, held.Id, (0, 1))).ShouldRefuse(409, "not-confirmed");
        (await MoveAsync(made, foreign, (0, 1))).ShouldRefuse(404, "booking-not-found");
        (await MoveAsync(made, House.NewId(), (0, 1))).ShouldRefuse(404, "booking-not-found");
    }

    [Fact]
    public async Task Of_a_seat_that_many_want_at_once_one_booking_has_it()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 1, seatsInRow: 12);
        var @event = await made.ToTestEventAsync();
        var bookings = new List<Guid>();
        for (var seat = 0; seat < 10; seat++)
            bookings.Add((await BuyAsync(@event, seat)).Booking);
        var guest = await Booker.GuestAsync(_node);

        var moves = bookings.Select((booking, seat) => MoveAsync(made, booking, (seat, 11))).ToList();
        var hold = await guest.HoldSeatsAsync(@event, 11);
        var answers = await Task.WhenAll(moves);

        (answers.Count(answer => answer.Status == 200) + (hold.Status == 201 ? 1 : 0)).ShouldBe(1);
        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Code == "seats-unavailable");
        await _node.ShouldBeSoundAsync(@event);
    }

    private static Task<Answer> MoveAsync(OwnEvent made, Guid booking, params (int From, int To)[] moves) =>
        made.AskAsync(HttpMethod.Patch, $"/bookings/{booking}", new
        {
            seats = moves.Select(move => new { from = move.From, to = move.To }),
        });

    private static int[] SeatsOf(Answer answer) =>
        [.. answer["items"].EnumerateArray().Select(item => item.GetProperty("seat").GetInt32())];

    private static async Task<string[]> CodesAsync(Booker guest, TestEvent @event, Guid booking) =>
        [.. (await guest.GetAsync(@event, booking))["tickets"].EnumerateArray()
            .Select(ticket => ticket.GetProperty("code").GetString()!)];

    private async Task<(Booker Guest, Guid Booking)> BuyAsync(TestEvent @event, params int[] seats)
    {
        var guest = await Booker.GuestAsync(_node);
        var hold = await guest.HoldSeatsAsync(@event, seats);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        (await guest.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        return (guest, hold.Id);
    }
}
