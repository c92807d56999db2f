using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;
using Onsale.Platform.Telemetry;

namespace Onsale.Server.Delivery.Outbox;

/// <summary>
/// Reads the change log for its consumers: what follows a sale (mails, webhooks) without a part in it. Events are read
/// a moment after a commit of theirs that concerns a consumer, and by a sweep that finds what no signal told of.
/// </summary>
internal sealed partial class OutboxReader : IHostedService
{
    private const string LockSql = """
        select version from outbox_positions where event_id = @eventId and consumer = @name for update skip locked
        """;

    // The row is locked so that an event which is removed at this moment gets no place; only the first time, since the
    // lock costs the event's lanes a write.
    private const string AddSql = """
        insert into outbox_positions (event_id, consumer, version)
        select i.event_id, @name, 0 from inventory i
        where i.event_id = @eventId and not exists (
            select from outbox_positions p where p.event_id = i.event_id and p.consumer = @name)
        for key share of i
        on conflict do nothing
        """;

    private const string ExistsSql = "select exists (select from inventory where event_id = @eventId)";

    private const string EntriesSql = """
        select l.version, l.batch_id, l.at, l.changes, t.trace_parent
        from change_log l left join change_traces t on t.event_id = l.event_id and t.version = l.version
        where l.event_id = @eventId and l.version > @version order by l.version limit @limit
        """;

    private const string MoveSql =
        "update outbox_positions set version = @version where event_id = @eventId and consumer = @name";

    private const string BehindSql = """
        select i.event_id from inventory i
        left join outbox_positions p on p.event_id = i.event_id and p.consumer = @name
        where i.changed_at > clock_timestamp() - make_interval(mins => @minutes)
            and i.version > coalesce(p.version, 0)
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly EventLanes _lanes;
    private readonly IOutboxConsumer[] _consumers;
    private readonly ILogger<OutboxReader> _logger;
    private readonly ConcurrentDictionary<Guid, bool> _signalled = new();
    private bool _hasSwept;

    public OutboxReader(
        NpgsqlDataSource dataSource, EventLanes lanes, IEnumerable<IOutboxConsumer> consumers,
        ILogger<OutboxReader> logger) =>
        (_dataSource, _lanes, _consumers, _logger) = (dataSource, lanes, [.. consumers], logger);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lanes.Changed += OnChanged;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _lanes.Changed -= OnChanged;
        return Task.CompletedTask;
    }

    /// <summary>Reads the events that committed something for a consumer since the last round.</summary>
    public async Task ReadSignalledAsync(CancellationToken cancellationToken)
    {
        foreach (var eventId in _signalled.Keys)
        {
            // First, so that a commit during the reading signals again. What fails is left to the sweep.
            _signalled.TryRemove(eventId, out _);
            foreach (var consumer in _consumers)
            {
                // Another node may have begun to read before this commit: look again in the next round.
                if (!await TryReadAsync(eventId, consumer, cancellationToken))
                    _signalled.TryAdd(eventId, true);
            }
        }
    }

    /// <summary>
    /// Reads every event whose log is ahead of a consumer; the first sweep of a node looks further back.
    /// </summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var consumer in _consumers)
        {
            var minutes = _hasSwept ? OutboxLimits.SweepLookBackMinutes : OutboxLimits.FirstSweepLookBackMinutes;
            await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
            var behind = (await connection.QueryAsync<Guid>(new CommandDefinition(
                BehindSql, new { name = consumer.Name, minutes }, cancellationToken: cancellationToken))).AsList();
            await connection.CloseAsync();
            foreach (var eventId in behind)
                await TryReadAsync(eventId, consumer, cancellationToken);
        }

        _hasSwept = true;
        await DeleteOldTracesAsync(cancellationToken);
    }

    private async Task DeleteOldTracesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await ChangeTrace.DeleteOldAsync(connection, OutboxLimits.KeptTraceHours, cancellationToken);
    }

    /// <summary>
    /// The same; an event that cannot be handled is logged and left to the next sweep, and keeps no other event
    /// waiting.
    /// </summary>
    private async Task<bool> TryReadAsync(Guid eventId, IOutboxConsumer consumer, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(eventId, consumer, cancellationToken);
        }
        catch (Exception exception)
            when (exception is not OperationCanceledException && !Errors.IsDatabaseUnavailable(exception))
        {
            LogFailed(exception, consumer.Name, eventId);
            return true;
        }
    }

    /// <summary>False: another node is reading this event.</summary>
    private async Task<bool> ReadAsync(Guid eventId, IOutboxConsumer consumer, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A full page: more entries than one transaction takes.
            if (await ReadPageAsync(eventId, consumer, cancellationToken) is not { } entries)
                return false;
            if (entries < OutboxLimits.EntriesPerTransaction)
                return true;
        }
    }

    /// <summary>
    /// How many entries were read, none of an event that was removed; null: another node is reading this event.
    /// </summary>
    private async Task<int?> ReadPageAsync(Guid eventId, IOutboxConsumer consumer, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            AddSql, new { eventId, name = consumer.Name }, cancellationToken: cancellationToken));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var position = await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            LockSql, new { eventId, name = consumer.Name }, transaction, cancellationToken: cancellationToken));
        if (position is not { } version)
        {
            return await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                ExistsSql, new { eventId }, transaction, cancellationToken: cancellationToken)) ? null : 0;
        }

        var rows = (await connection.QueryAsync<Row>(
            new CommandDefinition(
                EntriesSql, new { eventId, version, limit = OutboxLimits.EntriesPerTransaction }, transaction,
                cancellationToken: cancellationToken))).AsList();
        if (rows.Count == 0)
            return 0;
        foreach (var row in rows)
        {
            var entry = new LogEntry(
                row.Version, row.BatchId, new DateTimeOffset(row.At), ChangeLogCodec.Read(row.Changes));
            if (!consumer.IsInterestedIn(entry))
                continue;
            using var span = Traces.Continue($"outbox {consumer.Name}", row.TraceParent);
            await consumer.HandleAsync(connection, eventId, [entry], cancellationToken);
        }

        await connection.ExecuteAsync(new CommandDefinition(
            MoveSql, new { eventId, name = consumer.Name, version = rows[^1].Version }, transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        return rows.Count;
    }

    private void OnChanged(Guid eventId, LaneEvent change)
    {
        if (change.Entry is { } entry && Array.Exists(_consumers, consumer => consumer.IsInterestedIn(entry)))
            _signalled.TryAdd(eventId, true);
    }

    private sealed record Row(long Version, Guid BatchId, DateTime At, byte[] Changes, string? TraceParent);

    [LoggerMessage(EventId = 7101, Level = LogLevel.Error,
        Message =
            "Consumer {Consumer} failed on the change log of event {EventId}; it is tried again with the next sweep")]
    private partial void LogFailed(Exception exception, string consumer, Guid eventId);
}
