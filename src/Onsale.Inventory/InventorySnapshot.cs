using Onsale.Inventory.Seating;

namespace Onsale.Inventory;

/// <summary>The inventory as the tables hold it, for building an <see cref="EventInventory"/>.</summary>
/// <param name="Version">Inventory version of all that follows.</param>
/// <param name="BatchId">Batch that wrote that version; null: version 0.</param>
/// <param name="ChangedAt">When that version was written.</param>
/// <param name="Seats">State of each numbered seat.</param>
/// <param name="Pools">Counts by tier number; only tiers by quantity are read.</param>
/// <param name="Live">Held and paying bookings.</param>
/// <param name="BuyerPlaces">Held and confirmed places by buyer.</param>
/// <param name="KeyBookings">Ids of the bookings that idempotency keys made within their lifetime.</param>
public sealed record InventorySnapshot(
    long Version, Guid? BatchId, DateTimeOffset ChangedAt, PackedSeatStates Seats,
    IReadOnlyDictionary<int, TierCounts> Pools,
    IReadOnlyCollection<Booking> Live, IReadOnlyDictionary<Guid, int> BuyerPlaces,
    IReadOnlyCollection<Guid> KeyBookings)
{
    /// <summary>What is held and confirmed with codes.</summary>
    public IReadOnlyCollection<CodeUse> CodeUses { get; init; } = [];

    /// <summary>Entries of the waitlist that are live, and the last one; in order of their numbers.</summary>
    public IReadOnlyCollection<WaitlistEntry> Waitlist { get; init; } = [];
}

/// <summary>What a buyer has with a code.</summary>
/// <param name="Code">The code's number.</param>
/// <param name="BuyerId">The buyer.</param>
/// <param name="Uses">Held and confirmed bookings.</param>
/// <param name="Tickets">Their places.</param>
public readonly record struct CodeUse(int Code, Guid BuyerId, int Uses, int Tickets);
