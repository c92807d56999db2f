using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>A stored plan without its document.</summary>
internal sealed record StoredPlan(Guid Id, string ContentHash, string Name, int SeatCount, DateTime CreatedAt);

/// <summary>The table <c>seating_plans</c>: rows are added and read, never changed.</summary>
internal static class SeatingPlanStore
{
    // The update changes nothing: it makes the statement return the row that is there already.
    private const string AddSql = """
        insert into seating_plans (id, content_hash, name, venue_id, seat_count, document)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (content_hash) do update set content_hash = excluded.content_hash
        returning id
        """;

    private const string DocumentSql =
        "select content_hash, convert_to(document::text, 'UTF8') from seating_plans where id = $1";

    private const string FindSql = """
        select id, content_hash, name, seat_count, created_at from seating_plans
        where id::text = @reference or (length(@reference) >= 6 and starts_with(content_hash, @reference))
        order by created_at, id
        limit 2
        """;

    private const string ListSql =
        """
        select id, content_hash, name, seat_count, created_at from seating_plans
        order by created_at desc, id limit @limit
        """;

    /// <summary>Stores a plan, or finds the equal one that is stored already.</summary>
    /// <returns>The plan's id: <paramref name="id"/> if it is new, else that of the equal plan.</returns>
    public static async Task<Guid> AddAsync(
        NpgsqlConnection connection, Guid id, PlanDocument document, Guid? venueId, CancellationToken cancellationToken)
    {
        var json = PlanJsonWriter.Write(document);
        await using var command = new NpgsqlCommand(AddSql, connection);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = PlanJsonWriter.Hash(json) });
        command.Parameters.Add(new() { Value = document.Name });
        command.Parameters.Add(new() { Value = venueId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = document.SeatCount });
        command.Parameters.Add(new() { Value = json, NpgsqlDbType = NpgsqlDbType.Jsonb });
        return (Guid)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The document, and the hash under which it is stored; null where there is no such plan.</summary>
    /// <exception cref="InvalidDataException">The stored document is not a seating plan.</exception>
    public static async Task<(PlanDocument Document, string ContentHash)?> ReadAsync(
        NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(DocumentSql, connection);
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;

        var reading = PlanJsonReader.Read(reader.GetFieldValue<byte[]>(1));
        return reading.Document is { } document
            ? (document, reader.GetString(0))
            : throw new InvalidDataException($"The stored seating plan {id} is damaged: {reading.Faults[0]}");
    }

    /// <summary>
    /// The plans an id, a hash or the beginning of a hash (six digits or more) may mean; at most two.
    /// </summary>
    public static async Task<IReadOnlyList<StoredPlan>> FindAsync(NpgsqlConnection connection, string reference) =>
        (await connection.QueryAsync<StoredPlan>(FindSql, new { reference = reference.ToLowerInvariant() })).AsList();

    public static async Task<IReadOnlyList<StoredPlan>> ListAsync(NpgsqlConnection connection, int limit) =>
        (await connection.QueryAsync<StoredPlan>(ListSql, new { limit })).AsList();
}
