using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

/// <summary>Alone while it measures: what other tests allocate meanwhile would count.</summary>
[CollectionDefinition(nameof(SeatingPlanMemoryTests), DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection(nameof(SeatingPlanMemoryTests))]
public sealed class SeatingPlanMemoryTests
{
    [Fact]
    public void A_plan_of_100_000_seats_and_its_layout_take_less_than_2_MB()
    {
        const int plans = 8;
        var document = House.Grid(1000, 100);
        SeatingPlanCompiler.Compile(document).ToLayout(_ => 0); // code and statics are not the plan's
        var before = SettledBytes();

        var kept = Enumerable.Range(0, plans).Select(_ => SeatingPlanCompiler.Compile(document))
            .Select(plan => (Plan: plan, Layout: plan.ToLayout(_ => 0))).ToList();

        var retained = (SettledBytes() - before) / plans;
        kept.ShouldAllBe(one => one.Plan.SeatCount == 100_000);
        retained.ShouldBeInRange(1_000_000, 2_000_000);
        GC.KeepAlive(document);
        GC.KeepAlive(kept);
    }

    /// <summary>The heap once nothing more of it is freed: the servers of earlier tests go in several steps.</summary>
    private static long SettledBytes()
    {
        var (bytes, less) = (long.MaxValue, GC.GetTotalMemory(forceFullCollection: true));
        while (less < bytes)
        {
            bytes = less;
            GC.WaitForPendingFinalizers();
            less = GC.GetTotalMemory(forceFullCollection: true);
        }

        return less;
    }
}
