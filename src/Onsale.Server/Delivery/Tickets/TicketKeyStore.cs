using Dapper;
using Npgsql;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>A key as it is stored.</summary>
internal sealed record TicketKeyRow(
    short Number, byte[] PublicKey, byte[] PrivateKey, DateTime CreatedAt, DateTime? RevokedAt);

/// <summary>The table <c>ticket_keys</c>.</summary>
internal sealed class TicketKeyStore(NpgsqlDataSource dataSource)
{
    private const string ListSql = """
        select number, public_key, private_key, created_at, revoked_at from ticket_keys
        where event_id = @eventId order by number
        """;

    // Nodes that make the same key at once: one is kept, and all read that.
    private const string AddSql = """
        insert into ticket_keys (event_id, number, public_key, private_key)
        values (@eventId, @number, @publicKey, @privateKey) on conflict do nothing
        """;

    private const string RevokeSql = """
        update ticket_keys set revoked_at = clock_timestamp()
        where event_id = @eventId and number < @number and revoked_at is null
        """;

    public async Task<IReadOnlyList<TicketKeyRow>> ListAsync(Guid eventId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await ListAsync(connection, eventId);
    }

    public static async Task<IReadOnlyList<TicketKeyRow>> ListAsync(NpgsqlConnection connection, Guid eventId) =>
        (await connection.QueryAsync<TicketKeyRow>(ListSql, new { eventId })).AsList();

    public Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        dataSource.OpenConnectionAsync(cancellationToken).AsTask();

    /// <summary>False: another has added a key of this number meanwhile.</summary>
    public static async Task<bool> AddAsync(
        NpgsqlConnection connection, Guid eventId, int number, byte[] publicKey, byte[] privateKey) =>
        await connection.ExecuteAsync(
            AddSql, new { eventId, number = (short)number, publicKey, privateKey }) == 1;

    /// <summary>Ends all keys with a lower number; how many there were.</summary>
    public static Task<int> RevokeBeforeAsync(NpgsqlConnection connection, Guid eventId, int number) =>
        connection.ExecuteAsync(RevokeSql, new { eventId, number = (short)number });
}
