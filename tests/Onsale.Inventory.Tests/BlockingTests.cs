using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class BlockingTests
{
    [Fact]
    public void Free_seats_are_kept_from_sale_and_put_back()
    {
        var office = new BoxOffice(Hall.Of("....").Inventory);
        office.Do(new BlockSeatsCommand([1, 2], Blocked: true)).ShouldBe(CommandResult.Done);
        office.Inventory.CountsOf(Seated).ShouldBe(new TierCounts(4, 0, 0, 2));
        office.Fail(HoldSeats(1, 100, 2)).Reason.ShouldBe(SeatsUnavailable);
        office.Do(new BlockSeatsCommand([2], Blocked: false)).ShouldBe(CommandResult.Done);
        office.Succeed(HoldSeats(2, 100, 2));
    }

    [Fact]
    public void All_seats_are_blocked_or_none()
    {
        var office = new BoxOffice(Hall.Of(".x.b").Inventory);
        office.Fail(new BlockSeatsCommand([0, 1, 3], Blocked: true)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(CannotBlock), refusal => refusal.Seats.ShouldBe([1, 3]));
        office.Fail(new BlockSeatsCommand([0, 3], Blocked: false)).Seats.ShouldBe([0]);
        office.Fail(new BlockSeatsCommand([0, 4], Blocked: true)).Reason.ShouldBe(UnknownPlace);
        office.Fail(new BlockSeatsCommand([-1], Blocked: true)).Reason.ShouldBe(UnknownPlace);
    }

    [Fact]
    public void A_seat_named_twice_is_blocked_once_and_nothing_named_changes_nothing()
    {
        var office = new BoxOffice(Hall.Of("...").Inventory);
        office.Batch(new BlockSeatsCommand([1, 1, 2], Blocked: true)).Changes.ShouldHaveSingleItem()
            .ShouldBeOfType<SeatsBlocked>().Seats.ShouldBe([1, 2]);
        office.Batch(new BlockSeatsCommand([], Blocked: true), new BlockPoolCommand(Standing, 0))
            .Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Free_places_of_a_pool_are_kept_from_sale_and_put_back()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(HoldStanding(1, 100, 4));
        office.Fail(new BlockPoolCommand(Standing, 7)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(CannotBlock), refusal => refusal.Available.ShouldBe(6));
        office.Do(new BlockPoolCommand(Standing, 6)).ShouldBe(CommandResult.Done);
        office.Fail(HoldStanding(2, 101, 1)).Reason.ShouldBe(SoldOut);
        office.Fail(new BlockPoolCommand(Standing, -7)).Reason.ShouldBe(CannotBlock);
        office.Do(new BlockPoolCommand(Standing, -2)).ShouldBe(CommandResult.Done);
        office.Inventory.CountsOf(Standing).ShouldBe(new TierCounts(10, 4, 0, 4));
    }

    [Fact]
    public void A_pool_grows_and_gives_up_no_more_than_is_free()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(HoldStanding(1, 100, 4));
        office.Do(new BlockPoolCommand(Standing, 1));

        office.Fail(new ResizePoolCommand(Standing, -6)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(CapacityBelowSold), refusal => refusal.Available.ShouldBe(5));
        office.Do(new ResizePoolCommand(Standing, -5)).ShouldBe(CommandResult.Done);
        office.Inventory.CountsOf(Standing).ShouldBe(new TierCounts(5, 4, 0, 1));
        office.Fail(HoldStanding(2, 101, 1)).Reason.ShouldBe(SoldOut);
        office.Do(new ResizePoolCommand(Standing, 2)).ShouldBe(CommandResult.Done);
        office.Succeed(HoldStanding(2, 101, 2));
        office.Batch(new ResizePoolCommand(Standing, 0)).Changes.ShouldBeEmpty();
        office.Fail(new ResizePoolCommand(Seated, 1)).Reason.ShouldBe(UnknownPlace);
        office.Fail(new ResizePoolCommand(Standing, int.MaxValue)).Reason.ShouldBe(InvalidSettings);
        office.Fail(new ResizePoolCommand(Standing, int.MinValue)).Reason.ShouldBe(CapacityBelowSold);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void Absurd_quantities_are_refused(int quantity) =>
        new BoxOffice(Settings()).Fail(new BlockPoolCommand(Standing, quantity)).Reason.ShouldBe(CannotBlock);

    [Theory]
    [InlineData(Seated)]
    [InlineData(-1)]
    [InlineData(99)]
    public void Only_pools_are_blocked_by_quantity(int tier) =>
        new BoxOffice(Settings()).Fail(new BlockPoolCommand(tier, 1)).Reason.ShouldBe(UnknownPlace);
}
