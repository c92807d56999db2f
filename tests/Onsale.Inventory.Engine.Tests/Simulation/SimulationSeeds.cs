namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// Which seeds a simulation runs. Set ONSALE_SIMULATION_SEED to run one alone, ONSALE_SIMULATION_SEEDS for another
/// number of them.
/// </summary>
internal sealed record SimulationSeeds(int First, int Count, bool IsWhole)
{
    private const int Long = 300;

    /// <summary>Those from 1 on.</summary>
    /// <param name="few">How many where the long tests are left out.</param>
    public static SimulationSeeds From1To(int few)
    {
        var usual = Environment.GetEnvironmentVariable("ONSALE_LONG_TESTS") == "1" ? Long : few;
        if (Environment.GetEnvironmentVariable("ONSALE_SIMULATION_SEED") is { Length: > 0 } one)
            return new SimulationSeeds(int.Parse(one), 1, IsWhole: false);
        var count = int.Parse(Environment.GetEnvironmentVariable("ONSALE_SIMULATION_SEEDS") ?? $"{usual}");
        return new SimulationSeeds(1, count, IsWhole: count >= usual);
    }
}
