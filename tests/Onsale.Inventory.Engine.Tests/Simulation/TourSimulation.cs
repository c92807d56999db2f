using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// Some nodes sell several events at once, each node's lanes sharing transactions, while everything goes wrong that can
/// for one event (<see cref="OnSaleSimulation"/>) and for what they share: refused, lost and late commits of several
/// events, and nodes that are killed with all their lanes. What each buyer was told is checked event by event.
/// </summary>
internal sealed class TourSimulation
{
    private const int MaxTurns = 300;

    private readonly SimulationWorld _world;
    private readonly List<OnSaleSimulation> _shows;
    // By itself: at a failover a show has a node more, which is its own.
    private readonly List<Action> _kills = [];

    public TourSimulation(int seed, Guards guards = Guards.All)
    {
        _world = new SimulationWorld(seed);
        _shows = [.. Enumerable.Range(0, _world.Random.Next(3, 7)).Select(
            number => new OnSaleSimulation(_world, TestEvents.Id(7000 + number), guards))];
    }

    public IReadOnlyList<OnSaleSimulation> Shows => _shows;

    /// <summary>Events written by each shared transaction.</summary>
    public List<int> Shared { get; } = [];

    public int Kills { get; private set; }

    public int RealMismatches => _shows.Sum(show => show.RealMismatches);

    public int Digest => _shows.Aggregate(17, (hash, show) => HashCode.Combine(hash, show.Digest));

    public void Run(int steps) => _world.Loop.Run(() =>
    {
        for (var nodes = _world.Random.Next(1, 3); nodes > 0; nodes--)
            StartNode();
        for (var step = 0; step < steps; step++)
        {
            // Together, so that their lanes have something to do at the same time.
            foreach (var show in _shows.Where(_ => _world.Random.Next(8) != 0))
                show.Step(maxTurns: 4);
            for (var turns = _world.Random.Next(MaxTurns); turns > 0 && _world.Loop.RunOne(); turns--)
            {
            }

            if (_world.Random.Next(100) == 0)
                KillNode(_world.Random.Next(_kills.Count));
            foreach (var show in _shows)
                show.CheckStep();
        }

        foreach (var show in _shows)
            show.StopFaults();
        foreach (var show in _shows)
            show.Finish();
    });

    private void StartNode()
    {
        var journal = new SimulatedSharedJournal(_world.Random);
        var shared = new SharedTransactions(journal, _world.Time, Shared.Add)
        {
            // Tables refuse far more batches here than they ever should.
            ApartAfterMismatch = TimeSpan.FromSeconds(1),
            MaxTransactions = 1,
        };
        var lanes = _shows.ConvertAll(show => show.StartNode((database, own) =>
        {
            journal.Add(database, own);
            return shared;
        }));
        _kills.Add(() =>
        {
            journal.Kill();
            lanes.ForEach(kill => kill());
        });
    }

    /// <summary>With all its lanes, and another takes its place.</summary>
    private void KillNode(int number)
    {
        Kills++;
        _kills[number]();
        _kills.RemoveAt(number);
        StartNode();
    }
}
