using static Onsale.Inventory.BookingState;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class BookingStateTests
{
    private static readonly (BookingState? From, BookingState To)[] s_allowed =
    [
        (null, Held),
        (Held, Held), (Held, Paying), (Held, Confirmed), (Held, Released), (Held, Expired),
        (Paying, Held), (Paying, Paying), (Paying, Confirmed), (Paying, Released), (Paying, Expired),
        (Confirmed, Cancelled),
    ];

    public static TheoryData<BookingState?, BookingState> AllPairs()
    {
        var pairs = new TheoryData<BookingState?, BookingState>();
        foreach (var to in Enum.GetValues<BookingState>())
        {
            pairs.Add(null, to);
            foreach (var from in Enum.GetValues<BookingState>())
                pairs.Add(from, to);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(AllPairs))]
    public void A_booking_goes_where_the_table_says_and_nowhere_else(BookingState? from, BookingState to)
    {
        var isAllowed = s_allowed.Contains((from, to));
        BookingStates.CanGo(from, to).ShouldBe(isAllowed);

        var office = from is { } state ? BoxOffice.WithBookingIn(state) : new BoxOffice(Settings());
        var booking = from is null
            ? BoxOffice.WithBookingIn(Held).BookingOf(1) with { State = to }
            : office.BookingOf(1) with { State = to, PayingUntil = to == Paying ? office.Now.AddMinutes(2) : null };
        void Apply() => office.Inventory.Apply(new BookingChanged(from, booking));
        if (isAllowed)
            Apply();
        else
            Should.Throw<InventoryCorruptException>(Apply);
    }

    [Theory]
    [InlineData(Held, Occupancy.Held, SeatState.Held)]
    [InlineData(Paying, Occupancy.Held, SeatState.Held)]
    [InlineData(Confirmed, Occupancy.Sold, SeatState.Sold)]
    [InlineData(Released, Occupancy.None, SeatState.Available)]
    [InlineData(Expired, Occupancy.None, SeatState.Available)]
    [InlineData(Cancelled, Occupancy.None, SeatState.Available)]
    public void Each_state_does_one_thing_to_its_places(BookingState state, Occupancy occupancy, SeatState seat)
    {
        BookingStates.OccupancyOf(state).ShouldBe(occupancy);
        BookingStates.SeatStateOf(occupancy).ShouldBe(seat);
        var counts = BoxOffice.WithBookingIn(state).Inventory.CountsOf(Standing);
        counts.Held.ShouldBe(occupancy == Occupancy.Held ? 2 : 0);
        counts.Sold.ShouldBe(occupancy == Occupancy.Sold ? 2 : 0);
    }

    [Fact]
    public void An_entry_that_speaks_of_another_state_than_the_booking_has_is_corrupt()
    {
        var office = BoxOffice.WithBookingIn(Held);
        var booking = office.BookingOf(1);
        Should.Throw<InventoryCorruptException>(() =>
            office.Inventory.Apply(new BookingChanged(Paying, booking with { State = Confirmed })));
        Should.Throw<InventoryCorruptException>(() => office.Inventory.Apply(new BookingChanged(null, booking)));
        Should.Throw<InventoryCorruptException>(() => office.Inventory.Apply(
            new BookingChanged(Held, booking with { Id = Id(99), State = Released })));
    }

    /// <summary>
    /// What each command does to a booking in each state: a new state, a refusal, or "the same again".
    /// </summary>
    public static TheoryData<string, BookingState, object> CommandsByState() => new()
    {
        { "start", Held, Paying },
        { "start", Paying, PaymentInProgress },
        { "start", Confirmed, "replay" },
        { "start", Released, HoldExpired },
        { "start", Expired, HoldExpired },
        { "start", Cancelled, AlreadyCancelled },

        { "extend", Held, Held },
        { "extend", Paying, PaymentInProgress },
        { "extend", Confirmed, NotExtendable },
        { "extend", Released, HoldExpired },
        { "extend", Expired, HoldExpired },
        { "extend", Cancelled, AlreadyCancelled },

        { "confirm", Held, StalePaymentAttempt },
        { "confirm", Paying, Confirmed },
        { "confirm", Confirmed, "replay" },
        { "confirm", Released, StalePaymentAttempt },
        { "confirm", Expired, StalePaymentAttempt },
        { "confirm", Cancelled, StalePaymentAttempt },

        { "confirm free", Held, HoldExpired }, // it is not free
        { "confirm free", Paying, HoldExpired },
        { "confirm free", Confirmed, HoldExpired }, // what confirmed it was a payment
        { "confirm free", Released, HoldExpired },
        { "confirm free", Expired, HoldExpired },
        { "confirm free", Cancelled, HoldExpired },

        { "decline", Held, StalePaymentAttempt },
        { "decline", Paying, Held },
        { "decline", Confirmed, StalePaymentAttempt },
        { "decline", Released, StalePaymentAttempt },
        { "decline", Expired, StalePaymentAttempt },
        { "decline", Cancelled, StalePaymentAttempt },

        { "decline and release", Paying, Released },

        { "renew", Held, StalePaymentAttempt },
        { "renew", Paying, Paying },
        { "renew", Confirmed, StalePaymentAttempt },
        { "renew", Released, StalePaymentAttempt },
        { "renew", Expired, StalePaymentAttempt },
        { "renew", Cancelled, StalePaymentAttempt },

        { "cancel", Held, Released },
        { "cancel", Paying, PaymentInProgress },
        { "cancel", Confirmed, Cancelled },
        { "cancel", Released, "replay" },
        { "cancel", Expired, "replay" },
        { "cancel", Cancelled, "replay" },
    };

    [Theory]
    [MemberData(nameof(CommandsByState))]
    public void Each_command_does_to_each_state_what_the_table_says(string name, BookingState state, object expected)
    {
        var office = BoxOffice.WithBookingIn(state);
        var before = office.BookingOf(1);
        var decision = office.Batch(CommandOf(name, Id(1), Id(100)));
        var result = decision.Results.ShouldHaveSingleItem();
        switch (expected)
        {
            case RefusalReason reason:
                result.Refusal.ShouldNotBeNull().Reason.ShouldBe(reason);
                decision.Changes.ShouldBeEmpty();
                break;
            case BookingState to:
                result.Refusal.ShouldBeNull();
                result.IsReplay.ShouldBeFalse();
                result.Booking.ShouldNotBeNull().State.ShouldBe(to);
                var change = decision.Changes.ShouldHaveSingleItem().ShouldBeOfType<BookingChanged>();
                change.From.ShouldBe(state);
                change.Booking.Version.ShouldBe(before.Version + 1);
                change.Booking.HeldUntil.ShouldBe(before.HeldUntil.AddMinutes(name == "extend" ? 5 : 0));
                (change.Booking.PayingUntil is not null).ShouldBe(to == Paying);
                break;
            default:
                result.Refusal.ShouldBeNull();
                result.IsReplay.ShouldBeTrue();
                result.Booking.ShouldBe(before);
                decision.Changes.ShouldBeEmpty();
                break;
        }
    }

    [Theory]
    [InlineData("start")]
    [InlineData("extend")]
    [InlineData("confirm")]
    [InlineData("confirm free")]
    [InlineData("decline")]
    [InlineData("renew")]
    [InlineData("cancel")]
    public void No_command_finds_a_booking_that_is_not_there(string name) =>
        new BoxOffice(Settings()).Fail(CommandOf(name, Id(77), Id(100))).Reason.ShouldBe(BookingNotFound);

    [Theory]
    [InlineData("start")]
    [InlineData("extend")]
    [InlineData("cancel")]
    public void Anothers_booking_is_not_found_in_any_state(string name)
    {
        foreach (var state in Enum.GetValues<BookingState>())
            BoxOffice.WithBookingIn(state).Fail(CommandOf(name, Id(1), Id(101))).Reason.ShouldBe(BookingNotFound);
    }

    private static InventoryCommand CommandOf(string name, Guid booking, Guid buyer) => name switch
    {
        "start" => new StartPaymentCommand(booking, buyer),
        "extend" => new ExtendHoldCommand(booking, buyer),
        "confirm" => new ConfirmCommand(booking, 1, Codes(1, 2)),
        "confirm free" => new ConfirmCommand(booking, 0, Codes(1, 2)),
        "decline" => new DeclinePaymentCommand(booking, 1, Release: false),
        "decline and release" => new DeclinePaymentCommand(booking, 1, Release: true),
        "renew" => new RenewLeaseCommand(booking, 1),
        "cancel" => new CancelCommand(booking, buyer),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
