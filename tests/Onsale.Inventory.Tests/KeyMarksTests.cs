using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class KeyMarksTests
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
        var carrying = KeyMarks.Carry(id, KeyHash(1));
        carrying.Version.ShouldBe(7);
        (carrying.Variant & 0xC).ShouldBe(0x8);
        carrying.ToString()[..18].ShouldBe(id.ToString()[..18]);
        KeyMarks.Carry(Guid.CreateVersion7(Now), KeyHash(2)).ShouldNotBe(carrying);

        var marks = new KeyMarks();
        marks.Add(carrying, Now);
        marks.MayHave(KeyHash(1)).ShouldBeTrue();
        marks.MayHave(KeyHash(2)).ShouldBeFalse();
    }

    [Fact]
    public void Every_key_that_was_added_is_found_and_hardly_any_other()
    {
        var marks = new KeyMarks();
        for (var seed = 0; seed < 20_000; seed++)
            marks.Add(KeyHash(seed), Now);
        Enumerable.Range(0, 20_000).ShouldAllBe(seed => marks.MayHave(KeyHash(seed)));
        Enumerable.Range(20_000, 20_000).Count(seed => marks.MayHave(KeyHash(seed))).ShouldBe(0);
        marks.Add(Guid.Empty, Now); // a mark of nothing but zeros has a place, too
        marks.MayHave(Guid.Empty).ShouldBeTrue();
    }

    [Fact]
    public void A_mark_outlives_its_key_and_is_then_forgotten()
    {
        var marks = new KeyMarks();
        var lifetime = TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);
        marks.Add(KeyHash(1), Now);
        marks.Add(KeyHash(2), Now + lifetime);
        marks.MayHave(KeyHash(1)).ShouldBeTrue();
        marks.Add(KeyHash(3), Now + lifetime + TimeSpan.FromSeconds(1));
        marks.MayHave(KeyHash(1)).ShouldBeTrue();
        marks.Add(KeyHash(4), Now + (lifetime * 2) + TimeSpan.FromSeconds(2));
        Enumerable.Range(1, 4).Select(seed => marks.MayHave(KeyHash(seed))).ShouldBe([false, false, true, true]);
    }
}
