using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>A tier whose places are sold only with another's, such as a child's with an adult's.</summary>
public sealed class NeededTierTests
{
    private static readonly QuantityRequest s_guest = new(Free, 1);
    private static readonly QuantityRequest s_standing = new(Standing, 1);

    [Fact]
    public void A_place_that_needs_another_is_refused_alone_and_held_with_it()
    {
        var office = Office();

        office.Fail(Hold(1, 100, s_guest)).ShouldSatisfyAllConditions(
            refusal => refusal.Reason.ShouldBe(TicketAlone), refusal => refusal.Tier.ShouldBe(Free),
            refusal => refusal.Needs.ShouldBe(Standing));
        office.Inventory.CountsOf(Free).Available.ShouldBe(10);
        office.Succeed(Hold(2, 100, s_guest, s_standing)).Places.Length.ShouldBe(2);
        office.Succeed(Hold(3, 101, s_standing)).Places.Length.ShouldBe(1);
    }

    [Fact]
    public void The_other_place_is_of_the_tier_asked_for_and_of_the_same_booking()
    {
        var office = Office("....");

        office.Fail(Hold(1, 100, s_guest, new SeatsRequest([0]))).Reason.ShouldBe(TicketAlone);
        office.Succeed(Hold(2, 100, s_standing));
        office.Fail(Hold(3, 100, s_guest)).Reason.ShouldBe(TicketAlone);
    }

    [Fact]
    public void Seats_by_hand_and_the_best_available_count_as_what_is_needed()
    {
        var office = Office("....", needs: Seated);

        office.Succeed(Hold(1, 100, s_guest, new SeatsRequest([1])));
        office.Succeed(Hold(2, 101, s_guest, new QuantityRequest(Seated, 1)));
        office.Fail(Hold(3, 102, s_guest, s_standing)).Reason.ShouldBe(TicketAlone);
    }

    [Fact]
    public void Who_sells_is_not_bound()
    {
        var office = Office();

        office.Succeed(Hold(1, 100, s_guest) with { IsBoxOffice = true });
    }

    [Fact]
    public void The_waitlist_neither_takes_nor_offers_nor_keeps_it()
    {
        var office = new BoxOffice(
            WithNeed(Settings(), Standing) with { WaitlistOfferMinutes = 60 }, poolCapacity: 1);
        office.Succeed(Hold(1, 101, s_guest, s_standing));
        office.Do(new JoinWaitlistCommand(Id(900), Id(50), [Standing, Free], 1, Together: false))
            .Refusal.ShouldNotBeNull().Reason.ShouldBe(TicketAlone);
        office.Do(new JoinWaitlistCommand(Id(901), Id(51), [], 1, Together: false)).Refusal.ShouldBeNull();
        office.Do(new JoinWaitlistCommand(Id(902), Id(52), [], 2, Together: false)).Refusal.ShouldBeNull();

        office.Succeed(new CancelCommand(Id(1), Id(101)));

        var offer = office.Inventory.Waitlist.OfBuyer(Id(51)).ShouldNotBeNull();
        office.BookingOf(offer.BookingId!.Value).Places.ShouldHaveSingleItem().Tier.ShouldBe(Standing);
        office.Inventory.Waitlist.OfBuyer(Id(52)).ShouldNotBeNull().State.ShouldBe(WaitlistState.Waiting);
        office.Inventory.CountsOf(Free).Available.ShouldBe(1);
    }

    [Fact]
    public void The_organiser_sets_it_takes_it_away_and_bookings_stay()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(Hold(1, 100, s_guest));

        Set(office, Free, Standing).ShouldBeNull();
        office.Fail(Hold(2, 101, s_guest)).Reason.ShouldBe(TicketAlone);
        office.Succeed(new ConfirmCommand(Id(1), 0, Codes(1, 1)));
        office.Batch(Change(Free, Standing)).Changes.ShouldBeEmpty("it is so already");

        Set(office, Free, null).ShouldBeNull();
        office.Succeed(Hold(3, 101, s_guest));
    }

    [Theory]
    [InlineData(Free, Free, InvalidSettings)]
    [InlineData(Free, 4, UnknownPlace)]
    [InlineData(Free, -1, UnknownPlace)]
    [InlineData(4, Free, UnknownPlace)]
    [InlineData(Seated, Free, InvalidSettings)] // which itself needs one
    [InlineData(Standing, Seated, InvalidSettings)] // which is needed itself
    public void What_cannot_be_needed_is_refused(int tier, int needs, RefusalReason reason)
    {
        var office = Office("..");

        Set(office, tier, needs).ShouldNotBeNull().Reason.ShouldBe(reason);
    }

    /// <summary>
    /// The release before reads two prices of the tier and keeps the later, which it has: no row that it cannot read.
    /// </summary>
    [Theory]
    [InlineData(Seated, -2L)]
    [InlineData(Standing, -3L)]
    [InlineData(null, -1L)]
    public void The_change_log_is_read_by_the_release_before(int? needs, long written)
    {
        var office = Office(needs: needs is null ? Standing : null);
        var change = (SettingsChanged)office.Batch(Change(Free, needs)).Changes.ShouldHaveSingleItem();

        var bytes = ChangeLogCodec.Write([change]);

        // That release wrote every price as it is.
        Convert.ToHexString(bytes).ShouldBe(
            "0102070400" + "04" + $"04{Zigzag(written)}" + "0400");
        var read = ((SettingsChanged)ChangeLogCodec.Read(bytes)[0]).Patch;
        read.Prices.ShouldBe([new TierPrice(Free, 0)]);
        read.Needs.ShouldBe([new TierNeed(Free, needs)]);
        read.ApplyTo(Settings(), 9).Tiers[Free].Needs.ShouldBe(needs);

        static string Zigzag(long value) => $"{(value << 1) ^ (value >> 63):X2}";
    }

    private static Refusal? Set(BoxOffice office, int tier, int? needs) => office.Do(Change(tier, needs)).Refusal;

    private static ChangeSettingsCommand Change(int tier, int? needs) =>
        new(new SettingsPatch { Needs = [new TierNeed(tier, needs)] });

    private static BoxOffice Office(string? hall = null, int? needs = Standing)
    {
        var settings = WithNeed(Settings(), needs);
        return hall is null ? new BoxOffice(settings) : new BoxOffice(Hall.Of(settings, hall).Inventory);
    }

    private static EventSettings WithNeed(EventSettings settings, int? needs) => settings with
    {
        Tiers = [.. settings.Tiers.Select((tier, number) => number == Free ? tier with { Needs = needs } : tier)],
    };
}
