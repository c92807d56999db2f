namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// A lane's calls to the journal, each within a time limit, so that no caller waits for a server that has stopped
/// answering. A call that takes longer is abandoned and cleans up by itself when it ends.
/// </summary>
internal sealed class TimedJournal(Guid eventId, IInventoryJournal journal, TimeProvider time, CommandQueue queue)
{
    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_maxReplyDelay = TimeSpan.FromMilliseconds(LaneLimits.MaxReplyDelayMilliseconds);
    private static readonly TimeSpan s_maxLookupTime = TimeSpan.FromSeconds(LaneLimits.MaxUnknownOutcomeSeconds);

    private Task<EventInventory?>? _loading;

    /// <summary>Loads the event; null: there is no such event.</summary>
    /// <exception cref="JournalUnavailableException">Not loaded, or not within the limit.</exception>
    public async Task<EventInventory?> LoadAsync(TimeSpan limit)
    {
        // A load that outlasts its batch goes on for the next one: a large event must become loaded at some time.
        var loading = _loading ??= journal.LoadAsync(eventId, CancellationToken.None);
        try
        {
            return await loading.WaitAsync(limit, time);
        }
        catch (TimeoutException exception)
        {
            throw new JournalUnavailableException("The inventory is not loaded yet.", exception);
        }
        finally
        {
            if (loading.IsCompleted)
                _loading = null;
        }
    }

    /// <summary>Takes the lock. Deferred replies do not wait for the batch of another node that holds it.</summary>
    /// <exception cref="JournalUnavailableException">Not granted, or not within the limit.</exception>
    public async Task<IOpenBatch> OpenAsync(EventInventory known, BatchReadSet readSet, TimeSpan limit)
    {
        var opening = journal.OpenAsync(known, readSet);
        await FlushIfSlowAsync(opening);
        try
        {
            return await opening.WaitAsync(limit, time);
        }
        catch (TimeoutException exception)
        {
            _ = DisposeWhenOpenAsync(opening);
            throw new JournalUnavailableException("The event's lock was not granted in time.", exception);
        }
    }

    /// <summary>
    /// Looks up what became of a commit whose answer was lost, again and again while the journal cannot be reached.
    /// </summary>
    /// <returns>Unknown, with the cause, when the limit has passed.</returns>
    public async Task<CommitResult> ResolveUnknownCommitAsync(LogEntry entry)
    {
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await journal.WasCommittedAsync(eventId, entry.Version, entry.BatchId).WaitAsync(Left(), time)
                    ? new CommitResult(CommitOutcome.Committed)
                    : new CommitResult(CommitOutcome.NotCommitted);
            }
            catch (Exception exception) when (exception is JournalUnavailableException or TimeoutException)
            {
                queue.RejectOverdue();
                var backoff = s_firstBackoff * (1 << Math.Min(attempt, 4));
                if (backoff >= Left())
                    return new CommitResult(CommitOutcome.Unknown, exception);
                await Task.Delay(backoff, time);
            }
        }

        TimeSpan Left()
        {
            var left = s_maxLookupTime - time.GetElapsedTime(began);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private static async Task DisposeWhenOpenAsync(Task<IOpenBatch> opening)
    {
        try
        {
            await using var open = await opening;
        }
        catch (Exception)
        {
            // The batch has been told of its timeout already: how the abandoned attempt ends changes nothing.
        }
    }

    /// <summary>Waits for a step of the journal, sending the deferred replies when it takes long.</summary>
    public async Task FlushIfSlowAsync(Task task)
    {
        if (!queue.HasDeferredReplies)
            return;
        await task.WaitAsync(s_maxReplyDelay, time).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!task.IsCompletedSuccessfully)
            queue.FlushReplies();
    }
}
