using Onsale.Inventory.Seating;
using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class SeatNeedsTests
{
    private static QuantityRequest Best(int quantity, SeatNeeds needs = SeatNeeds.None, bool together = false) =>
        new(Seated, quantity, together) { Needs = needs };

    private static int[] SeatsOf(Booking booking) => [.. booking.Places.Select(place => place.Seat).Order()];

    [Fact]
    public void The_best_available_leave_reserved_places_to_those_who_need_them()
    {
        var office = new BoxOffice(Hall.Of("..wc..").Inventory);

        SeatsOf(office.Succeed(Hold(1, 100, Best(2)))).ShouldBe([0, 1]);
        SeatsOf(office.Succeed(Hold(2, 101, Best(2)))).ShouldBe([4, 5]);

        var refused = office.Fail(Hold(3, 102, Best(1)));
        (refused.Reason, refused.Available).ShouldBe((SoldOut, 0));
    }

    [Theory]
    [InlineData(1, new[] { 4 })]
    [InlineData(2, new[] { 4, 5 })]
    [InlineData(3, new[] { 3, 4, 5 })]
    public void Who_needs_a_wheelchairs_place_has_one_and_the_party_beside_it(int size, int[] expected)
    {
        var office = new BoxOffice(Hall.Of("....wc....").Inventory);
        SeatsOf(office.Succeed(Hold(1, 100, Best(size, SeatNeeds.Wheelchair)))).ShouldBe(expected);
        office.Fail(Hold(2, 101, Best(2, SeatNeeds.Wheelchair))).Reason.ShouldBe(NotAdjacent);
    }

    [Fact]
    public void An_aisle_and_a_full_view_are_found_and_not_made_up()
    {
        var office = new BoxOffice(Hall.Of("rr....a", "...r...").Inventory);
        SeatsOf(office.Succeed(Hold(1, 100, Best(2, SeatNeeds.Aisle)))).ShouldBe([5, 6]);
        office.Fail(Hold(2, 101, Best(2, SeatNeeds.Aisle))).Reason.ShouldBe(NotAdjacent);
        office.Fail(Hold(3, 102, Best(4, SeatNeeds.FullView, together: true))).Reason.ShouldBe(NotAdjacent);
        SeatsOf(office.Succeed(Hold(4, 102, Best(3, SeatNeeds.FullView, together: true)))).ShouldBe([2, 3, 4]);
    }

    [Fact]
    public void A_full_view_is_asked_of_every_seat_even_where_a_party_is_apart()
    {
        var office = new BoxOffice(Hall.Of(".r.", "r.r").Inventory);

        SeatsOf(office.Succeed(Hold(1, 100, Best(3, SeatNeeds.FullView)))).ShouldBe([0, 2, 4]);

        var refused = office.Fail(Hold(2, 101, Best(1, SeatNeeds.FullView)));
        (refused.Reason, refused.Available).ShouldBe((SoldOut, 0));
    }

    [Theory]
    [InlineData(new[] { 3 }, new[] { 3 })]
    [InlineData(new[] { 3, 4 }, new[] { 3 })]
    [InlineData(new[] { 2, 3 }, null)]
    [InlineData(new[] { 7, 8, 9 }, null)]
    [InlineData(new[] { 7, 9 }, new[] { 7 })]
    [InlineData(new[] { 2, 8 }, new[] { 8 })]
    [InlineData(new[] { 2 }, null)]
    [InlineData(new[] { 10 }, new[] { 10 })] // across the aisle from the wheelchair's place
    public void A_companions_place_is_sold_only_with_its_wheelchairs_place(int[] seats, int[]? alone)
    {
        var office = new BoxOffice(Hall.Of("..wc...ccw|c").Inventory);
        var hold = HoldSeats(1, 100, seats);
        if (alone is null)
        {
            SeatsOf(office.Succeed(hold)).ShouldBe(seats);
            return;
        }

        var refused = office.Fail(hold);
        refused.Reason.ShouldBe(CompanionAlone);
        refused.Seats.ShouldBe(alone);
    }

    [Fact]
    public void From_the_release_on_reserved_places_are_like_any_others()
    {
        var office = new BoxOffice(
            Hall.Of(Settings() with { CompanionsReleasedAt = Now.AddMinutes(5) }, "wc..").Inventory);
        office.Fail(HoldSeats(1, 100, 1)).Reason.ShouldBe(CompanionAlone);

        office.Now = Now.AddMinutes(5);

        office.Succeed(HoldSeats(1, 100, 1));
        office.Succeed(Hold(2, 101, Best(3)));
    }

    [Fact]
    public void The_organiser_can_move_the_release()
    {
        var office = new BoxOffice(Hall.Of("wc..").Inventory);
        office.Do(new ChangeSettingsCommand(new SettingsPatch { CompanionsReleasedAt = Now.AddTicks(3) }))
            .Refusal.ShouldBeNull();
        office.Inventory.Settings.CompanionsReleasedAt.ShouldBe(Now);
        office.Succeed(HoldSeats(1, 100, 1));
    }
}
