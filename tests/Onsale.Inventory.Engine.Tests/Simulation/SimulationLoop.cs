namespace Onsale.Inventory.Engine.Tests.Simulation;

/// <summary>
/// One thread runs everything; what is ready runs in an order drawn from the seed. So a seed fixes the whole
/// interleaving, and a failure can be repeated.
/// </summary>
internal sealed class SimulationLoop(Random random) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException(
                "Something left the simulation's thread: its order is not the seed's any more.");
        _ready.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Runs one thing that is ready; false: nothing is.</summary>
    public bool RunOne()
    {
        if (_ready.Count == 0)
            return false;
        var chosen = random.Next(_ready.Count);
        var (callback, state) = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        callback(state);
        return true;
    }

    /// <summary>Runs a whole simulation on the calling thread.</summary>
    public void Run(Action body)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            body();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
