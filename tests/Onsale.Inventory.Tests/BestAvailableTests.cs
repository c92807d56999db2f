using Onsale.Inventory.Seating;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>In a drawn hall the middle of the front row is nearest; see <see cref="Hall"/>.</summary>
public sealed class BestAvailableTests
{
    private static SeatChoice Choose(int quantity, params string[] hall) =>
        BestAvailable.Choose(Hall.Of(hall).Inventory, Seated, quantity).ShouldNotBeNull();

    private static void ShouldBe(SeatChoice choice, SeatingQuality quality, params int[] seats)
    {
        choice.Quality.ShouldBe(quality);
        choice.Seats.ShouldBe(seats);
    }

    [Fact]
    public void Side_by_side_in_the_middle_of_the_nearest_row() =>
        ShouldBe(Choose(2, "......", "......"), SeatingQuality.Together, 2, 3);

    [Fact]
    public void Of_windows_that_are_as_near_the_one_with_the_lower_ordinal() =>
        ShouldBe(Choose(2, "....", "...."), SeatingQuality.Together, 0, 1);

    [Fact]
    public void A_row_visited_later_wins_a_tie_by_its_lower_ordinal()
    {
        // Row 1 is visited first for its sold seat at distance 1; its free seat is at 2, as is the one of row 0.
        var layout = new SeatLayout([0, 0, 0], [0, 1], [0, 0], [2, 1, 2], [false, true, false]);
        var inventory = InventoryOf(
            Settings(layout), Hall.Pack([SeatState.Available, SeatState.Sold, SeatState.Available]));
        ShouldBe(BestAvailable.Choose(inventory, Seated, 1).ShouldNotBeNull(), SeatingQuality.Together, 0);
    }

    [Fact]
    public void Rather_a_little_farther_than_leaving_a_single_seat() =>
        ShouldBe(Choose(2, "....."), SeatingQuality.Together, 0, 1); // 1–2 or 2–3 would leave seat 0 or 4 alone

    [Fact]
    public void Rather_another_row_than_leaving_a_single_seat() =>
        ShouldBe(Choose(2, "...", ".."), SeatingQuality.Together, 3, 4);

    [Fact]
    public void Leaving_a_single_seat_rather_than_sitting_apart() =>
        ShouldBe(Choose(2, "...", "x.x"), SeatingQuality.TogetherLeavingOrphan, 0, 1);

    [Fact]
    public void Nobody_sits_together_across_an_aisle() =>
        ShouldBe(Choose(4, "...|...", "....x.."), SeatingQuality.Together, 6, 7, 8, 9);

    [Fact]
    public void Consecutive_rows_of_a_section_rather_than_anywhere() =>
        ShouldBe(Choose(4, "x..x", "x..x", "xx.x"), SeatingQuality.AdjacentRows, 1, 2, 5, 6);

    [Fact]
    public void The_front_of_another_section_is_not_the_next_row() =>
        ShouldBe(Choose(4, "x..x", "-", "x..x", "xx.x", "x.xx"), SeatingQuality.AdjacentRows, 5, 6, 10, 13);

    [Fact]
    public void Adjacent_rows_end_where_the_nearest_are_even_if_they_do_not_begin_there()
    {
        // The focal point is in the last row: rows 1 and 2 are better than 0 and 1.
        var layout = new SeatLayout(
            new byte[6], [0, 2, 4], [0, 0, 0], [9, 9, 5, 5, 1, 1], [true, false, true, false, true, false]);
        var choice = BestAvailable.Choose(InventoryOf(Settings(layout)), Seated, 4).ShouldNotBeNull();
        ShouldBe(choice, SeatingQuality.AdjacentRows, 2, 3, 4, 5);
    }

    [Fact]
    public void Anywhere_in_the_tier_as_a_last_resort_nearest_first() =>
        ShouldBe(Choose(3, ".x.", "xxx", ".x."), SeatingQuality.Scattered, 0, 2, 6);

    [Fact]
    public void No_choice_when_too_few_are_left()
    {
        var hall = Hall.Of("..x", "x.b");
        BestAvailable.Choose(hall.Inventory, Seated, 4).ShouldBeNull();
        BestAvailable.Choose(hall.Inventory, Seated, 3).ShouldNotBeNull();
    }

    [Fact]
    public void Only_seats_of_the_tier()
    {
        var hall = Hall.Of("..,,", ",,,.");
        BestAvailable.Choose(hall.Inventory, Seated, 3).ShouldNotBeNull().Seats.ShouldBe([0, 1, 7]);
        BestAvailable.Choose(hall.Inventory, Hall.Balcony, 3).ShouldNotBeNull().Seats.ShouldBe([4, 5, 6]);
    }

    [Fact]
    public void A_tier_without_seats_in_the_plan_offers_none()
    {
        var settings = Hall.Of("..").Settings;
        var inventory = InventoryOf(settings);
        BestAvailable.Choose(inventory, Hall.Balcony, 1).ShouldBeNull();
        BestAvailable.CanSeatWithoutOrphan(inventory, Hall.Balcony, 1).ShouldBeFalse();
        // The ranking is shared by all settings with this layout, also by those with more tiers.
        var more = settings with { Tiers = [.. settings.Tiers, new TierSettings(Id(14), "Boxes", TierKind.Seated, 1)] };
        BestAvailable.CanSeatWithoutOrphan(InventoryOf(more), 4, 1).ShouldBeFalse();
    }
}
