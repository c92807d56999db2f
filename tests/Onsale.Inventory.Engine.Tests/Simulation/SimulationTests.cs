using Onsale.Inventory.Engine.Lanes;
using Xunit.Abstractions;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>One event on one database. Which seeds: <see cref="SimulationSeeds"/>.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Steps = 200;

    [Fact]
    public void Whatever_goes_wrong_nothing_is_sold_twice_and_nobody_is_told_an_untruth()
    {
        var (first, count, isWhole) = SimulationSeeds.From1To(60);
        var (versions, commands, refusals, replays, unknown, unavailable, failovers) = (0L, 0, 0, 0, 0, 0, 0);
        var events = new Dictionary<LaneEventKind, int>();
        for (var seed = first; seed < first + count; seed++)
        {
            var simulation = RunSeed(seed);
            versions += simulation.Versions;
            commands += simulation.Promises.Count;
            failovers += simulation.Failovers;
            refusals += simulation.Promises.Refusals;
            replays += simulation.Promises.Replays;
            unknown += simulation.Promises.Answered(LaneStatus.OutcomeUnknown);
            unavailable += simulation.Promises.Answered(LaneStatus.Unavailable);
            foreach (var (kind, times) in simulation.Events)
                events[kind] = events.GetValueOrDefault(kind) + times;
        }

        output.WriteLine(
            $"{count} seeds: {commands} commands, {versions} batches, {refusals} refusals, {replays} replays, "
            + $"{unknown} unknown, {unavailable} unavailable, {failovers} failovers; {string.Join(", ", events)}");
        if (!isWhole)
            return;
        // A simulation in which nothing happens finds nothing.
        foreach (var seen in new[] { refusals, replays, unknown, unavailable, failovers })
            seen.ShouldBeGreaterThan(0);
        events.Keys.Order().ShouldBe(Enum.GetValues<LaneEventKind>().Except([LaneEventKind.Defect]).Order());
    }

    [Fact]
    public void A_seed_fixes_everything()
    {
        for (var seed = 1; seed <= 5; seed++)
            RunSeed(seed).Digest.ShouldBe(RunSeed(seed).Digest);
    }

    [Fact]
    public void Without_the_lock_the_conditions_on_the_rows_still_prevent_every_oversell()
    {
        var mismatches = 0;
        for (var seed = 1; seed <= 50; seed++)
            mismatches += RunSeed(seed, Guards.Conditions | Guards.CatchUp, expectMismatches: true).RealMismatches;
        mismatches.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(Guards.CatchUp)] // neither lock nor conditions: two nodes decide on one state
    [InlineData(Guards.Lock)] // a node does not hear what the others wrote, and the rows are not checked
    [InlineData(Guards.None)]
    internal void With_the_guards_off_the_auditor_finds_the_oversell(Guards guards)
    {
        var findings = new List<Finding>();
        // Most runs end by an answer that turns out untrue before a seat is sold twice.
        for (var seed = 1; seed <= 100; seed++)
        {
            try
            {
                new OnSaleSimulation(seed, guards).Run(Steps);
            }
            catch (AuditException exception)
            {
                findings.Add(exception.Finding);
            }
        }

        output.WriteLine(string.Join(", ", findings.CountBy(finding => finding)));
        findings.Count(finding => finding == Finding.Oversell).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void Without_batch_ids_a_lane_goes_on_with_lost_commits()
    {
        var findings = new List<Finding>();
        for (var seed = 1; seed <= 100; seed++)
        {
            try
            {
                var simulation = new OnSaleSimulation(seed, Guards.All & ~Guards.BatchIds);
                simulation.Run(Steps);
                // The conditions on the rows held, and raised an alarm.
                if (simulation.RealMismatches > 0)
                    findings.Add(Finding.RowsDiffer);
            }
            catch (AuditException exception)
            {
                findings.Add(exception.Finding);
            }
        }

        output.WriteLine(string.Join(", ", findings.CountBy(finding => finding)));
        findings.ShouldNotBeEmpty();
        findings.ShouldContain(finding => finding != Finding.RowsDiffer);
    }

    private static OnSaleSimulation RunSeed(int seed, Guards guards = Guards.All, bool expectMismatches = false)
    {
        var simulation = new OnSaleSimulation(seed, guards);
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
                + nameof(Whatever_goes_wrong_nothing_is_sold_twice_and_nobody_is_told_an_untruth),
                exception);
        }
    }
}
