using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory.Engine.Audit;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class GuestBookingTransferTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_guest_who_signs_in_takes_hold_and_tickets_along()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 2, seatsInRow: 10);
        var (email, guest) = (Auth.NewEmail(), await Booker.GuestAsync(_node));
        await _node.RegisterAsync(email);
        var held = await guest.HoldSeatsAsync(@event, 0, 1);
        var paid = await guest.HoldSeatsAsync(@event, 5);
        (await guest.ConfirmAsync(@event, paid.Id)).Status.ShouldBe(200);

        var account = await SignInAsync(email, guest);

        (await account.GetAsync(@event, held.Id)).State.ShouldBe("held");
        (await account.GetAsync(@event, paid.Id))["tickets"].GetArrayLength().ShouldBe(1);
        (await account.ConfirmAsync(@event, held.Id)).State.ShouldBe("confirmed");
        (await account.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(2);
        (await AuditAsync(@event)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Hold_that_the_account_may_not_have_as_well_is_released()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [20], change: made => made with { MaxTicketsPerBuyer = 4 });
        var (email, guest) = (Auth.NewEmail(), await Booker.GuestAsync(_node));
        var registered = await _node.RegisterAsync(email);
        var owner = new Booker(_node.Client, registered.AccessToken, registered.Id);
        (await owner.HoldTicketsAsync(@event, 3)).Status.ShouldBe(201);
        var held = await guest.HoldTicketsAsync(@event, 2);

        var account = await SignInAsync(email, guest);

        (await account.GetAsync(@event, held.Id)).Code.ShouldBe("booking-not-found");
        await ShouldBecomeAsync(held.Id, state: 3, outcome: 2);
        // The limit is still exact: three, and one more.
        (await account.HoldTicketsAsync(@event, 2)).Code.ShouldBe("limit-exceeded");
        (await account.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        (await AuditAsync(@event)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_guest_has_paid_for_is_never_left_behind()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [20], change: made => made with { MaxTicketsPerBuyer = 4 });
        var (email, guest) = (Auth.NewEmail(), await Booker.GuestAsync(_node));
        var registered = await _node.RegisterAsync(email);
        var owner = new Booker(_node.Client, registered.AccessToken, registered.Id);
        (await owner.HoldTicketsAsync(@event, 2)).Status.ShouldBe(201);
        var paid = await guest.BuyTicketsAsync(@event, 3);
        var held = await guest.HoldTicketsAsync(@event, 1);

        var account = await SignInAsync(email, guest);

        (await account.GetAsync(@event, paid))["tickets"].GetArrayLength().ShouldBe(3);
        // Bought places come first: the hold would have fitted, but does not with them.
        (await account.GetAsync(@event, held.Id)).Code.ShouldBe("booking-not-found");
        (await account.HoldTicketsAsync(@event, 1)).Code.ShouldBe("limit-exceeded");
        (await AuditAsync(@event)).ShouldBeEmpty();
        // Five are more than the four that one buyer may have: that is no fault, and it can be seen.
        await ShouldBecomeAsync(paid, state: 2, outcome: 1);
        (await _node.Services.GetRequiredService<Auditor>().NotesAsync(@event.Id))
            .ShouldHaveSingleItem().ShouldContain(paid.ToString());
    }

    [Fact]
    public async Task More_bookings_than_are_moved_at_a_time_all_arrive()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [200], change: made => made with { MaxTicketsPerBuyer = 200 });
        var (email, guest) = (Auth.NewEmail(), await Booker.GuestAsync(_node));
        await _node.RegisterAsync(email);
        const int bookings = (2 * BookingsLimits.TransferPageBookings) + 10;
        await Task.WhenAll(Enumerable.Range(0, bookings).Select(_ => guest.HoldTicketsAsync(@event, 1)));

        var account = await SignInAsync(email, guest);

        await Eventually.ShouldBeAsync(
            async () => (await account.MineAsync())["meta"].GetProperty("total").GetInt32(), bookings);
        (await AuditAsync(@event)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Event_that_is_busy_does_not_keep_a_sign_in_waiting_and_its_tickets_arrive_later()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [20]);
        var (email, guest) = (Auth.NewEmail(), await Booker.GuestAsync(_node));
        await _node.RegisterAsync(email);
        var paid = await guest.BuyTicketsAsync(@event, 2);

        Booker account;
        await using (await InventoryLock.TakeAsync(_node.DataSource, @event.Id))
        {
            var signingIn = SignInAsync(email, guest);
            account = await signingIn.WaitAsync(TimeSpan.FromSeconds(8)); // the lane waits for its lock 10 s a try
            (await account.GetAsync(@event, paid)).Code.ShouldBe("booking-not-found");
        }

        await Eventually.ShouldBeAsync(async () => (await account.GetAsync(@event, paid)).Status, 200);
        (await account.GetAsync(@event, paid))["tickets"].GetArrayLength().ShouldBe(2);
        (await AuditAsync(@event)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Merge_that_a_crash_left_open_is_worked_off_by_another_node()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [20]);
        var guest = await Booker.GuestAsync(_node);
        var registered = await _node.RegisterAsync();
        var account = new Booker(_node.Client, registered.AccessToken, registered.Id);
        var paid = await guest.BuyTicketsAsync(@event, 2);

        await _node.DataSource.ExecuteAsync(
            "insert into guest_merges (guest_id, account_id) values ($1, $2)", guest.Id, account.Id);

        await Eventually.ShouldBeAsync(async () => (await account.GetAsync(@event, paid)).Status, 200);
        await ShouldBecomeAsync(paid, state: 2, outcome: 0);
    }

    [Theory]
    [InlineData("sim_slow", 200, "confirmed")]
    [InlineData("sim_decline", 402, "held")]
    public async Task What_the_guest_is_just_paying_for_goes_along(string payment, int status, string state)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [20]);
        var (email, guest) = (Auth.NewEmail(), await Booker.GuestAsync(_node));
        await _node.RegisterAsync(email);
        var hold = await guest.HoldTicketsAsync(@event, 2);
        var paying = guest.ConfirmAsync(@event, hold.Id, payment);
        if (state == "confirmed")
        {
            await Eventually.ShouldBeAsync(
                async () => (await guest.GetAsync(@event, hold.Id)).State, "paying", TimeSpan.FromSeconds(10));
        }

        var account = await SignInAsync(email, guest);

        (await paying).Status.ShouldBe(status);
        (await account.GetAsync(@event, hold.Id)).State.ShouldBe(state);
        (await account.MineAsync())["meta"].GetProperty("total").GetInt32().ShouldBe(1);
        (await AuditAsync(@event)).ShouldBeEmpty();
    }

    private Task ShouldBecomeAsync(Guid booking, short state, short outcome) => Eventually.ShouldPassAsync(async () =>
        (await _node.DataSource.QueryAsync<string>("""
            select format('%s %s', b.state, g.outcome) from bookings b
            left join guest_merge_bookings g on g.booking_id = b.id where b.id = $1
            """, booking)).ShouldBe([$"{state} {outcome}"]));

    private async Task<Booker> SignInAsync(string email, Booker guest)
    {
        var signed = await (await _node.PostAsync(
            "login", new { email, password = Auth.Password }, guest.Token)).ShouldSignInAsync(200);
        return new Booker(_node.Client, signed.AccessToken, signed.Id);
    }

    private Task<IReadOnlyList<AuditFault>> AuditAsync(TestEvent @event) =>
        _node.Services.GetRequiredService<Auditor>().AuditAsync(@event.Id);
}
