using Npgsql;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>Reads rows of rooms: which columns, and what they become.</summary>
internal static class RoomReader
{
    /// <summary>Of <c>waiting_rooms r join events e</c>.</summary>
    public const string Columns = """
        r.event_id, e.slug, e.status = 1, e.on_sale_at, e.off_sale_at, r.mode, r.phase, r.era, r.opens_at,
        r.needs_account, r.rate_per_minute, r.max_inside, r.admission_minutes, r.is_paused, r.message, r.commitment,
        r.sealed_seed, r.seed, r.beacon, r.early, r.numbers, r.served, r.moved_at, r.carry, r.pace, r.window_from,
        r.window_middle, r.window_turned_at, r.is_sold_out, r.calm_since, r.fence
        """;

    public static Room Read(NpgsqlDataReader row) => new()
    {
        EventId = row.GetGuid(0),
        Slug = row.GetString(1),
        IsPublished = row.GetBoolean(2),
        OnSaleAt = row.GetFieldValue<DateTimeOffset>(3),
        OffSaleAt = row.GetFieldValue<DateTimeOffset>(4),
        Mode = (RoomMode)row.GetInt16(5),
        Phase = (RoomPhase)row.GetInt16(6),
        Era = row.GetInt32(7),
        OpensAt = row.GetFieldValue<DateTimeOffset>(8),
        NeedsAccount = row.GetBoolean(9),
        RatePerMinute = row.GetInt32(10),
        MaxInside = row.GetInt32(11),
        AdmissionMinutes = row.GetInt16(12),
        IsPaused = row.GetBoolean(13),
        Message = row.GetString(14),
        Commitment = Nullable<byte[]>(row, 15),
        SealedSeed = Nullable<byte[]>(row, 16),
        Seed = Nullable<byte[]>(row, 17),
        Beacon = row.GetString(18),
        Early = row.GetInt64(19),
        Numbers = row.GetInt64(20),
        Served = row.GetInt64(21),
        MovedAt = row.GetFieldValue<DateTimeOffset>(22),
        Carry = row.GetDouble(23),
        Pace = row.GetDouble(24),
        WindowFrom = row.GetInt64(25),
        WindowMiddle = row.GetInt64(26),
        WindowTurnedAt = row.GetFieldValue<DateTimeOffset>(27),
        IsSoldOut = row.GetBoolean(28),
        CalmSince = row.IsDBNull(29) ? null : row.GetFieldValue<DateTimeOffset>(29),
        Fence = row.GetInt64(30),
    };

    private static T? Nullable<T>(NpgsqlDataReader row, int column)
        where T : class =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
