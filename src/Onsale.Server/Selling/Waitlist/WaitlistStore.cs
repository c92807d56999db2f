using Dapper;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Selling.Waitlist;

/// <summary>Reads waitlists, and keeps whom to write to.</summary>
internal sealed class WaitlistStore(NpgsqlDataSource dataSource) : IBuyerContacts
{
    private const string ContactSql = """
        insert into waitlist_contacts (event_id, entry_id, name, email, language)
        values ($1, $2, $3, $4, $5) on conflict (event_id, entry_id) do nothing
        """;

    // The last entry of the buyer: who was offered something and did not answer is told so. Those before it in line are
    // counted by the index of live entries.
    private const string PlaceSql = """
        select e.id, e.state, e.quantity, e.together, e.tiers, e.joined_at, e.booking_id, b.held_until,
            case when e.state in (0, 1) then (
                select count(*)::integer + 1 from waitlist_entries o
                where o.event_id = e.event_id and o.state in (0, 1) and o.number < e.number) end as position
        from waitlist_entries e
        left join bookings b on b.event_id = e.event_id and b.id = e.booking_id
        where e.event_id = @eventId and e.buyer_id = @buyerId
        order by e.number desc limit 1
        """;

    private const string OverviewSql = """
        select
            count(*) filter (where state in (0, 1))::integer as waiting,
            coalesce(sum(quantity) filter (where state in (0, 1)), 0)::integer as waiting_places,
            count(*) filter (where state = 2)::integer as offered,
            count(*) filter (where state = 3)::integer as bought,
            count(*) filter (where state in (4, 5))::integer as unanswered
        from waitlist_entries where event_id = @eventId
        """;

    private const string CountSql =
        "select count(*) from waitlist_entries where event_id = @eventId and (not @live or state in (0, 1, 2))";

    private const string ListSql = """
        select e.id, e.number, e.state, e.quantity, e.together, e.tiers, e.joined_at, e.changed_at, e.booking_id,
            e.was_kept, e.buyer_id, b.held_until, coalesce(cardinality(b.seats), 0) as places,
            coalesce(c.name, a.name) as name, coalesce(c.email, a.email) as email
        from (
            select * from waitlist_entries where event_id = @eventId and (not @live or state in (0, 1, 2))
            order by number limit @limit offset @offset) e
        left join bookings b on b.event_id = e.event_id and b.id = e.booking_id
        left join waitlist_contacts c on c.event_id = e.event_id and c.entry_id = e.id
        left join accounts a on a.id = e.buyer_id
        order by e.number
        """;

    private const string BuyerSql =
        "select buyer_id from waitlist_entries where event_id = @eventId and id = @entryId and state in (0, 1, 2)";

    private const string EraseSql = """
        delete from waitlist_contacts c using waitlist_entries e
        where e.buyer_id = @buyerId and c.event_id = e.event_id and c.entry_id = e.id
        """;

    private const string RecipientSql = """
        select coalesce(c.email, a.email) as email, coalesce(c.name, a.name) as name, c.language
        from waitlist_entries e
        left join waitlist_contacts c on c.event_id = e.event_id and c.entry_id = e.id
        left join accounts a on a.id = e.buyer_id
        where e.event_id = @eventId and e.id = @entryId
        """;

    /// <summary>Writes whom to write to with the entry, in its transaction.</summary>
    public static ICommitNote NoteOf(Guid eventId, Guid entryId, string name, string email, string language) =>
        new ContactNote(() => Command(
            ContactSql, Id(eventId), Id(entryId), Parameter(name, NpgsqlDbType.Text),
            Parameter(email, NpgsqlDbType.Text), Parameter(language, NpgsqlDbType.Text)));

    /// <summary>The last entry of a buyer; null: there never was one.</summary>
    public async Task<PlaceRow?> FindAsync(Guid eventId, Guid buyerId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<PlaceRow>(
            new CommandDefinition(PlaceSql, new { eventId, buyerId }, cancellationToken: cancellationToken));
    }

    /// <summary>Counts of a list.</summary>
    public async Task<OverviewRow> OverviewAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleAsync<OverviewRow>(
            new CommandDefinition(OverviewSql, new { eventId }, cancellationToken: cancellationToken));
    }

    /// <summary>A page of a list in the order of joining, and how many there are.</summary>
    public async Task<(IReadOnlyList<EntryRow> Rows, long Total)> ListAsync(
        Guid eventId, bool live, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var values = new { eventId, live, paging.Limit, paging.Offset };
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<EntryRow>(
            new CommandDefinition(ListSql, values, cancellationToken: cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>Whose live entry it is; null: there is none.</summary>
    public async Task<Guid?> FindBuyerAsync(Guid eventId, Guid entryId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(
            new CommandDefinition(BuyerSql, new { eventId, entryId }, cancellationToken: cancellationToken));
    }

    /// <summary>Whom to write to about an entry; null: nobody has said, or the person was erased.</summary>
    public async Task<(string Email, string? Name, string? Language)?> FindRecipientAsync(
        Guid eventId, Guid entryId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (email, name, language) = await connection.QuerySingleOrDefaultAsync<(string?, string?, string?)>(
            new CommandDefinition(RecipientSql, new { eventId, entryId }, cancellationToken: cancellationToken));
        return email is null ? null : (email, name, language);
    }

    /// <inheritdoc/>
    public Task EraseAsync(NpgsqlConnection connection, Guid buyerId, string? verifiedEmail) =>
        connection.ExecuteAsync(EraseSql, new { buyerId });

    private sealed class ContactNote(Func<NpgsqlBatchCommand> make) : ICommitNote
    {
        public void AddTo(NpgsqlBatch batch) => batch.BatchCommands.Add(make());
    }
}

/// <summary>A buyer's entry as it is stored.</summary>
internal sealed record PlaceRow
{
    public required Guid Id { get; init; }
    public required short State { get; init; }
    public required short Quantity { get; init; }
    public required bool Together { get; init; }
    public required short[] Tiers { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public Guid? BookingId { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }
    public int? Position { get; init; }

    public WaitlistPlace ToPlace(EventSettings settings) => new(
        Id, (WaitlistState)State == WaitlistState.Keeping ? WaitlistState.Waiting : (WaitlistState)State, Position,
        Quantity, Together, [.. Tiers.Select(tier => settings.Tiers[tier].Id)], JoinedAt,
        (WaitlistState)State == WaitlistState.Offered && HeldUntil is { } until
            ? new WaitlistOffer(BookingId!.Value, until) : null);
}

/// <summary>Counts of a list.</summary>
internal sealed record OverviewRow
{
    public required int Waiting { get; init; }
    public required int WaitingPlaces { get; init; }
    public required int Offered { get; init; }
    public required int Bought { get; init; }
    public required int Unanswered { get; init; }
}

/// <summary>An entry as it is stored, with its party.</summary>
internal sealed record EntryRow
{
    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required short State { get; init; }
    public required short Quantity { get; init; }
    public required bool Together { get; init; }
    public required short[] Tiers { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public Guid? BookingId { get; init; }
    public bool WasKept { get; init; }
    public DateTimeOffset? HeldUntil { get; init; }
    public int Places { get; init; }
    public string? Name { get; init; }
    public string? Email { get; init; }
}
