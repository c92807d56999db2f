using FsCheck;
using FsCheck.Fluent;
using Onsale.Inventory.Collections;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

public sealed class GuidCounterTests
{
    [Fact]
    public void They_are_what_a_dictionary_would_hold() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var (numbers, model) = (new GuidCounter(), new Dictionary<Guid, int>());
            var ids = random.Next(1, 400);
            for (var step = 0; step < 2_000; step++)
            {
                // Filled, then emptied: both ways of changing size, with many ids beside one another.
                var number = random.Next(100) < (step < 1_000 ? 20 : 80) ? 0 : random.Next(1, 9);
                var id = Id(random.Next(ids));
                numbers[id] = number;
                if (number == 0)
                    model.Remove(id);
                else
                    model[id] = number;
            }

            numbers.Count.ShouldBe(model.Count);
            for (var id = 0; id < ids; id++)
                numbers[Id(id)].ShouldBe(model.GetValueOrDefault(Id(id)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
}
