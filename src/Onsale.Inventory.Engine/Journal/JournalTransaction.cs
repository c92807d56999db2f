using Npgsql;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>A transaction of the journal on its connection, from the locks it holds to its end.</summary>
internal sealed class JournalTransaction(NpgsqlConnection connection, TimeProvider time) : IAsyncDisposable
{
    private bool _isInTransaction = true;
    private bool _isDisposed;

    /// <summary>Sends the writes, the last of which is <see cref="JournalSql.Commit"/>.</summary>
    public async Task<CommitResult> CommitAsync(Action<NpgsqlBatch> addWrites)
    {
        try
        {
            // No timeout of the driver's: it would cancel the commit.
            var batch = new NpgsqlBatch(connection) { Timeout = 0 };
            addWrites(batch);
            var writing = batch.ExecuteNonQueryAsync();
            try
            {
                await writing.WaitAsync(TimeSpan.FromSeconds(JournalLimits.MaxCommitAnswerSeconds), time);
            }
            catch (TimeoutException exception) when (!writing.IsCompleted)
            {
                Abandon(writing);
                return new CommitResult(CommitOutcome.Unknown, exception);
            }

            _isInTransaction = false;
            return new CommitResult(CommitOutcome.Committed);
        }
        catch (PostgresException exception) when (exception.InvariantSeverity == "ERROR")
        {
            return new CommitResult(OutcomeOf(exception), exception);
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            _isInTransaction = false; // not for certain, but not on this connection any more
            return new CommitResult(CommitOutcome.Unknown, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        try
        {
            if (_isInTransaction)
                await RollBackAsync();
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>
    /// The server skips the rest of the pipeline after an error, COMMIT included; but COMMIT itself may have done its
    /// work when it answers with one (a distributed database commits on its workers first).
    /// </summary>
    private CommitOutcome OutcomeOf(PostgresException exception)
    {
        if (exception.BatchCommand is not NpgsqlBatchCommand failed || failed.CommandText == JournalSql.Commit)
        {
            _isInTransaction = false;
            return CommitOutcome.Unknown;
        }

        return exception.SqlState is JournalLimits.MismatchSqlState
            || exception.SqlState.StartsWith("23", StringComparison.Ordinal)
                ? CommitOutcome.Mismatch
                : CommitOutcome.NotCommitted;
    }

    /// <summary>
    /// The answer is no longer awaited, as when the server has stopped responding; the commit itself may happen or not.
    /// The connection is returned when it ends.
    /// </summary>
    private void Abandon(Task writing)
    {
        _isDisposed = true;
        _ = writing.ContinueWith(
            async ended =>
            {
                _ = ended.Exception; // observed: its outcome is looked up
                await connection.DisposeAsync();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RollBackAsync()
    {
        // Npgsql closes the connection after errors of class 53 and XX, and the server then rolls back by itself.
        if (connection.State != System.Data.ConnectionState.Open)
            return;
        try
        {
            await using var command = new NpgsqlCommand(JournalSql.Rollback, connection)
            {
                CommandTimeout = JournalLimits.RollbackTimeoutSeconds,
            };
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            // The connection is lost, and with it the transaction. Others of the pool have probably met the same end.
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
