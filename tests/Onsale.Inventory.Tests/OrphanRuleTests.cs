using Onsale.Inventory.Seating;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class OrphanRuleTests
{
    private static readonly EventSettings s_settings = Settings() with { OrphanRule = true };

    private static List<int> Orphans(string row, params int[] seats) =>
        OrphanRule.OrphansLeftBy(Hall.Of(s_settings, row).Inventory, seats);

    [Fact]
    public void A_single_free_seat_between_taken_ones_is_an_orphan()
    {
        Orphans("x....x", 2, 3).ShouldBe([1, 4]);
        Orphans("x...x", 1).ShouldBeEmpty();
        Orphans("x...x", 2).ShouldBe([1, 3]);
    }

    [Fact]
    public void So_is_one_beside_an_aisle_or_a_wall()
    {
        Orphans("....", 1).ShouldBe([0]);
        Orphans("...|...", 1).ShouldBe([0, 2]);
        Orphans("...|...", 2, 3).ShouldBeEmpty();
    }

    [Fact]
    public void One_between_two_seats_of_the_selection_is_named_once() => Orphans("x...x", 1, 3).ShouldBe([2]);

    [Fact]
    public void A_seat_that_was_single_before_does_not_count() => Orphans("x.x..", 3, 4).ShouldBeEmpty();

    [Fact]
    public void A_selection_by_hand_that_leaves_one_is_refused_with_it()
    {
        var office = new BoxOffice(Hall.Of(s_settings, "......").Inventory);
        var refusal = office.Fail(HoldSeats(1, 100, 1, 2));
        refusal.Reason.ShouldBe(RefusalReason.OrphanSeat);
        refusal.Seats.ShouldBe([0]);
        office.Succeed(HoldSeats(2, 100, 0, 1));
    }

    [Fact]
    public void Unless_so_many_could_sit_in_no_other_way() =>
        new BoxOffice(Hall.Of(s_settings, "...x").Inventory).Succeed(HoldSeats(1, 100, 0, 1));

    [Fact]
    public void An_event_without_the_rule_lets_them_be() =>
        new BoxOffice(Hall.Of("......").Inventory).Succeed(HoldSeats(1, 100, 1, 2));
}
