using Dapper;
using Npgsql;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>Events that were called off and whose bookings are not seen to yet.</summary>
internal sealed class EventCancellations(NpgsqlDataSource dataSource)
{
    private const string UnsettledSql = """
        select id, refunds_when_cancelled from events
        where status = 2 and cancellation_settled_at is null order by id limit 20
        """;

    private const string SettleSql = """
        update events set cancellation_settled_at = clock_timestamp()
        where id = @eventId and status = 2 and cancellation_settled_at is null
        """;

    public async Task<IReadOnlyList<(Guid EventId, bool IsRefunded)>> FindUnsettledAsync(
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return (await connection.QueryAsync<(Guid, bool)>(
            new CommandDefinition(UnsettledSql, cancellationToken: cancellationToken))).AsList();
    }

    /// <summary>All bookings of an event are seen to.</summary>
    public async Task SettleAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await connection.ExecuteAsync(
            new CommandDefinition(SettleSql, new { eventId }, cancellationToken: cancellationToken));
    }
}
