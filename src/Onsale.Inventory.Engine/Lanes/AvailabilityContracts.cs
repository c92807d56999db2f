using Onsale.Inventory.Seating;

namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Availability of one tier.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Total">Places that are not blocked.</param>
/// <param name="Available">Places that can be held now.</param>
public readonly record struct TierAvailability(int Tier, int Total, int Available);

/// <summary>An event's availability at one version. Immutable.</summary>
/// <param name="Version">Inventory version.</param>
/// <param name="Seats">Two bits a seat by ordinal; see <see cref="PackedSeatStates"/>.</param>
/// <param name="SeatCount">Number of seats.</param>
/// <param name="Tiers">By tier number.</param>
public sealed record AvailabilitySnapshot(
    long Version, ReadOnlyMemory<byte> Seats, int SeatCount, IReadOnlyList<TierAvailability> Tiers)
{
    /// <summary>State of a seat.</summary>
    public SeatState StateOf(int seat) => (SeatState)((Seats.Span[seat >> 2] >> ((seat & 3) * 2)) & 3);
}

/// <summary>The difference between two versions: each changed seat once, in its current state.</summary>
/// <param name="From">The version this builds on.</param>
/// <param name="Version">The version it leads to.</param>
/// <param name="Seats">Changed seats, ascending, with their states.</param>
/// <param name="Tiers">All tiers in their current state.</param>
public sealed record AvailabilityChanges(
    long From, long Version, IReadOnlyList<(int Seat, SeatState State)> Seats, IReadOnlyList<TierAvailability> Tiers);

/// <summary>The lease of a payment in flight.</summary>
/// <param name="BookingId">The booking being paid for.</param>
/// <param name="Attempt">The payment attempt.</param>
/// <param name="EndsAt">End of the lease by the database's clock.</param>
public readonly record struct PaymentLease(Guid BookingId, int Attempt, DateTimeOffset EndsAt);
