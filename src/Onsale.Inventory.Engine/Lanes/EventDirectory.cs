using Npgsql;
using Onsale.Inventory.Engine.Journal;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Which events exist, asked before a lane is started for one: an id that somebody made up must not cost a lane, nor a
/// connection that batches need.
/// </summary>
internal sealed class EventDirectory(NpgsqlDataSource dataSource, TimeProvider time) : IDisposable
{
    private const string ExistsSql = "select exists (select from inventory where event_id = $1)";

    private readonly RecentValues<bool> _unknown = new(
        JournalLimits.MaxUnknownEvents, TimeSpan.FromSeconds(JournalLimits.UnknownEventSeconds), time);

    private readonly SemaphoreSlim _lookups = new(JournalLimits.MaxConcurrentLookups);

    /// <summary>
    /// Decided: it exists. Else why there is no telling, or that there is no such event, which is remembered for
    /// <see cref="JournalLimits.UnknownEventSeconds"/>.
    /// </summary>
    public async ValueTask<LaneStatus> FindAsync(Guid eventId)
    {
        if (_unknown.TryGet(eventId, out _))
            return LaneStatus.EventNotFound;
        if (!await _lookups.WaitAsync(TimeSpan.FromMilliseconds(JournalLimits.MaxLookupWaitMilliseconds)))
            return LaneStatus.Overloaded;
        try
        {
            await using var command = dataSource.CreateCommand(ExistsSql);
            command.Parameters.Add(BatchCommands.Id(eventId));
            if (await command.ExecuteScalarAsync() is true)
                return LaneStatus.Decided;
            _unknown.Set(eventId, true);
            return LaneStatus.EventNotFound;
        }
        catch (Exception exception) when (PostgresJournal.IsUnavailable(exception))
        {
            return LaneStatus.Unavailable;
        }
        finally
        {
            _lookups.Release();
        }
    }

    public void Dispose() => _lookups.Dispose();
}
