using Dapper;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Selling.Transfers;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>A ticket as its rows say it.</summary>
/// <param name="Code">The one that it was issued with.</param>
/// <param name="Counter">How often it has changed hands.</param>
/// <param name="HolderCode">What its holder types; null: it has not changed hands, and <paramref name="Code"/> is it.</param>
internal sealed record TicketRow(
    Guid Id, string Code, bool IsValid, int Tier, int Seat, string? Name, string? OrderCode,
    bool IsDisputed = false, int Counter = 0, string? HolderCode = null);

/// <summary>Another event of an organisation.</summary>
internal sealed record OtherEvent(Guid Id, string Title);

/// <summary>A ticket's latest accepted scan.</summary>
internal sealed record LatestScan(Guid TicketId, short Kind, DateTime ScannedAt, string Gate)
{
    /// <summary>The entry by which the ticket's holder is inside; null: they are not.</summary>
    public PreviousScan? Inside => Kind == (short)ScanKind.Entry ? new(new DateTimeOffset(ScannedAt), Gate) : null;
}

/// <summary>A change of hands of a ticket.</summary>
/// <param name="Counter">The how many-th.</param>
/// <param name="At">When codes with a lower counter stopped admitting.</param>
internal sealed record HandOver(int Counter, DateTimeOffset At);

/// <summary>A scan as it was decided.</summary>
internal sealed record DecidedScan(
    Guid Nonce, Guid? TicketId, short Kind, short Outcome, string Gate, Guid AccountId, DateTimeOffset ScannedAt,
    bool Admitted, Guid? DeviceId)
{
    /// <summary>Which step of a rotating code was scanned; null: the code does not rotate.</summary>
    public long? Step { get; init; }
}

/// <summary>What was there before the scans of a request, read under the locks of their tickets.</summary>
/// <param name="Facts">All scans of tickets, those of each in the order of their times.</param>
/// <param name="HandOvers">When those have changed hands that have, the first time first.</param>
/// <param name="RotatingSince">Since when only rotating codes admit; null: any code does.</param>
internal sealed record KnownFacts(
    Dictionary<Guid, List<ScanFact>> Facts, ILookup<Guid, HandOver> HandOvers, DateTimeOffset? RotatingSince);

/// <summary>The table <c>check_ins</c>, and what the door reads of tickets.</summary>
internal sealed class CheckInStore(NpgsqlDataSource dataSource)
{
    private const string EventSql =
        "select title from events where id = @eventId and organisation_id = @organisationId";

    private const string TicketColumns = """
        t.id, t.code, t.state = 0 as is_valid, b.tiers[t.line + 1]::integer as tier, b.seats[t.line + 1] as seat,
        case when h.counter is null then c.name else h.name end as name, c.order_code,
        exists (select from payment_disputes d
            where d.event_id = t.event_id and d.booking_id = t.booking_id and d.state in (0, 2)) as is_disputed,
        coalesce(h.counter, 0)::integer as counter, h.code as holder_code
        """;

    private const string TicketJoins = $"""
        tickets t
        join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        left join booking_contacts c on c.event_id = t.event_id and c.booking_id = t.booking_id
        {TransferSql.HolderJoin}
        """;

    // A signed code names a ticket by the first 12 of its 16 characters; the ranges are found in the codes' own index.
    // As an array and not as a set: a set would be joined with all tickets of the event.
    private const string TicketsSql = $"""
        select {TicketColumns} from {TicketJoins}
        where t.event_id = @eventId and t.id = any (array (
            select id from tickets where event_id = @eventId and code = any (@codes)
            union all select ticket_id from ticket_transfers where event_id = @eventId and code = any (@codes)
            union all select unnest(@ids)
            union all select f.id from unnest(@references) r cross join lateral (
                select id from tickets
                where event_id = @eventId and code between r || '0000' and r || 'ZZZZ' limit 1) f))
        """;

    private const string OtherEventSql = """
        select e.id, e.title from events e
        where e.organisation_id = @organisationId and e.id <> @eventId and (
            right(e.id::text, 6) = @hint
            or exists (select from tickets t where t.event_id = e.id and t.code = @code))
        limit 1
        """;

    // Typed codes of earlier holders, too: the door says what became of them.
    private const string TypedSql = """
        select code, ticket_id, counter::integer from ticket_transfers
        where event_id = @eventId and code = any (@codes)
        """;

    private const string FactsSql = $"""
        {TicketRuleStore.RotatingSinceSql};
        select ticket_id, counter::integer, ended_at from ticket_transfers
        where event_id = @eventId and ticket_id = any (@ids) and state = 1 order by counter;
        select c.ticket_id, c.nonce, c.kind, c.scanned_at, c.admitted, c.outcome, c.gate, c.device_id, d.name as device,
            c.step
        from check_ins c left join door_devices d on d.event_id = c.event_id and d.id = c.device_id
        where c.event_id = @eventId and c.ticket_id = any (@ids)
        order by c.ticket_id, c.scanned_at, c.number
        """;

    private const string KnownSql = """
        select nonce, ticket_id, kind, outcome, gate, account_id, scanned_at, admitted, device_id from check_ins
        where event_id = @eventId and nonce = any (@nonces)
        """;

    // A code that is no ticket is not locked: the same scan may be on its way twice.
    private const string AddSql = """
        insert into check_ins (
            event_id, nonce, ticket_id, kind, outcome, gate, account_id, scanned_at, admitted, device_id,
            step)
        select @eventId, s.*
        from unnest(@nonces, @tickets, @kinds, @outcomes, @gates, @accounts, @times, @admitted, @devices, @steps)
            as s (nonce, ticket_id, kind, outcome, gate, account_id, scanned_at, admitted, device_id, step)
        on conflict do nothing
        """;

    private const string ChangeSql = """
        update check_ins c set outcome = s.outcome, admitted = s.admitted, changed_by = pg_current_xact_id()
        from unnest(@nonces, @outcomes, @admitted) as s (nonce, outcome, admitted)
        where c.event_id = @eventId and c.nonce = s.nonce
        """;

    private const string LatestOfAll = """
        select distinct on (ticket_id) ticket_id, kind, scanned_at, gate from check_ins
        where event_id = @eventId and outcome = 0 and ticket_id is not null
        order by ticket_id, scanned_at desc, number desc
        """;

    private const string TierCountsSql = $"""
        with latest as ({LatestOfAll})
        select b.tiers[t.line + 1]::integer as tier, count(*)::integer as tickets,
            count(l.ticket_id) filter (where l.kind <> 2)::integer as admitted,
            count(*) filter (where l.kind = 0)::integer as inside
        from tickets t join bookings b on b.event_id = t.event_id and b.id = t.booking_id
        left join latest l on l.ticket_id = t.id
        where t.event_id = @eventId and t.state = 0 group by 1
        """;

    private const string GateCountsSql = """
        select gate, count(*)::integer as entries from check_ins
        where event_id = @eventId and outcome = 0 and kind = 0 group by gate order by entries desc, gate limit 100
        """;

    private const string ConflictsSql = $"{EntryConflicts.Sql} {EntryConflicts.NewestFirst}";

    private const string ListFilter = """
        t.event_id = @eventId and (@search = ''
            or case when h.counter is null then c.name else h.name end ilike @pattern
            or (@code <> '' and (c.order_code = @code or starts_with(coalesce(h.code, t.code), @code))))
        """;

    private const string ListSql = $"""
        select {TicketColumns}, l.kind, l.scanned_at, l.gate
        from {TicketJoins}
        left join lateral (
            select kind, scanned_at, gate from check_ins
            where event_id = t.event_id and ticket_id = t.id and outcome = 0
            order by scanned_at desc, number desc limit 1) l on true
        where {ListFilter}
        order by case when h.counter is null then c.name else h.name end nulls last, t.id limit @limit offset @offset
        """;

    private const string ListCountSql = $"select count(*) from {TicketJoins} where {ListFilter}";

    /// <summary>The title of an event of the organisation; null: it has no such event.</summary>
    public async Task<string?> FindTitleAsync(Guid organisationId, Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            EventSql, new { organisationId, eventId }, cancellationToken: cancellationToken));
    }

    public Task<NpgsqlConnection> OpenAsync() => dataSource.OpenConnectionAsync().AsTask();

    public static async Task<IReadOnlyList<TicketRow>> FindTicketsAsync(
        NpgsqlConnection connection, Guid eventId, string[] codes, Guid[] ids, string[] references) =>
        (await connection.QueryAsync<TicketRow>(TicketsSql, new { eventId, codes, ids, references })).AsList();

    /// <summary>Another event of the organisation that a code is of.</summary>
    /// <param name="connection">Where to ask.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="eventId">The event that it is not.</param>
    /// <param name="code">A code without a signature.</param>
    /// <param name="hint">What a signed code says of its event, in six hexadecimal digits.</param>
    public static Task<OtherEvent?> FindOtherEventAsync(
        NpgsqlConnection connection, Guid organisationId, Guid eventId, string? code, string? hint) =>
        connection.QuerySingleOrDefaultAsync<OtherEvent?>(
            OtherEventSql, new { organisationId, eventId, code, hint });

    /// <summary>Tickets by codes that people type, of those who were given them.</summary>
    public static async Task<IReadOnlyList<(string Code, Guid TicketId, int Counter)>> FindTypedAsync(
        NpgsqlConnection connection, Guid eventId, string[] codes) =>
        (await connection.QueryAsync<(string, Guid, int)>(TypedSql, new { eventId, codes })).AsList();

    /// <summary>
    /// Until the transaction ends, nobody else decides about these tickets: two gates that scan one at once are decided
    /// one after the other.
    /// </summary>
    public static Task LockAsync(NpgsqlConnection connection, Guid[] ids) =>
        connection.ExecuteAsync(TransferSql.LockTickets, new { ids });

    public static async Task<KnownFacts> FindFactsAsync(NpgsqlConnection connection, Guid eventId, Guid[] ids)
    {
        await using var results = await connection.QueryMultipleAsync(FactsSql, new { eventId, ids });
        var rotatingSince = await results.ReadSingleOrDefaultAsync<DateTime?>();
        var handOvers = (await results.ReadAsync<(Guid TicketId, int Counter, DateTime At)>())
            .ToLookup(row => row.TicketId, row => new HandOver(row.Counter, new DateTimeOffset(row.At)));
        var facts = (await results.ReadAsync<FactRow>())
            .GroupBy(row => row.TicketId)
            .ToDictionary(group => group.Key, group => group.Select(row => row.ToFact()).ToList());
        return new KnownFacts(
            facts, handOvers, rotatingSince is { } since ? new DateTimeOffset(since) : null);
    }

    public static async Task<Dictionary<Guid, DecidedScan>> FindKnownAsync(
        NpgsqlConnection connection, Guid eventId, Guid[] nonces) =>
        (await connection.QueryAsync<KnownRow>(KnownSql, new { eventId, nonces }))
            .ToDictionary(row => row.Nonce, row => row.ToScan());

    public static Task AddAsync(NpgsqlConnection connection, Guid eventId, IReadOnlyList<DecidedScan> scans) =>
        connection.ExecuteAsync(AddSql, new
        {
            eventId,
            nonces = scans.Select(scan => scan.Nonce).ToArray(),
            tickets = scans.Select(scan => scan.TicketId).ToArray(),
            kinds = scans.Select(scan => scan.Kind).ToArray(),
            outcomes = scans.Select(scan => scan.Outcome).ToArray(),
            gates = scans.Select(scan => scan.Gate).ToArray(),
            accounts = scans.Select(scan => scan.AccountId).ToArray(),
            times = scans.Select(scan => scan.ScannedAt.UtcDateTime).ToArray(),
            admitted = scans.Select(scan => scan.Admitted).ToArray(),
            devices = scans.Select(scan => scan.DeviceId).ToArray(),
            steps = scans.Select(scan => scan.Step).ToArray(),
        });

    /// <summary>Notes what scans add up to now.</summary>
    public static Task ChangeAsync(NpgsqlConnection connection, Guid eventId, IReadOnlyList<DecidedScan> scans) =>
        connection.ExecuteAsync(ChangeSql, new
        {
            eventId,
            nonces = scans.Select(scan => scan.Nonce).ToArray(),
            outcomes = scans.Select(scan => scan.Outcome).ToArray(),
            admitted = scans.Select(scan => scan.Admitted).ToArray(),
        });

    /// <summary>An entry as the door is told of it; null: none.</summary>
    public static PreviousScan? Show(ScanFact? fact) =>
        fact is null ? null : new PreviousScan(fact.At, fact.Gate, fact.Device);

    public async Task<EventCounts> CountAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var tiers = await connection.QueryAsync<TierCount>(
            new CommandDefinition(TierCountsSql, new { eventId }, cancellationToken: cancellationToken));
        var gates = await connection.QueryAsync<GateEntries>(
            new CommandDefinition(GateCountsSql, new { eventId }, cancellationToken: cancellationToken));
        var conflicts = await connection.QueryAsync<ConflictRow>(new CommandDefinition(
            ConflictsSql, new { eventId, limit = CheckInLimits.MaxShownConflicts },
            cancellationToken: cancellationToken));
        return new EventCounts(tiers.AsList(), gates.AsList(), conflicts.AsList());
    }

    /// <param name="eventId">The event.</param>
    /// <param name="search">Part of a name, an order code, or the beginning of a ticket's code; empty: all.</param>
    /// <param name="code">The search as codes are stored.</param>
    /// <param name="paging">Which of them.</param>
    /// <param name="cancellationToken">Cancels the statements.</param>
    public async Task<(IReadOnlyList<(TicketRow Ticket, LatestScan? Latest)> Rows, long Total)> ListAsync(
        Guid eventId, string search, string code, Paging paging, CancellationToken cancellationToken)
    {
        var values = new
        {
            eventId,
            search,
            pattern = $"%{search.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%",
            code,
            paging.Limit,
            paging.Offset,
        };
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(ListCountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<ListedRow>(
            new CommandDefinition(ListSql, values, cancellationToken: cancellationToken));
        return ([.. rows.Select(row => (row.ToTicket(), row.ToLatest()))], total);
    }

    /// <summary>How full the house is, and who came in wrongly.</summary>
    internal sealed record EventCounts(
        IReadOnlyList<TierCount> Tiers, IReadOnlyList<GateEntries> Gates, IReadOnlyList<ConflictRow> Conflicts);

    /// <summary>Counts of a tier.</summary>
    internal sealed record TierCount(int Tier, int Tickets, int Admitted, int Inside);

    private sealed record KnownRow(
        Guid Nonce, Guid? TicketId, short Kind, short Outcome, string Gate, Guid AccountId, DateTime ScannedAt,
        bool Admitted, Guid? DeviceId)
    {
        public DecidedScan ToScan() =>
            new(Nonce, TicketId, Kind, Outcome, Gate, AccountId, new DateTimeOffset(ScannedAt), Admitted, DeviceId);
    }

    private sealed record FactRow(
        Guid TicketId, Guid Nonce, short Kind, DateTime ScannedAt, bool Admitted, short Outcome, string Gate,
        Guid? DeviceId, string? Device, long? Step)
    {
        public ScanFact ToFact() => new(
            Nonce, (ScanKind)Kind, new DateTimeOffset(ScannedAt), Admitted, (ScanOutcome)Outcome, Gate, DeviceId,
            Device)
        {
            Step = Step,
        };
    }

    private sealed record ListedRow(
        Guid Id, string Code, bool IsValid, int Tier, int Seat, string? Name, string? OrderCode, bool IsDisputed,
        int Counter, string? HolderCode, short? Kind, DateTime? ScannedAt, string? Gate)
    {
        public TicketRow ToTicket() =>
            new(Id, Code, IsValid, Tier, Seat, Name, OrderCode, IsDisputed, Counter, HolderCode);

        public LatestScan? ToLatest() =>
            Kind is { } kind ? new LatestScan(Id, kind, ScannedAt!.Value, Gate!) : null;
    }
}
