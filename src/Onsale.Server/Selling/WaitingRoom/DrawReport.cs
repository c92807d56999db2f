using Npgsql;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>What can be checked of a draw.</summary>
/// <param name="Room">The room with its published values.</param>
/// <param name="SeedFits">Whether the seed is the one that was promised; null: the draw is still to come.</param>
internal sealed record DrawReport(Room Room, bool? SeedFits)
{
    private const string RoomSql = $"""
        select {RoomReader.Columns} from waiting_rooms r join events e on e.id = r.event_id
        where r.event_id = $1 and r.era > 0
        """;

    /// <summary>Null: the event has no room, or it has never opened.</summary>
    public static async Task<DrawReport?> FindAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(RoomSql, connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = eventId } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
            return null;
        var room = RoomReader.Read(rows);
        return new DrawReport(
            room, room.Seed is null ? null : Draw.CommitmentOf(room.Seed).AsSpan().SequenceEqual(room.Commitment));
    }
}
