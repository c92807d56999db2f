using Onsale.Inventory.Collections;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class IdempotencyKeyIndexTests
{
    private static Guid KeyHash(int seed)
    {
        var bytes = new byte[16];
        new Random(seed).NextBytes(bytes);
        return new Guid(bytes);
    }

    [Fact]
    public void A_booking_carries_the_mark_of_its_key_and_stays_a_version_7_id_of_its_time()
    {
        var id = Guid.CreateVersion7(Now);
        var carrying = IdempotencyKeyIndex.EmbedKeyHash(id, KeyHash(1));
        carrying.Version.ShouldBe(7);
        (carrying.Variant & 0xC).ShouldBe(0x8);
        carrying.ToString()[..15].ShouldBe(id.ToString()[..15]);
        IdempotencyKeyIndex.EmbedKeyHash(Guid.CreateVersion7(Now), KeyHash(2)).ShouldNotBe(carrying);

        var marks = new IdempotencyKeyIndex();
        marks.Add(carrying, Now);
        marks.FindBooking(KeyHash(1)).ShouldBe(carrying);
        marks.FindBooking(KeyHash(2)).ShouldBeNull();
    }

    [Fact]
    public void Every_key_that_was_added_is_found_and_hardly_any_other()
    {
        var marks = new IdempotencyKeyIndex();
        for (var seed = 0; seed < 20_000; seed++)
            marks.Add(Made(seed), Now);
        Enumerable.Range(0, 20_000).Where(seed => !Finds(seed, Made(seed))).ShouldBeEmpty();
        Enumerable.Range(20_000, 20_000).Where(seed => !Finds(seed, null)).ShouldBeEmpty();
        // A mark of nothing but zeros has a place, too.
        var nothing = IdempotencyKeyIndex.EmbedKeyHash(Guid.CreateVersion7(Now), Guid.Empty);
        marks.Add(nothing, Now);
        marks.FindBooking(Guid.Empty).ShouldBe(nothing);

        bool Finds(int seed, Guid? booking) => marks.FindBooking(KeyHash(seed)) == booking;

        // Nodes' clocks differ: here by up to twenty days.
        Guid Made(int seed) =>
            IdempotencyKeyIndex.EmbedKeyHash(
                Guid.CreateVersion7(Now + TimeSpan.FromMinutes(1.44 * seed)), KeyHash(seed));
    }

    [Fact]
    public void A_mark_outlives_its_key_and_is_then_forgotten()
    {
        var marks = new IdempotencyKeyIndex();
        var lifetime = TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);
        Use(1, Now);
        Use(2, Now + lifetime);
        marks.FindBooking(KeyHash(1)).ShouldNotBeNull();
        Use(3, Now + lifetime + TimeSpan.FromSeconds(1));
        marks.FindBooking(KeyHash(1)).ShouldNotBeNull();
        Use(4, Now + (lifetime * 2) + TimeSpan.FromSeconds(2));
        Enumerable.Range(1, 4).Select(seed => marks.FindBooking(KeyHash(seed)) != null)
            .ShouldBe([false, false, true, true]);

        void Use(int seed, DateTimeOffset at) =>
            marks.Add(IdempotencyKeyIndex.EmbedKeyHash(Guid.CreateVersion7(at), KeyHash(seed)), at);
    }

    [Fact]
    public void A_key_that_is_used_again_after_its_life_leads_to_its_last_booking()
    {
        var marks = new IdempotencyKeyIndex();
        var later = Now + TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours + 1);
        marks.Add(IdempotencyKeyIndex.EmbedKeyHash(Guid.CreateVersion7(Now), KeyHash(1)), Now);
        var second = IdempotencyKeyIndex.EmbedKeyHash(Guid.CreateVersion7(later), KeyHash(1));
        marks.Add(second, later);
        marks.FindBooking(KeyHash(1)).ShouldBe(second);
    }
}
