using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// What a hold is admitted by besides the rules of its event. <see cref="HoldPlaces.HoldAsync"/>, which both ways of a
/// hold lead to, asks it itself: what is to stand before every hold belongs here.
/// </summary>
internal sealed class HoldAdmission(
    AdmissionGate gate, IOptions<HoldOptions> holds, IOptions<RateLimitOptions> limits, RateLimitBudgets budgets)
{
    private readonly int _maxPlacesPerAddress = holds.Value.MaxPlacesPerAddress;
    private readonly bool _isLimited = limits.Value.Enabled;

    /// <summary>The waiting room that watches over the event's holds; null: it has none.</summary>
    public KnownRoom? FindRoom(Guid eventId) => gate.Find(eventId);

    /// <summary>Null: the room lets the buyer book; else the refusal.</summary>
    public Problem? Check(KnownRoom room, HttpContext context, Buyer buyer) =>
        gate.Check(room, context.Request, buyer);

    /// <summary>
    /// What the caller's address range may hold of an event; null: rate limits are off. The budget is decided with the
    /// hold by the event's inventory, so that it is exact over all guests and nodes.
    /// </summary>
    public AddressBudget? AddressBudgetOf(HttpContext context, Guid eventId) => _isLimited
        ? new AddressBudget(HashOf(eventId, RangeOf(context)), _maxPlacesPerAddress)
        : null;

    /// <summary>
    /// Null: the buyer may hold places of the event; else the refusal of one who did so again and again in a short
    /// time. Each node goes by what it knows: of another node's holds it hears with its own next one.
    /// </summary>
    public Problem? CheckRepeats(Guid eventId, Buyer buyer)
    {
        if (budgets.SecondsToPermit(RateLimitPolicy.Holds, KeyOf(eventId, buyer)) is not (> 0 and var seconds))
            return null;
        var rule = budgets.RuleOf(RateLimitPolicy.Holds);
        return new Problem(
            StatusCodes.Status429TooManyRequests, "too-many-holds",
            $"Places of this event can be held {rule.PermitLimit} times in "
                + $"{rule.WindowSeconds / 60} minutes. Try again in {seconds} s; what is held stays held.")
        {
            RetryAfterSeconds = seconds,
        };
    }

    /// <summary>Counts places that were set aside.</summary>
    public void CountHold(Guid eventId, Buyer buyer) =>
        budgets.Count(RateLimitPolicy.Holds, KeyOf(eventId, buyer));

    /// <summary>
    /// Null: a code may be tried from the caller's address; else the refusal of one from which too many were tried that
    /// are not taken. Each node goes by what it knows.
    /// </summary>
    public Problem? CheckGuesses(HttpContext context)
    {
        if (budgets.SecondsToPermit(RateLimitPolicy.Codes, RangeOf(context)) is not (> 0 and var seconds))
            return null;
        return new Problem(
            StatusCodes.Status429TooManyRequests, "too-many-codes-tried",
            $"Too many codes that are not taken were tried from this network. Try again in {seconds} s, or go on "
                + "without a code.")
        {
            RetryAfterSeconds = seconds,
        };
    }

    /// <summary>Counts a code that was not taken, whatever the cause: it may have been a guess.</summary>
    public void CountGuess(HttpContext context) => budgets.Count(RateLimitPolicy.Codes, RangeOf(context));

    private static UInt128 RangeOf(HttpContext context) => AddressRange.Of(context.Connection.RemoteIpAddress);

    private static UInt128 KeyOf(Guid eventId, Buyer buyer)
    {
        Span<byte> bytes = stackalloc byte[32];
        eventId.TryWriteBytes(bytes);
        buyer.Id.TryWriteBytes(bytes[16..]);
        return XxHash128.HashToUInt128(bytes);
    }

    /// <summary>
    /// Stored is not the address but a hash of it with the event: rows of two events cannot be connected by it.
    /// </summary>
    private static long HashOf(Guid eventId, UInt128 range)
    {
        Span<byte> content = stackalloc byte[32];
        eventId.TryWriteBytes(content, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt128BigEndian(content[16..], range);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        var number = BinaryPrimitives.ReadInt64BigEndian(hash);
        return number == 0 ? 1 : number; // 0 means none
    }
}
