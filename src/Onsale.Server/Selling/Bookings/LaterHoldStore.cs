using Dapper;
using Npgsql;

namespace Onsale.Server.Selling.Bookings;

/// <summary>Outcomes of holds that were answered later, for a while, at whichever node they are asked for.</summary>
internal sealed class LaterHoldStore(NpgsqlDataSource dataSource)
{
    private const string AddSql = """
        insert into later_holds (event_id, id, buyer_id, status, body, location)
        values (@eventId, @id, @buyerId, @status, @body, @location)
        """;

    private const string FindSql = """
        select buyer_id, status, body, location from later_holds where event_id = @eventId and id = @id
        """;

    private const string ForgetSql = """
        delete from later_holds where (event_id, id) in (
            select event_id, id from later_holds
            where created_at < clock_timestamp() - make_interval(mins => @minutes) limit 10000)
        """;

    public async Task AddAsync(Guid eventId, Guid id, Guid buyerId, int status, byte[] body, string? location)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(AddSql, new { eventId, id, buyerId, status = (short)status, body, location });
    }

    public async Task<LaterHold?> FindAsync(
        Guid eventId, Guid id, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            FindSql, new { eventId, id }, cancellationToken: cancellationToken));
        return row is null ? null : new LaterHold(id, row.Status, row.Body, row.Location) { BuyerId = row.BuyerId };
    }

    public async Task ForgetOldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            ForgetSql, new { minutes = BookingsLimits.LaterHoldMinutes }, cancellationToken: cancellationToken));
    }

    private sealed record Row(Guid BuyerId, short Status, byte[] Body, string? Location);
}

/// <summary>What became of a hold that was to be answered later.</summary>
/// <param name="Status">The HTTP status of its answer; 0: there is none yet.</param>
/// <param name="Body">The answer's JSON.</param>
/// <param name="Location">The booking's address.</param>
internal sealed record LaterHold(Guid Id, int Status, byte[] Body, string? Location)
{
    /// <summary>Whose it is; empty: not known here yet.</summary>
    public Guid BuyerId { get; init; }

    public static LaterHold Pending(Guid id) => new(id, 0, [], null);
}
