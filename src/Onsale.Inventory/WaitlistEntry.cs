using System.Collections.Immutable;

namespace Onsale.Inventory;

/// <summary>Where an entry of a waitlist stands. Stored as a number: append only.</summary>
public enum WaitlistState
{
    /// <summary>In line.</summary>
    Waiting = 0,

    /// <summary>In line, and first for the places that are kept until there are enough for the party.</summary>
    Keeping = 1,

    /// <summary>Places are held for the buyer: the offer.</summary>
    Offered = 2,

    /// <summary>The offer was paid for.</summary>
    Bought = 3,

    /// <summary>The buyer gave the offer back.</summary>
    Declined = 4,

    /// <summary>The offer's time ran out.</summary>
    OfferExpired = 5,

    /// <summary>The buyer left, or the organiser took the entry off the list.</summary>
    Left = 6,

    /// <summary>When it was their turn, the buyer had as many places as one buyer may have.</summary>
    LimitReached = 7,
}

/// <summary>One party in line for places of an event. Immutable: a change makes a new value.</summary>
public sealed record WaitlistEntry
{
    /// <summary>Made before the entry is written.</summary>
    public required Guid Id { get; init; }

    /// <summary>Place in the order of joining: 1, 2, …, without gaps and never given again.</summary>
    public required int Number { get; init; }

    /// <summary>Account or guest session.</summary>
    public required Guid BuyerId { get; init; }

    /// <summary>Numbers of the tiers that will do, the best first; empty: any tier, in the event's order.</summary>
    public ImmutableArray<int> Tiers { get; init; } = [];

    /// <summary>Places wanted, all in one tier.</summary>
    public required int Quantity { get; init; }

    /// <summary>Whether numbered seats must be side by side.</summary>
    public bool Together { get; init; }

    /// <summary>Where it stands.</summary>
    public WaitlistState State { get; init; }

    /// <summary>The booking that keeps the places or makes the offer; stays known when an offer has ended.</summary>
    public Guid? BookingId { get; init; }

    /// <summary>Whether places were kept for it already, and given on because too few came.</summary>
    public bool WasKept { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Whether it is in line.</summary>
    public bool IsWaiting => State is WaitlistState.Waiting or WaitlistState.Keeping;

    /// <summary>Whether it is in line or has an open offer.</summary>
    public bool IsLive => IsWaiting || State == WaitlistState.Offered;

    /// <inheritdoc/>
    public bool Equals(WaitlistEntry? other) => other is not null && Plain(this) == Plain(other)
        && Tiers.AsSpan().SequenceEqual(other.Tiers.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    private static (Guid, int, Guid, int, bool, (WaitlistState, Guid?, bool), DateTimeOffset, DateTimeOffset) Plain(
        WaitlistEntry entry) => (
            entry.Id, entry.Number, entry.BuyerId, entry.Quantity, entry.Together,
            (entry.State, entry.BookingId, entry.WasKept), entry.JoinedAt, entry.ChangedAt);
}
