using Dapper;
using Npgsql;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.Door;

/// <summary>A ticket of the list.</summary>
internal sealed record ListTicketRow(
    Guid Id, string Code, bool IsValid, bool IsDisputed, int Tier, int Seat, string? Name, int Counter,
    string? HolderCode, short? Kind, DateTime? At, string? Gate, string? Device);

/// <summary>A ticket that was scanned.</summary>
internal sealed record ChangedRow(Guid Id, short? Kind, DateTime? At, string? Gate, string? Device);

/// <summary>What the door's list shows of tickets, contacts and check-ins.</summary>
internal sealed class DoorListStore(NpgsqlDataSource dataSource)
{
    private const string EventSql = """
        select e.title, e.starts_at, e.time_zone, i.settings_version as list_version,
            pg_snapshot_xmin(pg_current_snapshot())::text as changes_after,
            (select count(*) from tickets t where t.event_id = e.id)::integer as tickets,
            exists (select from ticket_rules where event_id = @eventId and rotating_since is not null)
                as rotating_codes
        from events e join inventory i on i.event_id = e.id where e.id = @eventId
        """;

    private const string StateSql = """
        select settings_version as list_version, pg_snapshot_xmin(pg_current_snapshot())::text as changes_after,
            exists (select from ticket_rules where event_id = @eventId and rotating_since is not null)
                as rotating_codes
        from inventory where event_id = @eventId
        """;

    private const string OthersSql = """
        select id, title from events where organisation_id = @organisationId and id <> @eventId and status <> 0
        order by abs(extract(epoch from starts_at - clock_timestamp())) limit @limit
        """;

    private const string TicketColumns = """
        t.id, t.code, t.state = 0 as is_valid,
            exists (select from payment_disputes p
                where p.event_id = t.event_id and p.booking_id = t.booking_id and p.state in (0, 2)) as is_disputed,
            b.tiers[t.line + 1]::integer as tier, b.seats[t.line + 1] as seat,
            case when h.counter is null then c.name when @showsNames then h.name end as name,
            coalesce(h.counter, 0)::integer as counter, h.code as holder_code, l.kind, l.scanned_at as at, l.gate,
            d.name as device
        """;

    private const string TicketJoins = $"""
        join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        left join booking_contacts c on @showsNames and c.event_id = t.event_id and c.booking_id = t.booking_id
        {TransferSql.HolderJoin}
        left join lateral (
            select kind, scanned_at, gate, device_id from check_ins
            where event_id = t.event_id and ticket_id = t.id and outcome = 0
            order by scanned_at desc, number desc limit 1) l on true
        left join door_devices d on d.event_id = t.event_id and d.id = l.device_id
        order by t.id
        """;

    private const string PartSql = $"""
        select {TicketColumns}
        from (select * from tickets where event_id = @eventId and id > @after order by id limit @limit) t
        {TicketJoins}
        """;

    // Below the oldest transaction that is under way: what is written later has a higher number, whenever it commits.
    private const string Changed = """
        c.event_id = @eventId and c.changed_by >= @after::text::xid8
            and c.changed_by < pg_snapshot_xmin(pg_current_snapshot())
        """;

    // Issued, cancelled or handed on; or of a booking whose payment has come into dispute, or out of it.
    private const string ListChangesSql = $"""
        select {TicketColumns}
        from (select * from tickets where event_id = @eventId and id in (
            select c.id from tickets c where {Changed}
            union
            select c.ticket_id from ticket_transfers c where {Changed} and c.state = 1
            union
            select o.id from payment_disputes c
            join tickets o on o.event_id = c.event_id and o.booking_id = c.booking_id
            where {Changed}) limit @listLimit) t
        {TicketJoins}
        """;

    private const string ChangedSql = $"""
        select t.id, l.kind, l.scanned_at as at, l.gate, d.name as device
        from (select distinct c.ticket_id as id from check_ins c
            where {Changed} and c.ticket_id is not null limit @limit) t
        left join lateral (
            select kind, scanned_at, gate, device_id from check_ins
            where event_id = @eventId and ticket_id = t.id and outcome = 0
            order by scanned_at desc, number desc limit 1) l on true
        left join door_devices d on d.event_id = @eventId and d.id = l.device_id
        """;

    private const string ConflictsSql = $"{EntryConflicts.Sql} and {Changed} {EntryConflicts.NewestFirst}";

    public async Task<DoorEventRow?> FindEventAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<DoorEventRow>(
            Command(EventSql, new { eventId }, cancellationToken));
    }

    public async Task<IReadOnlyList<(Guid Id, string Title)>> OthersAsync(
        Guid organisationId, Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid, string)>(Command(
            OthersSql, new { organisationId, eventId, limit = DoorLimits.MaxOtherEvents }, cancellationToken)))
            .AsList();
    }

    public async Task<IReadOnlyList<ListTicketRow>> PartAsync(
        Guid eventId, Guid after, bool showsNames, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<ListTicketRow>(Command(
            PartSql, new { eventId, after, showsNames, limit = DoorLimits.ListTickets }, cancellationToken))).AsList();
    }

    /// <summary>What changed after a position, and the position to go on from, all of one moment.</summary>
    public async Task<DoorNews> ChangesAsync(
        Guid eventId, string after, bool showsNames, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var state = await connection.QuerySingleAsync<StateRow>(
            Command(StateSql, new { eventId }, cancellationToken));
        var list = await connection.QueryAsync<ListTicketRow>(Command(
            ListChangesSql, new { eventId, after, showsNames, listLimit = DoorLimits.ListTickets + 1 },
            cancellationToken));
        var tickets = await connection.QueryAsync<ChangedRow>(Command(
            ChangedSql, new { eventId, after, limit = DoorLimits.MaxChangedTickets + 1 }, cancellationToken));
        var conflicts = await connection.QueryAsync<ConflictRow>(Command(
            ConflictsSql, new { eventId, after, limit = DoorLimits.MaxConflicts }, cancellationToken));
        return new DoorNews(state, list.AsList(), tickets.AsList(), conflicts.AsList());
    }

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);

    /// <summary>What is new since a device asked last.</summary>
    internal sealed record DoorNews(
        StateRow State, IReadOnlyList<ListTicketRow> List, IReadOnlyList<ChangedRow> Tickets,
        IReadOnlyList<ConflictRow> Conflicts);

    /// <summary>Where lists and changes stand.</summary>
    internal sealed record StateRow(long ListVersion, string ChangesAfter, bool RotatingCodes);

    /// <summary>An event as the door sees it.</summary>
    internal sealed record DoorEventRow(
        string Title, DateTime StartsAt, string TimeZone, long ListVersion, string ChangesAfter, int Tickets,
        bool RotatingCodes);
}
