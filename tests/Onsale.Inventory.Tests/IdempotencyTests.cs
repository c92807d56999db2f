using static Onsale.Inventory.RefusalReason;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class IdempotencyTests
{
    private static HoldCommand Keyed(int booking, int quantity, int key = 500, int fingerprint = 600) =>
        new(
            Id(booking), Id(100), [new QuantityRequest(Standing, quantity)],
            new IdempotencyKey(Id(key), Id(fingerprint)));

    /// <summary>The id of the booking, which carries its key.</summary>
    private static Guid Made(int booking, int key = 500) => Keyed(booking, 1, key).BookingId;

    [Fact]
    public void The_same_key_gives_the_first_result_in_one_batch()
    {
        var office = new BoxOffice(Settings());
        var decision = office.Batch(Keyed(1, 2), Keyed(2, 2), Keyed(3, 2, fingerprint: 601), Keyed(4, 1, key: 501));
        decision.Results[0].IsReplay.ShouldBeFalse();
        ShouldReplay(decision.Results[1], decision.Results[0].Booking!);
        decision.Results[2].Refusal.ShouldNotBeNull().Reason.ShouldBe(IdempotencyMismatch);
        decision.Results[3].Booking.ShouldNotBeNull().Id.ShouldBe(Made(4, key: 501));
        decision.Keys.Select(key => (key.Key.KeyHash, key.BookingId))
            .ShouldBe([(Id(500), Made(1)), (Id(501), Made(4, key: 501))]);
        office.Inventory.PlacesOf(Id(100)).ShouldBe(3);
    }

    [Fact]
    public void The_same_key_gives_the_first_result_in_a_later_batch()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(Keyed(1, 2));
        var again = office.Batch(Keyed(2, 2));
        again.Changes.ShouldBeEmpty();
        again.Keys.ShouldBeEmpty();
        ShouldReplay(again.Results.ShouldHaveSingleItem(), office.BookingOf(Made(1)));
        office.Fail(Keyed(3, 2, fingerprint: 601)).Reason.ShouldBe(IdempotencyMismatch);
    }

    [Fact]
    public void A_replay_shows_the_booking_as_this_batch_left_it()
    {
        var office = new BoxOffice(Settings());
        office.Succeed(Keyed(1, 2));
        var results = office.Batch(new CancelCommand(Made(1), Id(100)), Keyed(2, 2)).Results;
        results[1].ShouldBe(CommandResult.Replay(results[0].Booking!));
        results[1].Booking!.State.ShouldBe(BookingState.Released);

        office = new BoxOffice(Settings());
        office.Succeed(Keyed(1, 2));
        office.Now += TimeSpan.FromMinutes(10);
        office.Batch(Keyed(2, 2)).Results.ShouldHaveSingleItem().Booking!.State.ShouldBe(BookingState.Expired);
    }

    [Fact]
    public void A_replay_is_not_refused_for_what_became_true_later()
    {
        var office = new BoxOffice(Settings() with { MaxTicketsPerBuyer = 2 }, poolCapacity: 2);
        office.Succeed(Keyed(1, 2));
        office.Do(Keyed(2, 2)).IsReplay.ShouldBeTrue();
        office.Now = office.Inventory.Settings.OffSaleAt;
        office.Do(Keyed(3, 2)).IsReplay.ShouldBeTrue();
    }

    [Fact]
    public void A_refused_command_does_not_use_its_key_up()
    {
        var office = new BoxOffice(Settings(), poolCapacity: 1);
        office.Fail(Keyed(1, 2)).Reason.ShouldBe(SoldOut);
        office.Succeed(Keyed(2, 1, fingerprint: 601)).Id.ShouldBe(Made(2));
    }

    [Fact]
    public void Keys_whose_embedded_bits_collide_in_one_millisecond_second_one_is_refused()
    {
        // The first 48 bits of a hash are not embedded: both keys make the same id.
        Made(1, key: 500).ShouldBe(Made(1, key: 501));
        var office = new BoxOffice(Settings());
        var results = office.Batch(Keyed(1, 2, key: 500), Keyed(1, 2, key: 501)).Results;
        results[0].Booking.ShouldNotBeNull();
        results[1].Refusal.ShouldNotBeNull().Reason.ShouldBe(IdempotencyMismatch);
        office.Fail(Keyed(1, 2, key: 502)).Reason.ShouldBe(IdempotencyMismatch);
        office.Succeed(new CancelCommand(Made(1), Id(100)));
        office.Fail(Keyed(1, 2, key: 503)).Reason.ShouldBe(IdempotencyMismatch);
    }

    private static void ShouldReplay(CommandResult result, Booking earlier)
    {
        var booking = result.Booking.ShouldNotBeNull();
        booking.Places.ShouldBe(earlier.Places);
        result.ShouldBe(CommandResult.Replay(booking));
        // Lists of places are equal by what they are, not by what they hold.
        (booking with { Places = earlier.Places }).ShouldBe(earlier);
    }
}
