using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>State of one numbered seat. Stored and sent as a number of two bits: append only, and full.</summary>
public enum SeatState
{
    /// <summary>Can be held.</summary>
    Available = 0,

    /// <summary>Set aside for one buyer.</summary>
    Held = 1,

    /// <summary>Confirmed.</summary>
    Sold = 2,

    /// <summary>Kept from sale by the organiser.</summary>
    Blocked = 3,
}

/// <summary>State of a booking. Stored as a number: append only.</summary>
public enum BookingState
{
    /// <summary>Places set aside until <see cref="Booking.HeldUntil"/>.</summary>
    Held = 0,

    /// <summary>A payment is in flight; its lease keeps the places.</summary>
    Paying = 1,

    /// <summary>Paid; tickets are issued.</summary>
    Confirmed = 2,

    /// <summary>Given back before payment.</summary>
    Released = 3,

    /// <summary>Its time ran out.</summary>
    Expired = 4,

    /// <summary>Given back after confirmation.</summary>
    Cancelled = 5,
}

/// <summary>What a booking does to the places it names.</summary>
public enum Occupancy
{
    /// <summary>Nothing: the places are free for others.</summary>
    None = 0,

    /// <summary>They are set aside.</summary>
    Held = 1,

    /// <summary>They are sold.</summary>
    Sold = 2,
}

/// <summary>One place of a booking.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Seat">Seat ordinal, or <see cref="ByQuantity"/>.</param>
/// <param name="Price">What the buyer pays, minor units; fixed when the place was held.</param>
public readonly record struct Place(int Tier, int Seat, long Price)
{
    /// <summary>What a code took off, minor units: the tier's price was this much higher.</summary>
    public long Discount { get; init; }

    /// <summary>Of the price the fee that the buyer pays, without tax.</summary>
    public long Fee { get; init; }

    /// <summary>Of the price the fee that the organiser pays.</summary>
    public long OwnFee { get; init; }

    /// <summary>Of the price tax.</summary>
    public long Tax { get; init; }

    /// <summary>Whether a fee or a tax is in the price.</summary>
    public bool IsCharged => Fee != 0 || OwnFee != 0 || Tax != 0;

    /// <summary>The seat of a place that has no number.</summary>
    public const int ByQuantity = -1;

    /// <summary>Whether this is a numbered seat.</summary>
    public bool IsSeat => Seat >= 0;
}

/// <summary>One buyer's claim on places of one event. Immutable: a transition makes a new value.</summary>
public sealed record Booking
{
    /// <summary>UUIDv7, made before the booking is written.</summary>
    public required Guid Id { get; init; }

    /// <summary>Account or guest session.</summary>
    public required Guid BuyerId { get; init; }

    /// <summary>
    /// Hash of the address range it was held from, known while it is held or paying; 0: not counted for any.
    /// </summary>
    public long AddressRange { get; init; }

    /// <summary>Number of the code that it was held with; null: none.</summary>
    public int? Code { get; init; }

    /// <summary>Where it stands.</summary>
    public required BookingState State { get; init; }

    /// <summary>End of the hold by the database's clock; moves only by an extension.</summary>
    public required DateTimeOffset HeldUntil { get; init; }

    /// <summary>
    /// How often the hold was extended; <see cref="InventoryLimits.PaidLaterExtensions"/>: to be paid later.
    /// </summary>
    public int Extensions { get; init; }

    /// <summary>Whether the buyer has chosen to pay later, and the hold has the longer time for that.</summary>
    public bool IsPaidLater => Extensions == InventoryLimits.PaidLaterExtensions;

    /// <summary>End of the payment's lease while <see cref="BookingState.Paying"/>, else null.</summary>
    public DateTimeOffset? PayingUntil { get; init; }

    /// <summary>Payments started.</summary>
    public int Attempts { get; init; }

    /// <summary>Inventory version that made it.</summary>
    public required long HoldVersion { get; init; }

    /// <summary>Inventory version that changed it last.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>What it claims; never changes.</summary>
    public required ImmutableArray<Place> Places { get; init; }

    /// <summary>Sum of the prices, minor units.</summary>
    public long Total => Places.Sum(place => place.Price);

    /// <summary>Whether a fee or a tax is in one of the prices.</summary>
    public bool IsCharged => Places.Any(place => place.IsCharged);

    /// <summary>Whether it is held or paying: its fate is still open.</summary>
    public bool IsLive => State is BookingState.Held or BookingState.Paying;
}

/// <summary>Which changes of state exist, and what each state does to places.</summary>
public static class BookingStates
{
    /// <summary>Whether a booking may go from one state to another; <paramref name="from"/> null: it is new.</summary>
    public static bool CanGo(BookingState? from, BookingState to) => (from, to) switch
    {
        (null, BookingState.Held) => true,
        (BookingState.Held, BookingState.Paying or BookingState.Released or BookingState.Expired) => true,
        (BookingState.Held, BookingState.Confirmed) => true, // nothing to pay
        (BookingState.Held, BookingState.Held) => true, // the hold is extended
        (BookingState.Paying, BookingState.Held) => true, // declined: the hold goes on
        (BookingState.Paying, BookingState.Paying) => true, // the lease is renewed
        (BookingState.Paying, BookingState.Confirmed or BookingState.Released or BookingState.Expired) => true,
        (BookingState.Confirmed, BookingState.Cancelled) => true,
        _ => false,
    };

    /// <summary>What a booking in this state does to its places.</summary>
    public static Occupancy OccupancyOf(BookingState? state) => state switch
    {
        BookingState.Held or BookingState.Paying => Occupancy.Held,
        BookingState.Confirmed => Occupancy.Sold,
        _ => Occupancy.None,
    };

    /// <summary>The seat state that an occupancy leaves behind.</summary>
    public static SeatState SeatStateOf(Occupancy occupancy) => occupancy switch
    {
        Occupancy.Held => SeatState.Held,
        Occupancy.Sold => SeatState.Sold,
        _ => SeatState.Available,
    };
}
