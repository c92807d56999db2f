using Dapper;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Catalog.Events.Codes;

/// <summary>Reads the codes of an event with what they are used for.</summary>
internal sealed class CodeStore(NpgsqlDataSource dataSource)
{
    private const string Columns = """
        select c.id, c.text, c.percent, c.amount, c.tiers, c.starts_at, c.ends_at, c.max_uses, c.max_tickets,
            c.max_tickets_per_buyer, c.opens_presale, c.is_ended, c.created_at, coalesce(u.uses, 0) as uses,
            coalesce(u.tickets, 0) as tickets, i.settings_version
        from codes c
        join inventory i on i.event_id = c.event_id
        left join code_uses u on u.event_id = c.event_id and u.number = c.number
        where c.event_id = @eventId
        """;

    private const string ListSql = $"{Columns} order by c.is_ended, c.number desc limit @limit offset @offset";

    private const string FindSql = $"{Columns} and c.id = @id";

    private const string FindTextSql = $"{Columns} and c.text = @text and not c.is_ended";

    private const string CountSql = "select count(*) from codes where event_id = @eventId";

    public async Task<(IReadOnlyList<CodeRow> Rows, long Total)> ListAsync(
        Guid eventId, Paging paging, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(Command(CountSql, new { eventId }, cancellationToken));
        var rows = await connection.QueryAsync<CodeRow>(
            Command(ListSql, new { eventId, paging.Limit, paging.Offset }, cancellationToken));
        return (rows.AsList(), total);
    }

    /// <summary>A code by its id; null: the event has none.</summary>
    public Task<CodeRow?> FindAsync(Guid eventId, Guid id, CancellationToken cancellationToken) =>
        FindAsync(Command(FindSql, new { eventId, id }, cancellationToken), cancellationToken);

    /// <summary>A code that is not ended, by its text; null: the event has none.</summary>
    public Task<CodeRow?> FindAsync(Guid eventId, string text, CancellationToken cancellationToken) =>
        FindAsync(Command(FindTextSql, new { eventId, text }, cancellationToken), cancellationToken);

    private async Task<CodeRow?> FindAsync(CommandDefinition command, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<CodeRow>(command);
    }

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellationToken) =>
        new(sql, values, cancellationToken: cancellationToken);
}

/// <summary>A code as it is stored.</summary>
internal sealed record CodeRow
{
    public Guid Id { get; init; }
    public string Text { get; init; } = "";
    public short? Percent { get; init; }
    public long? Amount { get; init; }
    public short[] Tiers { get; init; } = [];
    public DateTime? StartsAt { get; init; }
    public DateTime? EndsAt { get; init; }
    public int? MaxUses { get; init; }
    public int? MaxTickets { get; init; }
    public int? MaxTicketsPerBuyer { get; init; }
    public bool OpensPresale { get; init; }
    public bool IsEnded { get; init; }
    public DateTime CreatedAt { get; init; }
    public int Uses { get; init; }
    public int Tickets { get; init; }
    public long SettingsVersion { get; init; }

    public CodeSettings ToSettings() => new(Id, Text)
    {
        Percent = Percent,
        Amount = Amount,
        Tiers = [.. Tiers],
        StartsAt = StartsAt is { } startsAt ? new DateTimeOffset(startsAt) : null,
        EndsAt = EndsAt is { } endsAt ? new DateTimeOffset(endsAt) : null,
        MaxUses = MaxUses,
        MaxTickets = MaxTickets,
        MaxTicketsPerBuyer = MaxTicketsPerBuyer,
        OpensPresale = OpensPresale,
        IsEnded = IsEnded,
    };

    public OwnCode ToOwn(IReadOnlyList<EditedTier> tiers, string currency)
    {
        var code = ToSettings();
        return new OwnCode(
            Id, Text, code.Percent, Amount is { } amount ? new Money(amount, currency) : null,
            [.. code.Tiers.Select(tier => tiers[tier].Id)], code.StartsAt, code.EndsAt, Uses, MaxUses, Tickets,
            MaxTickets, MaxTicketsPerBuyer, OpensPresale, IsEnded, new DateTimeOffset(CreatedAt));
    }
}
