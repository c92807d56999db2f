using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>Holds end by the database's clock and by no other.</summary>
public sealed class ExpiryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20_260_704;

    private static readonly TimeSpan LongerThanAHold = TimeSpan.FromSeconds(61);

    private string _database = "";
    private DatabaseClock _clock = null!;

    public async Task InitializeAsync()
    {
        _database = await TestCluster.PrivateDatabaseAsync();
        _clock = await DatabaseClock.InstallAsync(_database);
    }

    public async Task DisposeAsync() => await _clock.DisposeAsync();

    /// <summary>
    /// In each round all confirmations, rivals for the same seats, and the end of the holds' time come together in an
    /// order of chance, at two nodes whose own clocks are off by as much in opposite directions.
    /// </summary>
    [LongTheory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task Of_confirmation_and_expiry_exactly_one_wins(int minutesOff)
    {
        const int rounds = 25, seats = 60;
        await using var system = await StartAsync(minutesOff);
        var random = new Random(Seed + minutesOff);
        var (confirmed, expired) = (0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var @event = await TestEvent.WithSeatsAsync(system.DataSource, rows: 6, seatsInRow: 10, ShortHolds);
            var races = await Task.WhenAll(Enumerable.Range(0, seats).Select(
                seat => Race.BeginAsync(system, @event, seat, random.Next(2))));

            var steps = races.Select(race => (Func<Task>)race.ConfirmAsync)
                .Concat(races.Select(race => (Func<Task>)race.RivalAsync))
                .Append(() => _clock.MoveAsync(LongerThanAHold)).ToArray();
            random.Shuffle(steps);
            await Task.WhenAll(steps.Select(step => step()));

            foreach (var race in races)
                _ = await race.ShouldHaveOneWinnerAsync() ? confirmed++ : expired++;
            await system.Nodes[round % 2].ShouldBeSoundAsync(@event);
        }

        output.WriteLine($"Seed {Seed}: {confirmed} confirmed, {expired} expired");
        confirmed.ShouldBeGreaterThan(rounds);
        expired.ShouldBeGreaterThan(rounds);
        system.Watch.Alarms.ShouldBe(0);
    }

    [Fact]
    public async Task A_node_whose_clock_is_off_sells_holds_and_refuses_like_any_other()
    {
        await using var system = await StartAsync(minutesOff: 10);
        var now = await _clock.NowAsync();
        var selling = await TestEvent.WithPoolsAsync(system.DataSource, [100], made => ShortHolds(made) with
        {
            OnSaleAt = now.AddMinutes(-5),
            OffSaleAt = now.AddMinutes(5),
        });
        var upcoming = await TestEvent.WithPoolsAsync(
            system.DataSource, [100], made => made with { OnSaleAt = now.AddMinutes(5) });
        var ended = await TestEvent.WithPoolsAsync(
            system.DataSource, [100], made => made with { OffSaleAt = now.AddMinutes(-5) });
        foreach (var node in system.Nodes)
        {
            var buyer = system.Crowds[0].Join().At(node);
            var hold = await buyer.HoldTicketsAsync(selling, 1);
            hold.Status.ShouldBe(201);
            var expires = hold["expiresAt"].GetDateTimeOffset();
            expires.ShouldBeInRange(now.AddMinutes(1), (await _clock.NowAsync()).AddMinutes(1));
            (await buyer.GetAsync(selling, hold.Id)).State.ShouldBe("held");
            (await buyer.ConfirmAsync(selling, hold.Id)).State.ShouldBe("confirmed");

            var early = await buyer.HoldTicketsAsync(upcoming, 1);
            (early.Code, early["saleStatus"].GetString()).ShouldBe(("not-on-sale", "upcoming"));
            var late = await buyer.HoldTicketsAsync(ended, 1);
            (late.Code, late["saleStatus"].GetString()).ShouldBe(("not-on-sale", "ended"));
        }

        await system.Nodes[0].ShouldBeSoundAsync(selling);
    }

    [Fact]
    public async Task A_hold_whose_time_is_up_is_free_at_once_for_the_next_command()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithSeatsAsync(node.DataSource, rows: 1, seatsInRow: 10, ShortHolds);
        var (first, second) = (crowd.Join(), crowd.Join());
        var hold = await first.HoldSeatsAsync(@event, 3, 4);
        (await second.HoldSeatsAsync(@event, 4)).Code.ShouldBe("seats-unavailable");

        await _clock.MoveAsync(LongerThanAHold);
        await node.Services.GetRequiredService<EventLanes>().FindLoaded(@event.Id)!.TooOldToRefuseAsync();

        // Nobody has swept: the row still says held.
        (await second.HoldSeatsAsync(@event, 4)).Status.ShouldBe(201);
        (await first.ConfirmAsync(@event, hold.Id)).Code.ShouldBe("hold-expired");
        (await first.GetAsync(@event, hold.Id)).State.ShouldBe("expired");
        (await first.CancelAsync(@event, hold.Id)).State.ShouldBe("expired");
        (await first.HoldSeatsAsync(@event, 3)).Status.ShouldBe(201);
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task An_expired_hold_cannot_be_confirmed_even_if_its_places_are_still_free()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10], ShortHolds);
        var buyer = crowd.Join();
        var hold = await buyer.HoldTicketsAsync(@event, 1);

        await _clock.MoveAsync(LongerThanAHold);

        (await buyer.GetAsync(@event, hold.Id)).State.ShouldBe("expired");
        var late = await buyer.ConfirmAsync(@event, hold.Id);
        (late.Status, late.Code).ShouldBe((409, "hold-expired"));
        (await node.DataSource.CountAsync("payments", "event_id = $1", @event.Id)).ShouldBe(0, "nothing is charged");
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task The_sweeper_makes_the_end_of_a_hold_visible_within_a_second_or_so()
    {
        await using var node = await OnsaleNode.StartAsync(_database);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10], ShortHolds);
        await crowd.Join().HoldTicketsAsync(@event, 1);
        await _clock.MoveAsync(TimeSpan.FromSeconds(57));
        // By this one the node hears how late it is; nobody says anything after it.
        var last = await crowd.Join().HoldTicketsAsync(@event, 1);
        last.Status.ShouldBe(201);

        await Eventually.ShouldBeAsync(
            () => node.DataSource.CountAsync("bookings", "event_id = $1 and state = 4", @event.Id), 1);

        var visible = (await node.DataSource.QueryAsync<double>("""
            select extract(epoch from clock.clock_timestamp() - held_until)::float8 from bookings
            where event_id = $1 and state = 4
            """, @event.Id))[0];
        output.WriteLine($"Visible {visible:0.00} s after its end");
        visible.ShouldBeInRange(0, 3);
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_hold_that_no_node_remembers_is_swept_all_the_same()
    {
        TestEvent @event;
        await using (var gone = await OnsaleNode.StartAsync(_database))
        using (var crowd = new Crowd(gone))
        {
            @event = await TestEvent.WithPoolsAsync(gone.DataSource, [10], ShortHolds);
            (await crowd.Join().HoldTicketsAsync(@event, 2)).Status.ShouldBe(201);
        }

        await _clock.MoveAsync(LongerThanAHold);
        await using var node = await OnsaleNode.StartAsync(_database);

        await Eventually.ShouldBeAsync(
            () => node.DataSource.CountAsync("pools", "event_id = $1 and held = 0", @event.Id), 1);
        await node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_payment_in_flight_keeps_its_places_and_a_second_confirm_gets_the_same_answer()
    {
        await using var system = await StartAsync(minutesOff: 0);
        var @event = await TestEvent.WithSeatsAsync(system.DataSource, rows: 1, seatsInRow: 10, ShortHolds);
        var (buyer, rival) = (system.Crowds[0].Join(), system.Crowds[0].Join());
        var hold = await buyer.HoldSeatsAsync(@event, 3);

        var paying = buyer.ConfirmAsync(@event, hold.Id, "sim_slow");
        await Eventually.ShouldBeAsync(async () => (await buyer.GetAsync(@event, hold.Id)).State, "paying");
        await _clock.MoveAsync(LongerThanAHold);
        var again = buyer.At(system.Nodes[1]).ConfirmAsync(@event, hold.Id);

        (await rival.HoldSeatsAsync(@event, 3)).Code.ShouldBe("seats-unavailable");
        var first = await paying;
        (first.Status, first.State).ShouldBe((200, "confirmed"));
        (await again).Body.GetRawText().ShouldBe(first.Body.GetRawText());
        (await system.DataSource.CountAsync("payments", "event_id = $1", @event.Id)).ShouldBe(1, "charged once");
        await system.ShouldEndSoundAsync(@event);
    }

    private static NewEvent ShortHolds(NewEvent made) => made with { HoldMinutes = 1 };

    private Task<TwoNodes> StartAsync(int minutesOff) => TwoNodes.StartAsync(_database,
        [
            new ShiftedClock { Shift = TimeSpan.FromMinutes(minutesOff) },
            new ShiftedClock { Shift = -TimeSpan.FromMinutes(minutesOff) },
        ]);

    /// <summary>One seat: who holds it confirms at one node while a rival asks for it at the other.</summary>
    private sealed class Race(TestEvent @event, int seat, Booker holder, Booker rival, Guid booking)
    {
        private Answer? _confirmation;
        private Answer? _rivals;

        public static async Task<Race> BeginAsync(TwoNodes system, TestEvent @event, int seat, int node)
        {
            // Tokens come from the node that is ahead: the other would find its own ones' time not yet over.
            var holder = system.Crowds[0].Join().At(system.Crowds[node].Client);
            var rival = system.Crowds[0].Join().At(system.Crowds[1 - node].Client);
            var hold = await holder.HoldSeatsAsync(@event, seat);
            hold.Status.ShouldBe(201);
            return new Race(@event, seat, holder, rival, hold.Id);
        }

        public async Task ConfirmAsync() => _confirmation = await holder.ConfirmAsync(@event, booking);

        public async Task RivalAsync() => _rivals = await rival.HoldSeatsAsync(@event, seat);

        /// <summary>True: the confirmation.</summary>
        public async Task<bool> ShouldHaveOneWinnerAsync()
        {
            if (_confirmation!.Status == 200)
            {
                _rivals!.Code.ShouldBe("seats-unavailable");
                (await holder.GetAsync(@event, booking)).State.ShouldBe("confirmed");
                (await rival.HoldSeatsAsync(@event, seat)).Code.ShouldBe("seats-unavailable");
                return true;
            }

            (_confirmation.Status, _confirmation.Code).ShouldBe((409, "hold-expired"));
            (await holder.GetAsync(@event, booking)).State.ShouldBe("expired");
            // The rival came in time, or too early and tries again: refusals from memory notice within 50 ms that the
            // database's clock has jumped, as only a test's does.
            if (_rivals!.Status != 201)
            {
                await Eventually.ShouldBeAsync(
                    async () => (await rival.HoldSeatsAsync(@event, seat)).Status, 201, TimeSpan.FromSeconds(2));
            }

            return false;
        }
    }
}
