using FsCheck;
using FsCheck.Fluent;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

public sealed class AvailabilityViewTests
{
    private readonly SimulatedTime _time = new();

    [Fact]
    public void A_board_shows_the_inventory_and_what_changed_since_any_version_it_remembers() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var published = new Published(Hall.Of("......", "...", "-", ",,,").Inventory, _time);
            var snapshots = new List<AvailabilitySnapshot> { published.Board.Snapshot() };
            for (var version = 1; version <= 20; version++)
            {
                published.Batch(random.Next(4) switch
                {
                    0 => new BlockSeatsCommand([random.Next(12)], random.Next(2) == 0),
                    1 => new BlockPoolCommand(Standing, random.Next(1, 3)),
                    2 => new CancelCommand(Id(random.Next(version)), Id(100)),
                    _ => HoldSeats(version, 100, random.Next(6), 6 + random.Next(6)),
                });
                if (published.Board.Version == snapshots.Count)
                    snapshots.Add(published.Board.Snapshot());
            }

            var now = published.Board.Snapshot();
            ShouldShow(now, published.Inventory);
            foreach (var then in snapshots)
                ShouldLeadTo(then, published.Board.ChangesSince(then.Version).ShouldNotBeNull(), now);
            published.Board.ChangesSince(now.Version + 1).ShouldBeNull();
            published.Board.ChangesSince(-1).ShouldBeNull();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_snapshot_is_the_same_object_until_something_changes_and_never_changes_itself()
    {
        var published = new Published(Hall.Of("..").Inventory, _time);
        var before = published.Board.Snapshot();
        published.Board.Snapshot().ShouldBeSameAs(before);
        published.Batch(HoldSeats(1, 100, 0));
        before.StateOf(0).ShouldBe(SeatState.Available);
        before.Tiers[Seated].Available.ShouldBe(2);
        published.Board.Snapshot().StateOf(0).ShouldBe(SeatState.Held);
        published.Board.Snapshot().Tiers[Seated].ShouldBe(new TierAvailability(Seated, 2, 1));
    }

    [Fact]
    public void Nothing_is_shown_before_something_is_loaded()
    {
        var board = new AvailabilityView(_time);
        board.IsLoaded.ShouldBeFalse();
        board.HasDueHold.ShouldBeFalse();
        board.ChangesSince(0).ShouldBeNull();
    }

    [Fact]
    public void The_history_is_bounded_by_versions()
    {
        var published = new Published(Hall.Of("..").Inventory, _time);
        const int count = LaneLimits.MaxHistoryVersions + 10;
        for (var version = 1; version <= count; version++)
            published.Batch(new BlockSeatsCommand([0], Blocked: version % 2 == 1));
        published.Board.ChangesSince(9).ShouldBeNull();
        published.Board.ChangesSince(10).ShouldNotBeNull().Seats.ShouldBe([(0, SeatState.Available)]);
        published.Board.ChangesSince(count).ShouldNotBeNull().Seats.ShouldBeEmpty();
    }

    [Fact]
    public void The_history_is_bounded_by_seats()
    {
        const int seats = 30_000;
        var layout = new SeatLayout(
            new byte[seats], [0], [0], new float[seats], [.. Enumerable.Range(1, seats).Select(next => next < seats)]);
        var published = new Published(InventoryOf(Settings(layout)), _time);
        for (var version = 1; version <= 4; version++)
            published.Batch(new BlockSeatsCommand([.. Enumerable.Range(0, seats)], Blocked: version % 2 == 1));
        published.Board.ChangesSince(1).ShouldBeNull();
        published.Board.ChangesSince(2).ShouldNotBeNull().Seats.Count.ShouldBe(seats);
    }

    [Fact]
    public void A_reload_forgets_the_history_unless_it_is_of_the_same_version()
    {
        var published = new Published(Hall.Of("...").Inventory, _time);
        published.Batch(HoldSeats(1, 100, 0));
        published.Board.Reset(published.Inventory);
        published.Board.ChangesSince(0).ShouldNotBeNull().Seats.ShouldBe([(0, SeatState.Held)]);

        published.Inventory.Advance(5, Now);
        published.Board.Reset(published.Inventory);
        published.Board.ChangesSince(0).ShouldBeNull();
        published.Board.ChangesSince(1).ShouldBeNull();
        published.Board.ChangesSince(5).ShouldNotBeNull().Seats.ShouldBeEmpty();
    }

    [Fact]
    public void Deadlines_are_over_by_the_journals_clock_and_the_time_that_passed_since_it_was_read()
    {
        var published = new Published(Hall.Of("..").Inventory, _time);
        published.Batch(HoldSeats(1, 100, 0));
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        published.Board.HasDueHold.ShouldBeFalse();
        published.Board.Age.ShouldBe(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        _time.Advance(TimeSpan.FromTicks(1));
        published.Board.HasDueHold.ShouldBeTrue();

        // The journal's clock is behind: by it there is time left.
        published.Board.MarkFresh(Now.AddMinutes(9));
        published.Board.Age.ShouldBe(TimeSpan.Zero);
        published.Board.HasDueHold.ShouldBeFalse();

        published.Batch(new StartPaymentCommand(Id(1), Id(100)));
        published.Board.HasEndedLease.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(InventoryLimits.PayingLeaseSeconds));
        published.Board.HasEndedLease.ShouldBeTrue();
        published.Board.HasDueHold.ShouldBeFalse();
    }

    private static void ShouldShow(AvailabilitySnapshot snapshot, EventInventory inventory)
    {
        snapshot.Version.ShouldBe(inventory.Version);
        snapshot.SeatCount.ShouldBe(inventory.Seats.SeatCount);
        snapshot.Seats.ToArray().ShouldBe(inventory.Seats.Bytes.ToArray());
        snapshot.Tiers.ShouldBe(inventory.Settings.Tiers.Select((_, tier) => new TierAvailability(
            tier, inventory.CountsOf(tier).Total - inventory.CountsOf(tier).Blocked,
            inventory.CountsOf(tier).Available)));
    }

    private static void ShouldLeadTo(AvailabilitySnapshot then, AvailabilityChanges changes, AvailabilitySnapshot now)
    {
        changes.From.ShouldBe(then.Version);
        changes.Version.ShouldBe(now.Version);
        changes.Tiers.ShouldBe(now.Tiers);
        changes.Seats.Select(change => change.Seat)
            .ShouldBe(changes.Seats.Select(change => change.Seat).Distinct().Order());
        var seats = Enumerable.Range(0, then.SeatCount).Select(then.StateOf).ToArray();
        foreach (var (seat, state) in changes.Seats)
            seats[seat] = state;
        seats.ShouldBe(Enumerable.Range(0, now.SeatCount).Select(now.StateOf));
    }

    private sealed class Published
    {
        private readonly BoxOffice _office;

        public Published(EventInventory inventory, TimeProvider time)
        {
            (_office, Board) = (new BoxOffice(inventory), new AvailabilityView(time));
            Board.Reset(inventory);
            Board.MarkFresh(_office.Now);
        }

        public AvailabilityView Board { get; }

        public EventInventory Inventory => _office.Inventory;

        public void Batch(InventoryCommand command)
        {
            if (_office.Batch(command) is { Changes: { Count: > 0 } changes })
                Board.Publish(new LogEntry(Inventory.Version, Id(0), _office.Now, changes), Inventory);
        }
    }
}
