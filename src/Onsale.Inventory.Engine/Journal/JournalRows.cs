using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>Between rows and the core's types, by column position as in <see cref="JournalSql"/>.</summary>
internal static class JournalRows
{
    /// <summary>The columns that every query of bookings begins with; what it has beside them comes after.</summary>
    public const int BookingColumns = 19;

    /// <summary>A booking from the first <see cref="BookingColumns"/> columns.</summary>
    public static Booking ReadBooking(NpgsqlDataReader row) => new()
    {
        Code = row.IsDBNull(14) ? null : row.GetInt16(14),
        Id = row.GetGuid(0),
        BuyerId = row.GetGuid(1),
        State = (BookingState)row.GetInt16(2),
        Attempts = row.GetInt16(3),
        HeldUntil = row.GetFieldValue<DateTimeOffset>(4),
        PayingUntil = row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5),
        HoldVersion = row.GetInt64(6),
        Version = row.GetInt64(7),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(8),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(9),
        Places = ImmutableCollectionsMarshal.AsImmutableArray(ReadPlaces(
            row.GetFieldValue<short[]>(10), row.GetFieldValue<int[]>(11), row.GetFieldValue<long[]>(12),
            Amounts(row, 15), Amounts(row, 16), Amounts(row, 17), Amounts(row, 18))),
        Extensions = row.GetInt16(13),
    };

    /// <summary>A live booking: the same, and the address range that it is held from.</summary>
    public static Booking ReadLiveBooking(NpgsqlDataReader row) =>
        ReadBooking(row) with
        {
            AddressRange = row.IsDBNull(BookingColumns) ? 0 : row.GetInt64(BookingColumns),
        };

    /// <summary>Keys of bookings made before have outlived their lifetime.</summary>
    public static DateTimeOffset OldestKey(DateTimeOffset now) =>
        now - TimeSpan.FromHours(InventoryLimits.IdempotencyKeyHours);

    /// <summary>A booking of a batch's read set, and its key while that lives.</summary>
    public static void ReadBookingAndKey(
        NpgsqlDataReader row, DateTimeOffset oldestKey, Dictionary<Guid, Booking> bookings,
        Dictionary<Guid, UsedKey> keys)
    {
        var booking = ReadBooking(row);
        bookings[booking.Id] = booking;
        if (!row.IsDBNull(BookingColumns) && booking.CreatedAt > oldestKey)
            keys[row.GetGuid(BookingColumns)] = new UsedKey(row.GetGuid(BookingColumns + 1), booking);
    }

    /// <summary>An entry of the change log, from four columns.</summary>
    public static LogEntry ReadEntry(NpgsqlDataReader row, int first) => new(
        row.GetInt64(first), row.GetGuid(first + 1), row.GetFieldValue<DateTimeOffset>(first + 2),
        ChangeLogCodec.Read(row.GetFieldValue<byte[]>(first + 3)));

    /// <summary>An entry of a waitlist.</summary>
    public static WaitlistEntry ReadWaitlistEntry(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Number = row.GetInt32(1),
        BuyerId = row.GetGuid(2),
        State = (WaitlistState)row.GetInt16(3),
        BookingId = row.IsDBNull(4) ? null : row.GetGuid(4),
        WasKept = row.GetBoolean(5),
        JoinedAt = row.GetFieldValue<DateTimeOffset>(6),
        ChangedAt = row.GetFieldValue<DateTimeOffset>(7),
        Quantity = row.GetInt16(8),
        Together = row.GetBoolean(9),
        Tiers = [.. row.GetFieldValue<short[]>(10)],
    };

    /// <summary>A parameter with its value and PostgreSQL type, which the untyped API would have to guess.</summary>
    public static NpgsqlParameter<T> Parameter<T>(T value, NpgsqlDbType type) =>
        new() { TypedValue = value, NpgsqlDbType = type };

    private static long[]? Amounts(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<long[]>(column);

    private static Place[] ReadPlaces(
        short[] tiers, int[] seats, long[] prices, long[]? discounts, long[]? fees, long[]? ownFees, long[]? taxes)
    {
        var places = new Place[tiers.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new Place(tiers[i], seats[i], prices[i])
            {
                Discount = discounts?[i] ?? 0,
                Fee = fees?[i] ?? 0,
                OwnFee = ownFees?[i] ?? 0,
                Tax = taxes?[i] ?? 0,
            };
        }

        return places;
    }
}
