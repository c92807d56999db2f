using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>One change of an event's inventory. The change log is the ordered list of these.</summary>
public abstract record Change;

/// <summary>A booking was created or changed its state.</summary>
/// <param name="From">The state before; null: it is new.</param>
/// <param name="Booking">The booking after.</param>
public sealed record BookingChanged(BookingState? From, Booking Booking) : Change
{
    /// <summary>
    /// Secrets of the tickets issued by this change, one a place; else empty. Not part of the change log.
    /// </summary>
    public ImmutableArray<string> TicketCodes { get; init; } = [];

    /// <summary>
    /// Whether the hold's end moved with a payment in flight. Not part of the change log, which has the end itself.
    /// </summary>
    public bool IsProlonged { get; init; }
}

/// <summary>A booking was transferred to another buyer; its state and places are unchanged.</summary>
/// <param name="FromBuyerId">The buyer before.</param>
/// <param name="Booking">The booking after, with its new buyer.</param>
public sealed record BookingReassigned(Guid FromBuyerId, Booking Booking) : Change;

/// <summary>A confirmed booking was given other seats, perhaps of other tiers; its prices are unchanged.</summary>
/// <param name="Moves">Which seats for which.</param>
/// <param name="Booking">The booking after, with its new seats.</param>
public sealed record BookingMoved(ImmutableArray<SeatMove> Moves, Booking Booking) : Change;

/// <summary>Free seats were blocked, or blocked ones freed.</summary>
/// <param name="Seats">Ordinals.</param>
/// <param name="Blocked">True: blocked; false: freed.</param>
public sealed record SeatsBlocked(ImmutableArray<int> Seats, bool Blocked) : Change;

/// <summary>Free places of a pool were blocked, or blocked ones freed.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Quantity">More than 0: blocked; less than 0: freed.</param>
public sealed record PoolBlocked(int Tier, int Quantity) : Change;

/// <summary>Places were added to a pool, or taken away.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Delta">More than 0: added; less than 0: taken away.</param>
public sealed record PoolResized(int Tier, int Delta) : Change;

/// <summary>A party joined the waitlist, or its entry changed.</summary>
/// <param name="From">The state before; null: it is new.</param>
/// <param name="Entry">The entry after.</param>
public sealed record WaitlistChanged(WaitlistState? From, WaitlistEntry Entry) : Change;

/// <summary>The event's organiser changed its settings.</summary>
/// <param name="SettingsVersion">The settings version after it.</param>
/// <param name="Patch">What changed.</param>
public sealed record SettingsChanged(long SettingsVersion, SettingsPatch Patch) : Change;

/// <summary>One row of the change log: what one committed batch did.</summary>
/// <param name="Version">The inventory version after it; versions have no gaps.</param>
/// <param name="BatchId">Id of the batch that wrote it.</param>
/// <param name="At">When, by the database's clock.</param>
/// <param name="Changes">In order.</param>
public sealed record LogEntry(long Version, Guid BatchId, DateTimeOffset At, IReadOnlyList<Change> Changes);
