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
            var snapshots = new List<AvailabilitySnapshot> { published.Availability.Snapshot() };
            for (var version = 1; version <= 20; version++)
            {
                published.Batch(random.Next(4) switch
                {
                    0 => new BlockSeatsCommand([random.Next(12)], random.Next(2) == 0),
                    1 => new BlockPoolCommand(Standing, random.Next(1, 3)),
                    2 => new CancelCommand(Id(random.Next(version)), Id(100)),
                    _ => HoldSeats(version, 100, random.Next(6), 6 + random.Next(6)),
                });
                if (published.Availability.Version == snapshots.Count)
                    snapshots.Add(published.Availability.Snapshot());
            }

            var now = published.Availability.Snapshot();
            ShouldShow(now, published.Inventory);
            foreach (var then in snapshots)
                ShouldLeadTo(then, published.Availability.ChangesSince(then.Version).ShouldNotBeNull(), now);
            published.Availability.ChangesSince(now.Version + 1).ShouldBeNull();
            published.Availability.ChangesSince(-1).ShouldBeNull();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_snapshot_is_the_same_object_until_something_changes_and_never_changes_itself()
    {
        var published = new Published(Hall.Of("..").Inventory, _time);
        var before = published.Availability.Snapshot();
        published.Availability.Snapshot().ShouldBeSameAs(before);
        published.Batch(HoldSeats(1, 100, 0));
        before.StateOf(0).ShouldBe(SeatState.Available);
        before.Tiers[Seated].Available.ShouldBe(2);
        published.Availability.Snapshot().StateOf(0).ShouldBe(SeatState.Held);
        published.Availability.Snapshot().Tiers[Seated].ShouldBe(new TierAvailability(Seated, 2, 1));
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
        published.Availability.ChangesSince(9).ShouldBeNull();
        published.Availability.ChangesSince(10).ShouldNotBeNull().Seats.ShouldBe([(0, SeatState.Available)]);
        published.Availability.ChangesSince(count).ShouldNotBeNull().Seats.ShouldBeEmpty();
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
        published.Availability.ChangesSince(1).ShouldBeNull();
        published.Availability.ChangesSince(2).ShouldNotBeNull().Seats.Count.ShouldBe(seats);
    }

    [Fact]
    public void A_reload_forgets_the_history_unless_it_is_of_the_same_version()
    {
        var published = new Published(Hall.Of("...").Inventory, _time);
        published.Batch(HoldSeats(1, 100, 0));
        published.Availability.Reset(published.Inventory);
        published.Availability.ChangesSince(0).ShouldNotBeNull().Seats.ShouldBe([(0, SeatState.Held)]);

        published.Inventory.Advance(new LogEntry(5, Id(5), Now, []));
        published.Availability.Reset(published.Inventory);
        published.Availability.ChangesSince(0).ShouldBeNull();
        published.Availability.ChangesSince(1).ShouldBeNull();
        published.Availability.ChangesSince(5).ShouldNotBeNull().Seats.ShouldBeEmpty();
    }

    [Fact]
    public void Deadlines_are_over_by_the_journals_clock_and_the_time_that_passed_since_it_was_read()
    {
        var published = new Published(Hall.Of("..").Inventory, _time);
        published.Batch(HoldSeats(1, 100, 0));
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        published.Availability.HasDueHold.ShouldBeFalse();
        published.Availability.Age.ShouldBe(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        _time.Advance(TimeSpan.FromTicks(1));
        published.Availability.HasDueHold.ShouldBeTrue();

        // The journal's clock is behind: by it there is time left.
        published.Availability.MarkFresh(
            new JournalClock(Now.AddMinutes(9), _time.GetTimestamp()), _time.GetTimestamp());
        published.Availability.Age.ShouldBe(TimeSpan.Zero);
        published.Availability.HasDueHold.ShouldBeFalse();

        published.Batch(new StartPaymentCommand(Id(1), Id(100)));
        published.Availability.HasEndedLease.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(InventoryLimits.PayingLeaseSeconds));
        published.Availability.HasEndedLease.ShouldBeTrue();
        published.Availability.HasDueHold.ShouldBeFalse();
    }

    [Fact]
    public void Ended_leases_are_told_from_memory_earliest_first()
    {
        var published = new Published(Hall.Of("....").Inventory, _time);
        for (var n = 1; n <= 4; n++)
            published.Batch(HoldSeats(n, 100 + n, n - 1));
        for (var n = 3; n >= 1; n--)
        {
            published.Batch(new StartPaymentCommand(Id(n), Id(100 + n)));
            published.Later(TimeSpan.FromSeconds(1));
        }

        published.Batch(new StartPaymentCommand(Id(4), Id(104)));
        published.Batch(new DeclinePaymentCommand(Id(4), 1, Release: true));
        published.Batch(new RenewLeaseCommand(Id(2), 1));
        published.Availability.EndedLeases().ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(InventoryLimits.PayingLeaseSeconds - 1));
        Ended().ShouldBe([Id(3), Id(1)]);
        published.Availability.EndedLeases()[0].Attempt.ShouldBe(1);
        published.Availability.Reset(published.Inventory);
        Ended().ShouldBe([Id(3), Id(1)]);
        published.Batch(new ConfirmCommand(Id(3), 1, Codes(3, 1)));
        _time.Advance(TimeSpan.FromSeconds(InventoryLimits.PayingLeaseSeconds));
        Ended().ShouldBe([Id(1), Id(2)]);

        IEnumerable<Guid> Ended() => published.Availability.EndedLeases().Select(lease => lease.BookingId);
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
        private readonly TimeProvider _time;

        public Published(EventInventory inventory, TimeProvider time)
        {
            (_office, _time, Availability) = (new BoxOffice(inventory), time, new AvailabilityView(time));
            Availability.Reset(inventory);
            MarkFresh();
        }

        public AvailabilityView Availability { get; }

        public EventInventory Inventory => _office.Inventory;

        public void Later(TimeSpan by) => _office.Now += by;

        public void Batch(InventoryCommand command)
        {
            if (_office.Batch(command) is not { Changes: { Count: > 0 } changes })
                return;
            Availability.Publish(
                new LogEntry(Inventory.Version, Inventory.BatchId!.Value, _office.Now, changes), Inventory);
            MarkFresh();
        }

        private void MarkFresh() =>
            Availability.MarkFresh(new JournalClock(_office.Now, _time.GetTimestamp()), _time.GetTimestamp());
    }
}
