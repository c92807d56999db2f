using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class BookingFlowTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_guest_holds_two_seats_pays_and_has_tickets()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);

        var hold = await guest.HoldSeatsAsync(@event, 4, 5);

        hold.Status.ShouldBe(201);
        hold.State.ShouldBe("held");
        hold.Headers.Location!.ToString().ShouldBe($"/api/v1/events/{@event.Id}/bookings/{hold.Id}");
        hold["total"].GetProperty("amount").GetInt64().ShouldBe(9000);
        hold["items"][0].GetProperty("label").GetString().ShouldStartWith("Block 1");

        var confirmed = await guest.ConfirmAsync(@event, hold.Id);

        confirmed.Status.ShouldBe(200);
        confirmed.State.ShouldBe("confirmed");
        confirmed["tickets"].GetArrayLength().ShouldBe(2);
        confirmed["tickets"][0].GetProperty("code").GetString()!.Length.ShouldBe(16);

        var again = await guest.ConfirmAsync(@event, hold.Id);
        again.Body.ToString().ShouldBe(confirmed.Body.ToString());
        (await guest.GetAsync(@event, hold.Id)).Body.ToString().ShouldBe(confirmed.Body.ToString());
        (await guest.MineAsync())["data"][0].GetProperty("booking").GetProperty("id").GetGuid().ShouldBe(hold.Id);
    }

    [Fact]
    public async Task A_seat_that_is_taken_is_refused_and_named()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 10);
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        (await first.HoldSeatsAsync(@event, 4, 5)).Status.ShouldBe(201);

        var refused = await second.HoldSeatsAsync(@event, 5, 6);

        refused.Status.ShouldBe(409);
        refused.Code.ShouldBe("seats-unavailable");
        refused["seats"].EnumerateArray().Select(seat => seat.GetInt32()).ShouldBe([5]);
        (await second.HoldSeatsAsync(@event, 6)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_declined_payment_leaves_the_hold_three_times_and_then_gives_it_back()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);
        var guest = await Booker.GuestAsync(_node);
        var hold = await guest.HoldTicketsAsync(@event, 2);

        foreach (var left in new[] { 2, 1, 0 })
        {
            var declined = await guest.ConfirmAsync(@event, hold.Id, "sim_decline");
            declined.Status.ShouldBe(402);
            declined.Code.ShouldBe("payment-declined");
            declined["attemptsLeft"].GetInt32().ShouldBe(left);
        }

        (await guest.GetAsync(@event, hold.Id)).State.ShouldBe("released");
        (await guest.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("hold-expired");
    }

    [Fact]
    public async Task A_decline_can_release_at_once()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        var hold = await first.HoldTicketsAsync(@event, 1);

        (await first.ConfirmAsync(@event, hold.Id, "sim_decline", release: true)).Status.ShouldBe(402);

        (await second.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Releasing_frees_the_places_and_repeats_the_same_answer()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        var hold = await first.HoldTicketsAsync(@event, 1);

        var released = await first.CancelAsync(@event, hold.Id);

        released.Status.ShouldBe(200);
        released.State.ShouldBe("released");
        (await first.CancelAsync(@event, hold.Id)).Body.ToString().ShouldBe(released.Body.ToString());
        (await second.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_confirmed_booking_is_cancelled_where_the_policy_allows_and_refunded()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1], change: made => made with
        {
            CancellableUntil = made.StartsAt.AddDays(-1),
        });
        var strict = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        var guest = await Booker.GuestAsync(_node);
        var hold = await guest.HoldTicketsAsync(@event, 1);
        var kept = await guest.HoldTicketsAsync(strict, 1);
        (await guest.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        (await guest.ConfirmAsync(strict, kept.Id)).Status.ShouldBe(200);

        (await guest.CancelAsync(@event, hold.Id)).State.ShouldBe("cancelled");
        (await guest.CancelAsync(@event, hold.Id)).State.ShouldBe("cancelled");
        (await guest.CancelAsync(strict, kept.Id)).Code.ShouldBe("not-cancellable");

        (await guest.GetAsync(@event, hold.Id))["tickets"][0].GetProperty("valid").GetBoolean().ShouldBeFalse();
        await using var command = _node.DataSource.CreateCommand("select state from payments where booking_id = $1");
        command.Parameters.Add(new() { Value = hold.Id });
        ((short)(await command.ExecuteScalarAsync())!).ShouldBe((short)4);
        (await guest.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("already-cancelled");
        var ticket = (await guest.GetAsync(@event, hold.Id))["tickets"][0].GetProperty("id").GetGuid();
        foreach (var paper in new[] { "calendar", $"tickets/{ticket}/qr" })
        {
            var answer = await guest.SendAsync(HttpMethod.Get, $"events/{@event.Id}/bookings/{hold.Id}/{paper}");
            (answer.Status, answer.Code).ShouldBe((404, "not-found"), paper);
        }
    }

    [Fact]
    public async Task A_booking_stays_its_buyers_when_the_event_becomes_a_draft_again()
    {
        var (withdrawn, other) = (
            await TestEvent.WithPoolsAsync(_node.DataSource, [5]),
            await TestEvent.WithPoolsAsync(_node.DataSource, [5]));
        var guest = await Booker.GuestAsync(_node);
        var (first, second) = (await guest.HoldTicketsAsync(withdrawn, 1), await guest.HoldTicketsAsync(other, 1));
        await using var command = _node.DataSource.CreateCommand("""
            with event as (update events set status = 0 where id = $1 returning id)
            update inventory set settings_version = settings_version + 1 from event where event_id = event.id
            """);
        command.Parameters.Add(new() { Value = withdrawn.Id });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        // The node notices with the event's next batch.
        await Eventually.ShouldBeAsync(
            async () => (await guest.HoldTicketsAsync(withdrawn, 1)).Code, "event-not-found");

        var mine = await guest.MineAsync();

        mine.Status.ShouldBe(200, mine.Body.ToString());
        mine["data"].EnumerateArray().Select(one => one.GetProperty("booking").GetProperty("id").GetGuid())
            .ShouldBe([second.Id, first.Id]);
        (await guest.GetAsync(withdrawn, first.Id)).State.ShouldBe("held");
        (await guest.ConfirmAsync(withdrawn, first.Id)).Code.ShouldBe("not-on-sale");
        (await guest.CancelAsync(withdrawn, first.Id)).State.ShouldBe("released");
    }

    [Fact]
    public async Task Another_buyers_booking_is_not_found()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        var (owner, other) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        var hold = await owner.HoldTicketsAsync(@event, 1);

        (await other.GetAsync(@event, hold.Id)).Code.ShouldBe("booking-not-found");
        (await other.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("booking-not-found");
        (await other.CancelAsync(@event, hold.Id)).Code.ShouldBe("booking-not-found");
        (await owner.GetAsync(@event, hold.Id)).State.ShouldBe("held");
    }
}
