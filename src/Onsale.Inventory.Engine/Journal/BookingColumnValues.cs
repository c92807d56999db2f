using Npgsql;
using NpgsqlTypes;
using static Onsale.Inventory.Engine.Journal.BatchCommands;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>The columns of bookings that are inserted, as arrays: the fourth parameter and those after it.</summary>
internal readonly struct BookingColumnValues(List<Booking> rows, IEnumerable<NewKey> newKeys)
{
    public NpgsqlParameter[] ToParameters()
    {
        var keys = newKeys.ToDictionary(row => row.BookingId, row => row.Key);
        var places = rows.SelectMany(row => row.Places).ToList();
        var discounted = rows.Exists(row => row.Code is not null) ? places : [];
        var charged = places.Exists(place => place.IsCharged) ? places : [];
        var (first, last) = Slices(rows, row => row.Places.Length);
        return
        [
            Column(rows, NpgsqlDbType.Uuid, row => row.Id),
            Column(rows, NpgsqlDbType.Uuid, row => row.BuyerId),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.State),
            Column(rows, NpgsqlDbType.Smallint, row => (short)row.Attempts),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.HeldUntil),
            Column(rows, NpgsqlDbType.TimestampTz, row => row.PayingUntil),
            first, last,
            Column(places, NpgsqlDbType.Smallint, place => (short)place.Tier),
            Column(places, NpgsqlDbType.Integer, place => place.Seat),
            Column(places, NpgsqlDbType.Bigint, place => place.Price),
            Column(rows, NpgsqlDbType.Uuid, row => keys.GetValueOrDefault(row.Id)?.KeyHash),
            Column(rows, NpgsqlDbType.Uuid, row => keys.GetValueOrDefault(row.Id)?.Fingerprint),
            Column(rows, NpgsqlDbType.Bigint, row => row.AddressRange == 0 ? (long?)null : row.AddressRange),
            Column(rows, NpgsqlDbType.Smallint, row => (short?)row.Code),
            Column(discounted, NpgsqlDbType.Bigint, place => place.Discount),
            Column(rows, NpgsqlDbType.Boolean, row => row.IsCharged),
            Column(charged, NpgsqlDbType.Bigint, place => place.Fee),
            Column(charged, NpgsqlDbType.Bigint, place => place.OwnFee),
            Column(charged, NpgsqlDbType.Bigint, place => place.Tax),
        ];
    }
}
