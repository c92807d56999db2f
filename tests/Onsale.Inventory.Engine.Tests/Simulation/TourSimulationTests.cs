using Onsale.Inventory.Engine.Lanes;
using Xunit.Abstractions;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>Several events whose lanes share transactions. Which seeds: <see cref="SimulationSeeds"/>.</summary>
public sealed class TourSimulationTests(ITestOutputHelper output)
{
    private const int Steps = 200;

    [Fact]
    public void Whatever_goes_wrong_with_shared_transactions_every_event_keeps_its_promises()
    {
        var (first, count, isWhole) = SimulationSeeds.From1To(40);
        var (shared, kills, commands, versions, unknown, failovers) = (new List<int>(), 0, 0, 0L, 0, 0);
        var events = new HashSet<LaneEventKind>();
        for (var seed = first; seed < first + count; seed++)
        {
            var simulation = RunSeed(seed);
            shared.AddRange(simulation.Shared);
            kills += simulation.Kills;
            foreach (var show in simulation.Shows)
            {
                commands += show.Promises.Count;
                versions += show.Versions;
                failovers += show.Failovers;
                unknown += show.Promises.Answered(LaneStatus.OutcomeUnknown);
                events.UnionWith(show.Events.Keys);
            }
        }

        output.WriteLine(
            $"{count} seeds: {commands} commands, {versions} batches, {shared.Count} shared transactions of "
            + $"{shared.DefaultIfEmpty().Average():F1} events, {kills} kills, {failovers} failovers, "
            + $"{unknown} unknown");
        if (!isWhole)
            return;
        shared.Count(size => size > 1).ShouldBeGreaterThan(100);
        foreach (var seen in new[] { kills, failovers, unknown })
            seen.ShouldBeGreaterThan(0);
        events.Order().ShouldBe(Enum.GetValues<LaneEventKind>().Except([LaneEventKind.Defect]).Order());
    }

    [Fact]
    public void A_seed_fixes_everything()
    {
        for (var seed = 1; seed <= 5; seed++)
            RunSeed(seed).Digest.ShouldBe(RunSeed(seed).Digest);
    }

    [Fact]
    public void Without_locks_the_conditions_on_the_rows_still_prevent_every_oversell()
    {
        var mismatches = 0;
        for (var seed = 1; seed <= 40; seed++)
            mismatches += RunSeed(seed, Guards.Conditions | Guards.CatchUp, expectMismatches: true).RealMismatches;
        mismatches.ShouldBeGreaterThan(0);
    }

    private static TourSimulation RunSeed(int seed, Guards guards = Guards.All, bool expectMismatches = false)
    {
        var simulation = new TourSimulation(seed, guards);
        try
        {
            simulation.Run(Steps);
            if (!expectMismatches)
                SimulationAuditor.Require(
                    simulation.RealMismatches == 0, Finding.Broken, $"{simulation.RealMismatches} mismatches");
            return simulation;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"Seed {seed}, guards {guards}. Again: ONSALE_SIMULATION_SEED={seed} dotnet test "
                + "tests/Onsale.Inventory.Engine.Tests --filter "
                + nameof(Whatever_goes_wrong_with_shared_transactions_every_event_keeps_its_promises),
                exception);
        }
    }
}
