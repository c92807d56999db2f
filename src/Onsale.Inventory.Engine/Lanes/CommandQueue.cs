using System.Diagnostics;
using System.Threading.Channels;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Commands of a lane that have no reply yet: those waiting for a batch, in a bounded queue, and those whose reply is
/// deferred. Any thread may enqueue; all other members are for the lane alone.
/// </summary>
internal sealed class CommandQueue(TimeProvider time)
{
    private static readonly TimeSpan s_maxQueueTime = TimeSpan.FromSeconds(LaneLimits.MaxQueueSeconds);

    private readonly Channel<PendingCommand> _queue = Channel.CreateBounded<PendingCommand>(
        new BoundedChannelOptions(LaneLimits.MaxQueuedCommands)
        {
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });

    private readonly List<(PendingCommand Command, LaneReply Reply)> _deferredReplies = [];
    private int _placeFreeingCommands;

    /// <summary>Commands waiting for a batch.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>Whether a command without a reply yet can free places or open the sale.</summary>
    public bool CanFreePlaces => Volatile.Read(ref _placeFreeingCommands) > 0;

    /// <summary>Whether replies are deferred.</summary>
    public bool HasDeferredReplies => _deferredReplies.Count > 0;

    /// <summary>The reply to come; a full or closed queue refuses immediately.</summary>
    public Task<LaneReply> EnqueueAsync(InventoryCommand command)
    {
        var pending = new PendingCommand(command, time.GetTimestamp()) { Span = LaneTraces.BeginCommand(command) };
        if (pending.CanFreePlaces)
            Interlocked.Increment(ref _placeFreeingCommands);
        if (_queue.Writer.TryWrite(pending))
            return pending.Task;
        if (pending.CanFreePlaces)
            Interlocked.Decrement(ref _placeFreeingCommands);
        LaneTraces.EndCommand(pending.Span, LaneStatus.Overloaded);
        return Task.FromResult(new LaneReply(LaneStatus.Overloaded, default));
    }

    /// <summary>Accepts no more commands.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <summary>Waits for a command. False: the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _queue.Reader.WaitToReadAsync();

    /// <summary>
    /// The next batch. When many commands wait for a batch or for their reply, half of them, so that one half is
    /// served while the other's batch is written: a batch of all would leave nothing to do meanwhile, and the next one
    /// small.
    /// </summary>
    public void TakeBatch(List<PendingCommand> batch)
    {
        RejectOverdue();
        var most = Math.Clamp(
            (Queued + _deferredReplies.Count + 1) / 2, LaneLimits.MinSplitCommands, LaneLimits.MaxBatchCommands);
        while (batch.Count < most && _queue.Reader.TryRead(out var pending))
            batch.Add(pending);
    }

    /// <summary>Refuses commands that have waited for a batch for too long.</summary>
    public void RejectOverdue()
    {
        while (_queue.Reader.TryPeek(out var first) && time.GetElapsedTime(first.EnqueuedAt) > s_maxQueueTime
            && _queue.Reader.TryRead(out var overdue))
        {
            Reply(overdue, new LaneReply(LaneStatus.Unavailable, default));
        }
    }

    /// <summary>Refuses everything that still waits, and accepts no more.</summary>
    public void RejectAll()
    {
        Close();
        FlushReplies();
        while (_queue.Reader.TryRead(out var pending))
            Reply(pending, new LaneReply(LaneStatus.Unavailable, default));
    }

    /// <summary>Keeps final replies back until <see cref="FlushReplies"/>.</summary>
    public void DeferReplies(IReadOnlyList<PendingCommand> batch, IReadOnlyList<CommandResult> results)
    {
        for (var i = 0; i < batch.Count; i++)
            _deferredReplies.Add((batch[i], new LaneReply(LaneStatus.Decided, results[i])));
    }

    /// <summary>Sends the replies that were deferred.</summary>
    public void FlushReplies()
    {
        foreach (var (pending, reply) in _deferredReplies)
            Reply(pending, reply);
        _deferredReplies.Clear();
    }

    /// <summary>Sends the same reply to all of a batch that have none yet.</summary>
    public void Reply(IReadOnlyList<PendingCommand> batch, LaneStatus status)
    {
        foreach (var pending in batch)
            Reply(pending, new LaneReply(status, default));
    }

    private void Reply(PendingCommand pending, LaneReply reply)
    {
        if (!pending.TrySetResult(reply))
            return;
        if (pending.CanFreePlaces)
            Interlocked.Decrement(ref _placeFreeingCommands);
        LaneTraces.EndCommand(pending.Span, reply.Status);
    }
}

/// <summary>
/// A command and its reply to come. Continuations run elsewhere: the lane goes on with its next batch.
/// </summary>
internal sealed class PendingCommand(InventoryCommand command, long enqueuedAt)
    : TaskCompletionSource<LaneReply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public InventoryCommand Command => command;

    /// <summary>Until its reply; null where its request is not sampled.</summary>
    public Activity? Span { get; init; }

    /// <summary>Timestamp.</summary>
    public long EnqueuedAt => enqueuedAt;

    /// <summary>
    /// Whether it can make a refusal from memory untrue. Payments, leases and transfers to another buyer cannot, so a
    /// sold-out rush is refused from memory while others pay; expiry has its own margin.
    /// </summary>
    public bool CanFreePlaces => command is CancelCommand or DeclinePaymentCommand or ChangeSettingsCommand
        or BlockSeatsCommand { Blocked: false } or BlockPoolCommand { Quantity: < 0 }
        or ResizePoolCommand { Delta: > 0 } or MoveSeatsCommand
        // What they had been offered, or was kept for them.
        or LeaveWaitlistCommand or MoveWaitlistEntryCommand;
}
