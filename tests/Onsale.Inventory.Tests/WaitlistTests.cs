using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>Who waits is offered what comes back, in order, before anybody else can take it.</summary>
public sealed class WaitlistTests
{
    private const int OfferMinutes = 60;

    private static readonly EventSettings s_settings = Settings() with { WaitlistOfferMinutes = OfferMinutes };

    [Fact]
    public void APlaceThatIsGivenBackIsOfferedBeforeTheNextHoldOfItsBatch()
    {
        var office = SoldOut(places: 2);
        office.Do(Join(50)).Refusal.ShouldBeNull();

        var batch = office.Batch(new CancelCommand(Id(1), Id(101)), HoldStanding(9, 109, 1));

        batch.Results[1].Refusal.ShouldNotBeNull().Reason.ShouldBe(RefusalReason.SoldOut);
        var offer = OfferTo(office, 50);
        offer.State.ShouldBe(BookingState.Held);
        offer.HeldUntil.ShouldBe(Now.AddMinutes(OfferMinutes));
        offer.Places.ShouldHaveSingleItem().Price.ShouldBe(2000);
    }

    /// <summary>The control: without the list, the same hold of the same batch gets the place.</summary>
    [Fact]
    public void WithoutAWaiterTheNextHoldGetsThePlace()
    {
        var office = SoldOut(places: 2);

        var batch = office.Batch(new CancelCommand(Id(1), Id(101)), HoldStanding(9, 109, 1));

        batch.Results[1].Refusal.ShouldBeNull();
    }

    [Fact]
    public void AnExpiredHoldIsOfferedInTheBatchThatExpiresIt()
    {
        var office = SoldOut(places: 1);
        office.Do(Join(50));

        office.Now = Now.AddMinutes(10);
        office.Do(HoldStanding(9, 109, 1)).Refusal.ShouldNotBeNull();

        OfferTo(office, 50).Places.Length.ShouldBe(1);
    }

    [Fact]
    public void OffersGoInTheOrderOfJoining()
    {
        var office = SoldOut(places: 3);
        foreach (var buyer in new[] { 50, 51, 52 })
            office.Do(Join(buyer));

        office.Batch(new CancelCommand(Id(1), Id(101)), new CancelCommand(Id(2), Id(102)));

        OfferTo(office, 50).ShouldNotBeNull();
        OfferTo(office, 51).ShouldNotBeNull();
        StateOf(office, 52).ShouldBe(WaitlistState.Waiting);
    }

    [Fact]
    public void AnUnansweredOfferGoesToTheNextAndItsEntryEnds()
    {
        var office = SoldOut(places: 1);
        office.Do(Join(50));
        office.Do(Join(51));
        office.Succeed(new CancelCommand(Id(1), Id(101)));
        var first = OfferTo(office, 50);

        office.Now = Now.AddMinutes(OfferMinutes);
        office.Do(new SweepCommand());

        office.BookingOf(first.Id).State.ShouldBe(BookingState.Expired);
        office.Inventory.Waitlist.OfBuyer(Id(50)).ShouldBeNull();
        OfferTo(office, 51).HeldUntil.ShouldBe(office.Now.AddMinutes(OfferMinutes));
    }

    [Fact]
    public void ADeclinedOfferGoesToTheNext()
    {
        var office = SoldOut(places: 1);
        office.Do(Join(50));
        office.Do(Join(51));
        office.Succeed(new CancelCommand(Id(1), Id(101)));

        office.Do(new LeaveWaitlistCommand(Id(50))).Refusal.ShouldBeNull();

        OfferTo(office, 51).ShouldNotBeNull();
    }

    [Fact]
    public void AnOfferIsBoughtLikeAnyHold()
    {
        var office = SoldOut(places: 1);
        office.Do(Join(50));
        office.Succeed(new CancelCommand(Id(1), Id(101)));
        var offer = OfferTo(office, 50);

        office.Succeed(new StartPaymentCommand(offer.Id, Id(50)));
        var sold = office.Succeed(new ConfirmCommand(offer.Id, 1, Codes(1, 1)));

        sold.State.ShouldBe(BookingState.Confirmed);
        office.Inventory.Waitlist.Live.ShouldBe(0);
        // The last word stays: cancelling what was bought does not wake the entry up again.
        office.Do(new CancelCommand(offer.Id, Id(50))).Refusal.ShouldBeNull();
        office.Inventory.Waitlist.Live.ShouldBe(0);
    }

    [Fact]
    public void AGroupOfFourIsServedAlthoughSinglesWaitBehindIt()
    {
        var office = SoldOut(places: 8);
        office.Do(Join(50, 4));
        for (var single = 51; single < 55; single++)
            office.Do(Join(single));

        for (var given = 1; given <= 4; given++)
        {
            office.Succeed(new CancelCommand(Id(given), Id(100 + given)));
            StateOf(office, 51).ShouldBe(WaitlistState.Waiting);
        }

        OfferTo(office, 50).Places.Length.ShouldBe(4);
    }

    [Fact]
    public void WhatIsKeptForAGroupGoesOnAfterItsTime()
    {
        var office = SoldOut(places: 8, holdMinutes: 60);
        office.Do(Join(50, 4));
        office.Do(Join(51));
        office.Succeed(new CancelCommand(Id(1), Id(101)));
        StateOf(office, 50).ShouldBe(WaitlistState.Keeping);

        office.Now = Now.AddMinutes(InventoryLimits.WaitlistKeepMinutes);
        office.Do(new SweepCommand());

        OfferTo(office, 51).Places.Length.ShouldBe(1);
        StateOf(office, 50).ShouldBe(WaitlistState.Waiting);
        // It is still in line: four at once are its.
        office.Batch([.. Enumerable.Range(2, 4).Select(held => new CancelCommand(Id(held), Id(100 + held)))]);
        OfferTo(office, 50).Places.Length.ShouldBe(4);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(0);
    }

    [Fact]
    public void PlacesAddedByTheOrganiserAreOfferedFirst()
    {
        var office = SoldOut(places: 1);
        office.Do(Join(50, 3));

        var batch = office.Batch(new ResizePoolCommand(Standing, 4), HoldStanding(9, 109, 2));

        batch.Results[1].Refusal.ShouldNotBeNull().Reason.ShouldBe(RefusalReason.SoldOut);
        OfferTo(office, 50).Places.Length.ShouldBe(3);
        office.Succeed(HoldStanding(10, 110, 1)).Places.Length.ShouldBe(1);
    }

    [Fact]
    public void SeatsTogetherAreOfferedTogether()
    {
        var office = new BoxOffice(Hall.Of(s_settings, "....", "..").Inventory);
        for (var seat = 0; seat < 6; seat++)
            office.Succeed(HoldSeats(seat + 1, seat + 101, seat));
        office.Do(new JoinWaitlistCommand(Id(950), Id(50), [Seated], 2, Together: true)).Refusal.ShouldBeNull();

        office.Succeed(new CancelCommand(Id(1), Id(101)));
        StateOf(office, 50).ShouldBe(WaitlistState.Keeping);
        office.Succeed(new CancelCommand(Id(2), Id(102)));

        OfferTo(office, 50).Places.Select(place => place.Seat).ShouldBe([0, 1]);
    }

    [Fact]
    public void MoreOffersThanOneBatchMakesAreMadeBeforeAnybodyElseBuys()
    {
        var office = SoldOut(places: 1);
        var waiting = InventoryLimits.MaxOffersPerBatch + 20;
        for (var buyer = 0; buyer < waiting; buyer++)
            office.Do(Join(1000 + buyer));

        var batch = office.Batch(new ResizePoolCommand(Standing, waiting), HoldStanding(9, 109, 1));

        batch.Results[1].Refusal.ShouldNotBeNull().Reason.ShouldBe(RefusalReason.SoldOut);
        office.Inventory.NextDueAt().ShouldBe(office.Inventory.ChangedAt);
        office.Do(new SweepCommand());
        office.Inventory.Waitlist.Waiting.ShouldBe(0);
        office.Inventory.CountsOf(Standing).Available.ShouldBe(0);
    }

    [Fact]
    public void WhoHasAsManyPlacesAsAllowedIsPassedOver()
    {
        var office = SoldOut(places: 2, settings: s_settings with { MaxTicketsPerBuyer = 1 });
        office.Do(Join(50));
        office.Do(Join(51));
        office.Batch(new BlockPoolCommand(Free, 0), Hold(30, 50, new QuantityRequest(Free, 1)));

        office.Succeed(new CancelCommand(Id(1), Id(101)));

        office.Inventory.Waitlist.OfBuyer(Id(50)).ShouldBeNull();
        OfferTo(office, 51).ShouldNotBeNull();
    }

    [Fact]
    public void NobodyWaitsForWhatIsFree()
    {
        var office = new BoxOffice(s_settings);

        office.Fail(Join(50)).Reason.ShouldBe(RefusalReason.PlacesAvailable);
        office.Fail(Join(50, 20)).Reason.ShouldBe(RefusalReason.LimitExceeded);
        office.Fail(Join(50, 0)).Reason.ShouldBe(RefusalReason.UnknownPlace);
        office.Fail(new JoinWaitlistCommand(Id(1), Id(50), [7], 1, Together: false)).Reason
            .ShouldBe(RefusalReason.UnknownPlace);
        new BoxOffice(Settings()).Fail(Join(50)).Reason.ShouldBe(RefusalReason.NoWaitlist);
        office.Fail(new LeaveWaitlistCommand(Id(50))).Reason.ShouldBe(RefusalReason.NotOnWaitlist);
    }

    [Fact]
    public void ABuyerIsOnTheListOnce()
    {
        var office = SoldOut(places: 2);
        office.Do(Join(50)).Refusal.ShouldBeNull();

        office.Batch(Join(50)).Changes.ShouldBeEmpty();
        office.Fail(Join(50, 2)).Reason.ShouldBe(RefusalReason.AlreadyOnWaitlist);
    }

    [Fact]
    public void AGuestsEntryGoesToTheirAccount()
    {
        var office = SoldOut(places: 2);
        office.Do(Join(50));
        office.Do(Join(51));
        office.Do(new MoveWaitlistEntryCommand(Id(50), Id(60)));
        office.Inventory.Waitlist.OfBuyer(Id(50)).ShouldBeNull();
        office.Inventory.Waitlist.OfBuyer(Id(60)).ShouldNotBeNull().Number.ShouldBe(1);

        office.Succeed(new CancelCommand(Id(1), Id(101)));
        office.Succeed(new ReassignCommand(OfferTo(office, 60).Id, Id(60), Id(61)));

        StateOf(office, 61).ShouldBe(WaitlistState.Offered);
    }

    [Fact]
    public void AReplayedLogGivesTheSameList()
    {
        var office = SoldOut(places: 8);
        var entries = new List<LogEntry>();
        Keep(Join(50, 4));
        Keep(Join(51));
        Keep(new CancelCommand(Id(1), Id(101)));
        Keep(Join(52, 2));
        Keep(new LeaveWaitlistCommand(Id(51)));
        Keep(new CancelCommand(Id(2), Id(102)), new CancelCommand(Id(3), Id(103)), new CancelCommand(Id(4), Id(104)));

        var replayed = SoldOut(places: 8).Inventory;
        foreach (var entry in entries)
            replayed.Apply(entry with { Changes = ChangeLogCodec.Read(ChangeLogCodec.Write(entry.Changes)) });

        replayed.Waitlist.LiveEntries.ShouldBe(office.Inventory.Waitlist.LiveEntries);
        replayed.Waitlist.Next.ShouldBe(4);
        replayed.CountsOf(Standing).ShouldBe(office.Inventory.CountsOf(Standing));

        void Keep(params InventoryCommand[] commands)
        {
            var decision = office.Batch(commands);
            entries.Add(new LogEntry(
                office.Inventory.Version, office.Inventory.BatchId!.Value, office.Inventory.ChangedAt,
                decision.Changes));
        }
    }

    private static BoxOffice SoldOut(int places, EventSettings? settings = null, int holdMinutes = 10)
    {
        var office = new BoxOffice(
            (settings ?? s_settings) with { HoldDuration = TimeSpan.FromMinutes(holdMinutes) }, places);
        for (var held = 1; held <= places; held++)
            office.Succeed(HoldStanding(held, 100 + held, 1));
        return office;
    }

    private static JoinWaitlistCommand Join(int buyer, int quantity = 1) =>
        new(Id(900_000 + buyer), Id(buyer), [Standing], quantity, Together: false);

    private static WaitlistState? StateOf(BoxOffice office, int buyer) =>
        office.Inventory.Waitlist.OfBuyer(Id(buyer))?.State;

    private static Booking OfferTo(BoxOffice office, int buyer)
    {
        var entry = office.Inventory.Waitlist.OfBuyer(Id(buyer)).ShouldNotBeNull();
        entry.State.ShouldBe(WaitlistState.Offered);
        var offer = office.BookingOf(entry.BookingId!.Value);
        offer.BuyerId.ShouldBe(Id(buyer));
        return offer;
    }
}
