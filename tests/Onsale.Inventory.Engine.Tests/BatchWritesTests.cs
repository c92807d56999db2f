using FsCheck;
using FsCheck.Fluent;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Inventory.Engine.Tests.Simulation;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Engine.Tests;

public sealed class BatchWritesTests
{
    [Fact]
    public void A_batch_written_at_once_leaves_what_its_changes_leave_one_by_one() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var terms = Settings() with { PayLater = new PayLaterTerms(1, Now.AddDays(2), "Bank") };
            var settings = Hall.Of(terms, ".......", "....", "-", ",,,").Settings;
            var (atOnce, oneByOne) = (new SimulatedTables(settings, 10), new SimulatedTables(settings, 10));
            var random = new Random(seed);
            var office = new BoxOffice(settings);
            var workload = new Workload(office, random);
            for (var batch = 0; batch < 8; batch++)
            {
                office.Now += TimeSpan.FromMinutes(random.Next(4));
                var commands = Enumerable.Range(0, random.Next(1, 25)).Select(_ => workload.Next()).ToArray();
                var decision = office.Batch(commands);
                if (decision.Changes.Count == 0)
                    continue;
                Write(atOnce, office.Now, decision.Changes);
                foreach (var change in decision.Changes)
                    Write(oneByOne, office.Now, [change]);
                ShouldBeSame(atOnce, oneByOne);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_seat_that_changes_hands_in_a_batch_is_written_once()
    {
        var office = new BoxOffice(Hall.Of("..").Inventory);
        office.Succeed(HoldSeats(1, 100, 0, 1));
        var writes = new BatchWrites(office.Batch(new CancelCommand(Id(1), Id(100)), HoldSeats(2, 101, 0)).Changes);
        writes.Seats.OrderBy(write => write.Seat).ShouldBe(
        [
            new SeatWrite(0, SeatState.Held, Id(1), SeatState.Held, Id(2)),
            new SeatWrite(1, SeatState.Held, Id(1), SeatState.Available, null),
        ]);
        writes.UpdatedBookings.ShouldHaveSingleItem().OldState.ShouldBe(BookingState.Held);
        writes.InsertedBookings.ShouldHaveSingleItem().Id.ShouldBe(Id(2));
    }

    [Fact]
    public void What_ends_as_it_began_is_not_written()
    {
        var office = new BoxOffice(Hall.Of("..").Inventory);
        var writes = new BatchWrites(office.Batch(
            Hold(1, 100, new SeatsRequest([0]), new QuantityRequest(Standing, 2)),
            new CancelCommand(Id(1), Id(100))).Changes);
        writes.Seats.ShouldBeEmpty();
        writes.Pools.ShouldBeEmpty();
        writes.UpdatedBookings.ShouldBeEmpty();
        writes.InsertedBookings.ShouldHaveSingleItem().State.ShouldBe(BookingState.Released);
    }

    [Fact]
    public void Tickets_are_issued_by_a_confirmation_and_void_after_a_cancellation()
    {
        var office = BoxOffice.WithBookingIn(BookingState.Paying);
        var writes = new BatchWrites(office.Batch(new ConfirmCommand(Id(1), 1, Codes(1, 2))).Changes);
        var tickets = writes.Tickets.ShouldHaveSingleItem();
        tickets.Booking.Id.ShouldBe(Id(1));
        tickets.Codes.ShouldBe(Codes(1, 2));
        writes.VoidedBookings.ShouldBeEmpty();
        writes.Pools.ShouldBe([new PoolWrite(Standing, -2, 2, 0)]);

        writes = new BatchWrites(office.Batch(new CancelCommand(Id(1), Id(100))).Changes);
        writes.Tickets.ShouldBeEmpty();
        writes.VoidedBookings.ShouldBe([Id(1)]);
        writes.Pools.ShouldBe([new PoolWrite(Standing, 0, -2, 0)]);
    }

    private static void Write(SimulatedTables tables, DateTimeOffset at, IReadOnlyList<Change> changes)
    {
        var commit = new BatchCommit(
            new LogEntry(tables.Version + 1, Id(1), at, changes), new BatchWrites(changes), [], null, 0, 0);
        tables.WhyNot(commit).ShouldBeNull();
        tables.Write(commit);
    }

    private static void ShouldBeSame(SimulatedTables one, SimulatedTables other)
    {
        one.Seats.ShouldBe(other.Seats);
        one.Pools.OrderBy(pool => pool.Key).ShouldBe(other.Pools.OrderBy(pool => pool.Key));
        one.Tickets.OrderBy(ticket => ticket.Key, StringComparer.Ordinal)
            .ShouldBe(other.Tickets.OrderBy(ticket => ticket.Key, StringComparer.Ordinal));
        one.Bookings.Count.ShouldBe(other.Bookings.Count);
        foreach (var (id, booking) in one.Bookings)
            SimulationAuditor.Same(booking, other.Bookings[id]).ShouldBeTrue();
    }

    /// <summary>Commands that succeed often: about bookings of late, with the attempt and the codes that fit.</summary>
    private sealed class Workload(BoxOffice office, Random random)
    {
        private int _ids;

        public InventoryCommand Next()
        {
            var number = random.Next(Math.Max(1, _ids - 30), _ids + 2);
            var booking = office.FindBooking(number);
            var (id, buyer, attempt) = (Id(number), Id(BuyerOf(number)), booking?.Attempts ?? 0);
            return random.Next(12) switch
            {
                10 => random.Next(3) == 0 ? new PayLaterCommand(id, buyer) : new ExtendHoldCommand(id, buyer),
                11 => new ProlongHoldsCommand(office.Now.AddSeconds(-20), office.Now),
                0 or 1 => HoldSeats(++_ids, BuyerOf(_ids), [.. Enumerable.Range(random.Next(12), random.Next(1, 3))]),
                2 => Hold(++_ids, BuyerOf(_ids), new QuantityRequest(
                    random.Next(2) == 0 ? Seated : Hall.Balcony, random.Next(1, 4))),
                3 => HoldStanding(++_ids, BuyerOf(_ids), random.Next(1, 4)),
                4 or 5 => new StartPaymentCommand(id, buyer),
                6 => new ConfirmCommand(
                    id, booking is null ? 99 : Math.Max(1, attempt), Codes(number, booking?.Places.Length ?? 0)),
                7 => new CancelCommand(id, buyer),
                8 => new DeclinePaymentCommand(id, attempt, Release: false),
                _ => random.Next(2) == 0
                    ? new BlockSeatsCommand([random.Next(14)], random.Next(2) == 0)
                    : new BlockPoolCommand(Standing, random.Next(-2, 3)),
            };
        }

        private static int BuyerOf(int booking) => 100 + (booking % 5);
    }
}
