using Onsale.Server.Venues;

namespace Onsale.Server.Tests.Venues;

/// <summary>Alone while it measures: what other tests allocate meanwhile would count.</summary>
[CollectionDefinition(nameof(SeatingPlanMemoryTests), DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection(nameof(SeatingPlanMemoryTests))]
public sealed class SeatingPlanMemoryTests
{
    [Fact]
    public void A_plan_of_100_000_seats_and_its_layout_take_less_than_3_MB()
    {
        var document = Plans.Grid(1000, 100);
        SeatingPlanCompiler.Compile(document).ToLayout(_ => 0); // code and statics are not the plan's
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var plan = SeatingPlanCompiler.Compile(document);
        var layout = plan.ToLayout(_ => 0);

        var retained = GC.GetTotalMemory(forceFullCollection: true) - before;
        plan.SeatCount.ShouldBe(100_000);
        retained.ShouldBeInRange(1_000_000, 3_000_000);
        GC.KeepAlive(document);
        GC.KeepAlive(plan);
        GC.KeepAlive(layout);
    }
}
