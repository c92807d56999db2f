using Dapper;
using Npgsql;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>The table <c>ticket_rules</c>: how an event's tickets are shown.</summary>
internal sealed class TicketRuleStore(NpgsqlDataSource dataSource)
{
    /// <summary>Since when only rotating codes admit to <c>@eventId</c>; no row or null: any code does.</summary>
    public const string RotatingSinceSql = "select rotating_since from ticket_rules where event_id = @eventId";

    // Twice the same keeps the time of the first.
    private const string SetSql = """
        insert into ticket_rules as r (event_id, rotating_since)
        values (@eventId, case when @isRotating then clock_timestamp() end)
        on conflict (event_id) do update set
            rotating_since = case when @isRotating then coalesce(r.rotating_since, clock_timestamp()) end,
            changed_at = clock_timestamp()
        """;

    /// <summary>Whether only rotating codes admit.</summary>
    public async Task<bool> IsRotatingAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<DateTime?>(new CommandDefinition(
            RotatingSinceSql, new { eventId }, cancellationToken: cancellationToken)) is not null;
    }

    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        dataSource.OpenConnectionAsync(cancellationToken).AsTask();

    public static Task SetRotatingAsync(NpgsqlConnection connection, Guid eventId, bool isRotating) =>
        connection.ExecuteAsync(SetSql, new { eventId, isRotating });
}
