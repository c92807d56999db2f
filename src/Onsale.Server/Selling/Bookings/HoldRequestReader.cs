using System.Text.Json;
using Onsale.Inventory;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Parses the body of a hold whose members are in the order of the contract, as its clients send them. Every other
/// body, valid or not, is left to the serializer, which is slower and reports what is wrong.
/// </summary>
internal static class HoldRequestReader
{
    /// <summary>The request; null: the body is not of this form.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is not Unicode.</exception>
    public static HoldRequest? TryRead(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!Next(ref reader, JsonTokenType.StartObject) || !reader.Read())
            return null;
        int[]? seats = null;
        TierQuantity[]? tickets = null;
        BestAvailableRequest? best = null;
        string? code = null;
        if (IsMember(ref reader, "seats"u8) && ((seats = TryReadSeats(ref reader)) is null || !reader.Read()))
            return null;
        if (IsMember(ref reader, "tickets"u8) && ((tickets = TryReadTickets(ref reader)) is null || !reader.Read()))
            return null;
        if (IsMember(ref reader, "bestAvailable"u8)
            && ((best = TryReadBestAvailable(ref reader)) is null || !reader.Read()))
            return null;
        if (IsMember(ref reader, "code"u8) && ((code = TryReadCode(ref reader)) is null || !reader.Read()))
            return null;
        var isAny = seats is not null || tickets is not null || best is not null;
        return isAny && reader.TokenType == JsonTokenType.EndObject && !reader.Read()
            ? new HoldRequest(seats, tickets, best, code)
            : null;
    }

    private static string? TryReadCode(ref Utf8JsonReader reader) =>
        Next(ref reader, JsonTokenType.String) && reader.ValueSpan.Length <= BookingsLimits.MaxTypedCodeChars
            ? reader.GetString()
            : null;

    private static int[]? TryReadSeats(ref Utf8JsonReader reader)
    {
        Span<int> seats = stackalloc int[InventoryLimits.MaxPlacesPerBooking];
        if (!Next(ref reader, JsonTokenType.StartArray))
            return null;
        for (var count = 0; reader.Read(); count++)
        {
            if (reader.TokenType == JsonTokenType.EndArray)
                return seats[..count].ToArray();
            if (count == seats.Length || reader.TokenType != JsonTokenType.Number
                || !reader.TryGetInt32(out seats[count]))
                return null;
        }

        return null;
    }

    private static TierQuantity[]? TryReadTickets(ref Utf8JsonReader reader)
    {
        if (!Next(ref reader, JsonTokenType.StartArray))
            return null;
        var lines = new List<TierQuantity>(capacity: 1);
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject
            && lines.Count < BookingsLimits.MaxTierLines
            && TryReadTier(ref reader, out var tierId, out var quantity)
            && Next(ref reader, JsonTokenType.EndObject))
        {
            lines.Add(new TierQuantity(tierId, quantity));
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. lines] : null;
    }

    private static BestAvailableRequest? TryReadBestAvailable(ref Utf8JsonReader reader)
    {
        if (!Next(ref reader, JsonTokenType.StartObject)
            || !TryReadTier(ref reader, out var tierId, out var quantity)
            || !reader.Read())
            return null;
        var together = false;
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("together"u8) || !reader.Read()
                || reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                return null;
            together = reader.GetBoolean();
            if (!reader.Read())
                return null;
        }

        return reader.TokenType == JsonTokenType.EndObject
            ? new BestAvailableRequest(tierId, quantity, together)
            : null;
    }

    private static bool TryReadTier(ref Utf8JsonReader reader, out Guid tierId, out int quantity)
    {
        quantity = 0;
        tierId = default;
        return NextIs(ref reader, "tierId"u8) && Next(ref reader, JsonTokenType.String)
            && reader.TryGetGuid(out tierId)
            && NextIs(ref reader, "quantity"u8) && Next(ref reader, JsonTokenType.Number)
            && reader.TryGetInt32(out quantity);
    }

    private static bool IsMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name);

    private static bool NextIs(ref Utf8JsonReader reader, ReadOnlySpan<byte> member) =>
        Next(ref reader, JsonTokenType.PropertyName) && reader.ValueTextEquals(member);

    private static bool Next(ref Utf8JsonReader reader, JsonTokenType token) =>
        reader.Read() && reader.TokenType == token;
}
