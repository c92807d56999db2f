using System.Threading.Channels;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Those who wait at a lane: in a bounded queue for their batch, and then for their answer. Any thread may join the
/// queue; all else is the lane's own.
/// </summary>
internal sealed class CommandQueue
{
    private readonly Channel<PendingCommand> _queue = Channel.CreateBounded<PendingCommand>(
        new BoundedChannelOptions(LaneLimits.MaxQueuedCommands)
        {
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });

    private readonly List<(PendingCommand PendingCommand, LaneReply Reply)> _untold = [];
    private int _givingBack;

    /// <summary>Commands waiting for a batch.</summary>
    public int Queued => _queue.Reader.Count;

    /// <summary>Whether one that may give places back has no answer yet.</summary>
    public bool MayGiveBack => Volatile.Read(ref _givingBack) > 0;

    /// <summary>Whether answers are kept.</summary>
    public bool HasUntold => _untold.Count > 0;

    /// <summary>The answer to come: at once where the queue is full or closed.</summary>
    public Task<LaneReply> JoinAsync(InventoryCommand command)
    {
        var caller = new PendingCommand(command);
        if (caller.MayGiveBack)
            Interlocked.Increment(ref _givingBack);
        if (_queue.Writer.TryWrite(caller))
            return caller.Task;
        if (caller.MayGiveBack)
            Interlocked.Decrement(ref _givingBack);
        return Task.FromResult(new LaneReply(LaneStatus.Overloaded, default));
    }

    /// <summary>Nobody may join any more.</summary>
    public void Close() => _queue.Writer.TryComplete();

    /// <summary>False: closed, and nobody is left.</summary>
    public ValueTask<bool> WaitAsync() => _queue.Reader.WaitToReadAsync();

    /// <summary>
    /// The next batch. Of a crowd half of those who wait for a batch or for their answer, so that one half is served
    /// while the other's batch is written: a batch of all would leave nothing to do meanwhile, and the next one small.
    /// </summary>
    public void Take(List<PendingCommand> batch)
    {
        var most = Math.Clamp(
            (Queued + _untold.Count + 1) / 2, LaneLimits.MinSplitCommands, LaneLimits.MaxBatchCommands);
        while (batch.Count < most && _queue.Reader.TryRead(out var caller))
            batch.Add(caller);
    }

    /// <summary>Decided, and what was decided is durable: they are told a little later.</summary>
    public void Keep(IReadOnlyList<PendingCommand> batch, IReadOnlyList<CommandResult> results)
    {
        for (var i = 0; i < batch.Count; i++)
            _untold.Add((batch[i], new LaneReply(LaneStatus.Decided, results[i])));
    }

    /// <summary>Gives the answers that are kept.</summary>
    public void TellAll()
    {
        foreach (var (caller, reply) in _untold)
            Answer(caller, reply);
        _untold.Clear();
    }

    /// <summary>The same answer to all that have none yet.</summary>
    public void Answer(IReadOnlyList<PendingCommand> batch, LaneStatus status)
    {
        foreach (var caller in batch)
            Answer(caller, new LaneReply(status, default));
    }

    private void Answer(PendingCommand caller, LaneReply reply)
    {
        if (caller.TrySetResult(reply) && caller.MayGiveBack)
            Interlocked.Decrement(ref _givingBack);
    }
}

/// <summary>
/// A command and whoever waits for it. Continuations run elsewhere: the lane goes on with its next batch.
/// </summary>
internal sealed class PendingCommand(InventoryCommand command)
    : TaskCompletionSource<LaneReply>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public InventoryCommand Command => command;

    public bool MayGiveBack => command is not (HoldCommand or SweepCommand);
}
