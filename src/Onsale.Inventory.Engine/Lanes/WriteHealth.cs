namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Whether this node can write: what became of its last batch; one that took too long has failed. Kept for readiness,
/// so that a node whose disk is full takes no buyers though its database answers questions.
/// </summary>
internal sealed class WriteHealth(TimeProvider time)
{
    private volatile WriteFailure? _failure;

    /// <summary>Why the last batch could not be written; null: it was, or there was none.</summary>
    public WriteFailure? Failure => _failure;

    /// <summary>Time since the last failure.</summary>
    public TimeSpan SinceFailure => _failure is { } failure ? time.GetElapsedTime(failure.At) : TimeSpan.MaxValue;

    public void Observe(LaneEvent laneEvent)
    {
        if (laneEvent.Kind == LaneEventKind.Committed)
            _failure = laneEvent.Took.TotalSeconds > LaneLimits.MaxCommitSeconds
                ? new WriteFailure(null, time.GetTimestamp())
                : null;
        else if (laneEvent.Kind is LaneEventKind.Retrying or LaneEventKind.Unknown)
            _failure = new WriteFailure(laneEvent.Exception?.GetBaseException(), time.GetTimestamp());
    }

    /// <summary>Something was written since the failure.</summary>
    public void Clear(WriteFailure failure) => Interlocked.CompareExchange(ref _failure, null, failure);
}

/// <summary>A batch that could not be written.</summary>
/// <param name="Exception">Why, where that is known.</param>
/// <param name="At">Timestamp.</param>
internal sealed record WriteFailure(Exception? Exception, long At)
{
    /// <summary>The process has no memory left: nothing it writes is to be relied on.</summary>
    public bool IsOutOfMemory => Exception is OutOfMemoryException;
}
