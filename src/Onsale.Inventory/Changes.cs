using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>Something that happened to an event's inventory. The change log is the ordered list of these.</summary>
public abstract record Change;

/// <summary>A booking came to be or went to another state.</summary>
/// <param name="From">The state before; null: it is new.</param>
/// <param name="Booking">The booking after.</param>
public sealed record BookingChanged(BookingState? From, Booking Booking) : Change
{
    /// <summary>
    /// Secrets of the tickets issued by this change, one a place; else empty. Not part of the change log.
    /// </summary>
    public ImmutableArray<string> TicketCodes { get; init; } = [];
}

/// <summary>A booking changed hands; its state and places stay what they are.</summary>
/// <param name="FromBuyerId">Whose it was.</param>
/// <param name="Booking">The booking after, with its new buyer.</param>
public sealed record BookingReassigned(Guid FromBuyerId, Booking Booking) : Change;

/// <summary>Free seats were kept from sale, or blocked ones put back.</summary>
/// <param name="Seats">Ordinals.</param>
/// <param name="Blocked">True: blocked now.</param>
public sealed record SeatsBlocked(ImmutableArray<int> Seats, bool Blocked) : Change;

/// <summary>Free places of a pool were kept from sale, or blocked ones put back.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Quantity">More than 0: blocked; less than 0: put back.</param>
public sealed record PoolBlocked(int Tier, int Quantity) : Change;

/// <summary>One row of the change log: what one committed batch did.</summary>
/// <param name="Version">The inventory version after it; versions have no gaps.</param>
/// <param name="BatchId">Who wrote it.</param>
/// <param name="At">When, by the database's clock.</param>
/// <param name="Changes">In order.</param>
public sealed record LogEntry(long Version, Guid BatchId, DateTimeOffset At, IReadOnlyList<Change> Changes);
