namespace Onsale.PaymentDoubles;

/// <summary>How a request goes wrong.</summary>
internal enum FaultKind
{
    /// <summary>500, and nothing happens; the idempotency key keeps the answer.</summary>
    ErrorBefore,

    /// <summary>500 after it has happened; the idempotency key keeps the answer.</summary>
    ErrorAfter,

    /// <summary>429, and nothing happens or is kept.</summary>
    RateLimited,

    /// <summary>It happens, and the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>It happens, and the answer does not come while somebody waits for it.</summary>
    NoAnswer,

    /// <summary>The connection breaks before it happens.</summary>
    LostRequest,

    /// <summary>It waits, before anything happens, until the test lets it go on.</summary>
    HeldBefore,

    /// <summary>It happens, and the answer waits until the test lets it go.</summary>
    HeldAfter,
}

/// <summary>A request that goes wrong, and when it was met.</summary>
internal sealed class Fault(string method, string pathEnd, FaultKind kind, int times)
{
    private readonly TaskCompletionSource _met = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = times;

    public FaultKind Kind => kind;

    /// <summary>Completes when the first such request is there, and for those "after", when it has happened.</summary>
    public Task Met => _met.Task;

    public Task Released => _released.Task;

    /// <summary>Completes when the first such request has happened, or was refused.</summary>
    public Task Done => _done.Task;

    public void Release() => _released.TrySetResult();

    public void MarkMet() => _met.TrySetResult();

    public void MarkDone() => _done.TrySetResult();

    internal bool Takes(string requestMethod, string path) =>
        requestMethod == method && path.EndsWith(pathEnd, StringComparison.Ordinal)
        && Interlocked.Decrement(ref _left) >= 0;
}

/// <summary>The requests that are to go wrong.</summary>
internal sealed class StripeFaults
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Makes the next requests of a kind go wrong.</summary>
    /// <param name="method">Such as <c>POST</c>.</param>
    /// <param name="pathEnd">How their paths end, such as <c>/confirm</c>.</param>
    /// <param name="kind">How they go wrong.</param>
    /// <param name="times">How many of them.</param>
    public Fault Add(string method, string pathEnd, FaultKind kind, int times = 1)
    {
        var fault = new Fault(method, pathEnd, kind, times);
        lock (_lock)
            _faults.Add(fault);
        return fault;
    }

    public Fault? Take(string method, string path)
    {
        lock (_lock)
            return _faults.Find(fault => fault.Takes(method, path));
    }
}
