using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// Some nodes, each with a lane, sell one small event on one database, while buyers do all that buyers do and
/// everything goes wrong that can: outages, lost answers, late commits, errors of COMMIT, killed nodes, failovers that
/// lose commits, listeners that throw, a clock that stands still or steps back, settings that change. A seed fixes all
/// of it.
/// </summary>
internal sealed partial class OnSaleSimulation
{
    /// <summary>What the buyers of one address range may hold: less than their own limits allow.</summary>
    public const int MaxPlacesOfRange = 9;

    /// <summary>Bookings that there may be with the code.</summary>
    public const int MaxUsesOfCode = 2;

    /// <summary>Places that one buyer may have with the code.</summary>
    public const int MaxTicketsOfCodePerBuyer = 3;

    public static readonly TimeSpan MaxHold = TimeSpan.FromMinutes(10);

    public static readonly CodeSettings Code = new(TestEvents.Id(900), "HALF")
    {
        Percent = 50,
        Tiers = [TestEvents.Seated, TestEvents.Standing],
        MaxUses = MaxUsesOfCode,
        MaxTicketsPerBuyer = MaxTicketsOfCodePerBuyer,
    };

    public static readonly TimeSpan MaxOutage = TimeSpan.FromSeconds(30);

    private const int Buyers = 6;

    // Two batches with all their attempts, each of which may be opened again for a key or for expired holds.
    private const int MaxOpensToReply = 48;

    // Without faults: the batch under way, its own, and the one that its reply may be deferred past.
    private const int MaxOpensToReplyInCalm = 3;
    private const int HerdOpens = 100;

    private readonly Random _random;
    private readonly bool _failsOver;
    private readonly SimulationLoop _loop;
    private readonly SimulatedTime _time;
    private readonly bool _isAlone;
    private readonly SimulatedDatabase _database;
    private readonly SimulationAuditor _auditor;
    private readonly List<Node> _nodes = [];
    private readonly List<(HoldCommand Hold, int Attempt)> _holds = [];
    private int _ids = 1000;
    private int _batchIds;

    public OnSaleSimulation(int seed, Guards guards = Guards.All)
        : this(new SimulationWorld(seed), TestEvents.Id(1), guards) => _isAlone = true;

    /// <summary>
    /// One event of several that are sold by the same nodes, which are then started and killed together.
    /// </summary>
    public OnSaleSimulation(SimulationWorld world, Guid eventId, Guards guards)
    {
        (_random, _loop, _time) = (world.Random, world.Loop, world.Time);
        _failsOver = (guards | Guards.BatchIds) == Guards.All;
        var hall = Hall.Of(
            TestEvents.Settings() with
            {
                EventId = eventId,
                MaxTicketsPerBuyer = 5,
                OffSaleAt = TestEvents.Now.AddDays(3),
                HoldExtensions = 2,
                HoldDuration = MaxHold,
                Codes = new EventCodes([Code]),
                Tiers = [.. TestEvents.Settings().Tiers.Select(tier => tier with
                {
                    Terms = new PriceTerms(75, 333, tier.Kind == TierKind.Seated, 1900, TaxAdded: false),
                })],
                WaitlistOfferMinutes = 5,
                PayLater = new PayLaterTerms(1, TestEvents.Now.AddHours(2), "Bank"),
            },
            "....wc", "a..r|...", "-", ",,,,");
        var tables = new SimulatedTables(hall.Settings, poolCapacity: 9);
        _database = new SimulatedDatabase(tables, _time, _random, guards);
        _auditor = new SimulationAuditor(
            tables, looksOnlyForOversell: (guards | Guards.BatchIds) is not
                (Guards.All or (Guards.Conditions | Guards.CatchUp | Guards.BatchIds)));
    }

    public Promises Promises { get; } = new();

    public Dictionary<LaneEventKind, int> Events { get; } = [];

    public int Failovers { get; private set; }

    public int RealMismatches => _database.RealMismatches;

    /// <summary>What the event's log came to, in one number: equal for equal seeds.</summary>
    public int Digest => _database.Tables.Log.Aggregate(17, (hash, row) =>
        HashCode.Combine(
            hash, row.Version, row.BatchId, row.At, row.Changes.Aggregate(0, (sum, next) => (sum * 31) + next)));

    public long Versions => _database.Tables.Version;

    public void Run(int steps) => _loop.Run(() =>
    {
        for (var nodes = _random.Next(1, 4); nodes > 0; nodes--)
            StartNode();
        for (var step = 0; step < steps; step++)
        {
            Step();
            CheckStep();
        }

        StopFaults();
        Finish();
    });

    /// <summary>What must hold at any moment.</summary>
    public void CheckStep()
    {
        _auditor.AfterStep(_nodes.Select(node => node.Lane.Availability));
        CheckLiveness(MaxOpensToReply);
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void StopFaults() => _database.HasFaults = false;

    public void Step(int maxTurns = 40)
    {
        if (_random.NextDouble() < 0.6)
        {
            for (var commands = _random.Next(1, 6); commands > 0; commands--)
                Submit(_nodes[_random.Next(_nodes.Count)], NextCommand());
        }

        switch (_random.Next(100))
        {
            case < 10:
                _database.Clock += TimeSpan.FromSeconds(_random.Next(240));
                break;
            case < 14:
                _database.Clock -= TimeSpan.FromSeconds(_random.Next(30));
                break;
            case < 50:
                _database.Clock += TimeSpan.FromMilliseconds(_random.Next(500));
                break;
            case < 52:
                _database.BeginOutage(TimeSpan.FromSeconds(_random.Next(5)));
                break;
            case < 53 when _isAlone:
                Kill(_nodes[_random.Next(_nodes.Count)]);
                StartNode();
                break;
            case < 55:
                ChangeSettings();
                break;
            case 55 when _failsOver && _random.Next(2) == 0:
                FailOver();
                break;
        }

        for (var turns = _random.Next(maxTurns); turns > 0 && _loop.RunOne(); turns--)
        {
        }

        if (_random.Next(4) == 0)
            _time.Advance(
                TimeSpan.FromMilliseconds(_random.Next(_time.GetUtcNow() < _database.OutageUntil ? 8000 : 1000)));
    }

    /// <summary>Sells on without faults, and checks what can only be checked at the end.</summary>
    public void Finish()
    {
        Settle();
        RunHerd();
        foreach (var node in _nodes)
        {
            Submit(node, new SweepCommand());
            Settle();
            SimulationAuditor.Require(
                node.Lane.Availability.Version == _database.Tables.Version, Finding.BoardDiffers,
                "a reader stays behind");
            node.Lane.Complete();
            Settle();
            SimulationAuditor.Require(node.Run.IsCompletedSuccessfully, Finding.Broken, "a lane did not end");
        }

        _auditor.AfterStep(_nodes.Select(node => node.Lane.Availability));
        Promises.Check(_auditor.Changes);
        SimulationAuditor.Require(
            !Events.ContainsKey(LaneEventKind.Defect), Finding.Broken, "a lane reported a defect");
    }

    /// <summary>
    /// A crowd before the sale: at each batch one more asks for what is refused, so that no queue is ever empty and no
    /// batch writes.
    /// </summary>
    private void RunHerd()
    {
        foreach (var node in _nodes)
        {
            var (left, late) = (HerdOpens, 0);
            node.Journal.Opening = () =>
            {
                late = Math.Max(late, MostOpensWithoutReply(node));
                if (left-- > 0)
                    SubmitHopeless();
            };
            SubmitHopeless();
            Settle();
            node.Journal.Opening = () => { };
            SimulationAuditor.Require(late <= MaxOpensToReplyInCalm, Finding.Broken,
                $"a command was not answered after {late} batches that wrote nothing");

            void SubmitHopeless() => Submit(node, new HoldCommand(
                TestEvents.Id(++_ids), BuyerOf(0), [new QuantityRequest(TestEvents.Standing, 6)]));
        }
    }

    /// <summary>Every command is answered within so many batches of its lane.</summary>
    private void CheckLiveness(int maxOpens)
    {
        foreach (var node in _nodes)
        {
            var opens = MostOpensWithoutReply(node);
            SimulationAuditor.Require(
                opens <= maxOpens, Finding.Broken, $"a command is not answered after {opens} batches");
        }
    }

    private static int MostOpensWithoutReply(Node node)
    {
        foreach (var done in node.Replies.Keys.Where(reply => reply.IsCompleted).ToList())
            node.Replies.Remove(done);
        return node.Replies.Values.Select(opens => node.Journal.Opens - opens).DefaultIfEmpty().Max();
    }

    /// <summary>
    /// The database fails over to a standby that lacks the last commits, and a node that knows nothing of them writes
    /// as many others, before the rest notice.
    /// </summary>
    private void FailOver()
    {
        _database.HasFaults = false;
        Settle();
        _auditor.AfterStep(_nodes.Select(node => node.Lane.Availability));
        Promises.Check(_auditor.Changes);
        var version = _database.Tables.Version;
        if (_database.Tables.LoseLast(_random.Next(1, 4)))
        {
            Failovers++;
            _auditor.Restart();
            Promises.Forget(_auditor.Changes);
            _holds.Clear();
            StartNode();
            for (var tries = 0; tries < 40 && _database.Tables.Version < version; tries++)
            {
                Submit(_nodes[^1], NextCommand());
                Settle();
                _auditor.AfterStep(_nodes.Select(node => node.Lane.Availability));
            }
        }

        _database.HasFaults = true;
    }

    private void Settle()
    {
        for (var turns = 0; _loop.RunOne() || _time.AdvanceToNextTimer(); turns++)
            SimulationAuditor.Require(turns < 100_000, Finding.Broken, "the lanes do not come to rest");
    }

    /// <summary>One more node.</summary>
    /// <param name="share">Makes the node's own journal of the event's; null: the event's is its own.</param>
    /// <returns>Kills it.</returns>
    public Action StartNode(Func<SimulatedDatabase, SimulatedJournal, IInventoryJournal>? share = null)
    {
        var journal = new SimulatedJournal(_database);
        var lane = new EventLane(
            _database.Tables.Settings.EventId, share?.Invoke(_database, journal) ?? journal, _time,
            _ => TestEvents.Id(++_batchIds), OnEvent);
        var node = new Node(journal, lane, lane.RunAsync(), []);
        _nodes.Add(node);
        return () => Kill(node);
    }

    private void OnEvent(LaneEvent laneEvent)
    {
        Events[laneEvent.Kind] = Events.GetValueOrDefault(laneEvent.Kind) + 1;
        if (_database.Chance(0.01))
            throw new InvalidOperationException("a listener's defect");
    }

    private void Kill(Node node)
    {
        _nodes.Remove(node);
        node.Journal.Kill();
        Promises.Lose(node.Replies.Keys.ToHashSet());
    }

    private void ChangeSettings()
    {
        var settings = _database.Tables.Settings;
        _database.Tables.Settings = settings with
        {
            SettingsVersion = settings.SettingsVersion + 1,
            OrphanRule = !settings.OrphanRule,
            HoldDuration = TimeSpan.FromMinutes(_random.Next(1, 10)),
        };
    }

    private void Submit(Node node, InventoryCommand command)
    {
        var reply = node.Lane.SubmitAsync(command);
        node.Replies[reply] = node.Journal.Opens;
        Promises.Add(command, reply);
    }

    /// <param name="Replies">With the batches that its lane had opened when the command was submitted.</param>
    private sealed record Node(
        SimulatedJournal Journal, EventLane Lane, Task Run, Dictionary<Task<LaneReply>, int> Replies);
}
