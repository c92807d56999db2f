using FsCheck;
using FsCheck.Fluent;
using Onsale.Inventory.Collections;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class LiveBookingsTests
{
    [Fact]
    public void They_are_what_a_dictionary_would_hold_and_the_first_to_run_out_is_the_first() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (live, model) = (new LiveBookings(), new Dictionary<Guid, Booking>());
            for (var step = 0; step < 3_000; step++)
            {
                var id = Id(random.Next(1_500));
                if (random.Next(100) < (step < 2_000 ? 20 : 70))
                {
                    live.Remove(id);
                    model.Remove(id);
                    continue;
                }

                model[id] = model.TryGetValue(id, out var known) ? Moved(random, known) : Made(random, id);
                live.Set(model[id]);
                if (step % 100 == 0)
                    ShouldEqual(live, model);
            }

            ShouldEqual(live, model);
            foreach (var id in model.Keys)
                live.Remove(id);
            live.Count.ShouldBe(0);
            live.NextHoldDeadline.ShouldBeNull();
            live.NextLeaseDeadline.ShouldBeNull();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static void ShouldEqual(LiveBookings live, Dictionary<Guid, Booking> model)
    {
        live.Count.ShouldBe(model.Count);
        foreach (var booking in model.Values)
        {
            live.StateOf(booking.Id).ShouldBe(booking.State);
            var found = live.Find(booking.Id).ShouldNotBeNull();
            found.Places.ShouldBe(booking.Places);
            (found with { Places = booking.Places }).ShouldBe(booking);
        }

        var held = model.Values.Where(booking => booking.PayingUntil is null);
        live.NextHold?.Id.ShouldBe(held.OrderBy(booking => booking.HeldUntil).ThenBy(booking => booking.Id).First().Id);
        live.NextHoldDeadline.ShouldBe(held.Min(booking => (DateTimeOffset?)booking.HeldUntil));
        live.NextLeaseDeadline.ShouldBe(model.Values.Min(booking => booking.PayingUntil));
        live.FindPaying().Select(booking => booking.Id).Order().ShouldBe(model.Values
            .Where(booking => booking.PayingUntil is not null).Select(booking => booking.Id).Order());
        live.Find(Id(2_000)).ShouldBeNull();
        live.StateOf(Id(2_000)).ShouldBeNull();
    }

    private static Booking Made(Random random, Guid id) => new()
    {
        Id = id,
        BuyerId = Id(random.Next(100)),
        State = BookingState.Held,
        HeldUntil = Now.AddSeconds(random.Next(40)),
        HoldVersion = random.Next(),
        Version = random.Next(),
        CreatedAt = Now.AddSeconds(random.Next(40)),
        ChangedAt = Now.AddSeconds(random.Next(40)),
        Places = [.. Enumerable.Range(0, random.Next(1, 9))
            .Select(_ => new Place(random.Next(3), random.Next(-1, 9), random.Next(2) * 1000L)
            {
                Fee = random.Next(2) * 25,
                OwnFee = random.Next(2) * 10,
                Tax = random.Next(2) * 19,
            })],
    };

    private static Booking Moved(Random random, Booking booking)
    {
        var paying = random.Next(2) == 0;
        return booking with
        {
            BuyerId = Id(random.Next(100)),
            State = paying ? BookingState.Paying : BookingState.Held,
            PayingUntil = paying ? Now.AddSeconds(random.Next(40)) : null,
            Attempts = booking.Attempts + 1,
            Extensions = Math.Min(InventoryLimits.MaxHoldExtensions, booking.Extensions + random.Next(2)),
            Version = booking.Version + 1,
            ChangedAt = booking.ChangedAt.AddSeconds(1),
        };
    }
}
