namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>What all that is simulated together shares: chance, the order of what is ready, and time.</summary>
internal sealed class SimulationWorld
{
    public SimulationWorld(int seed)
    {
        Random = new Random(seed);
        Loop = new SimulationLoop(Random);
    }

    public Random Random { get; }

    public SimulationLoop Loop { get; }

    public SimulatedTime Time { get; } = new();
}
