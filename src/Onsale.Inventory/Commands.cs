using System.Collections.Immutable;
using Onsale.Inventory.Collections;
using Onsale.Inventory.Seating;

namespace Onsale.Inventory;

/// <summary>A request to one event's inventory.</summary>
public abstract record InventoryCommand
{
    /// <summary>
    /// What the journal writes with the change that this command makes, in the same transaction: who asked for it. The
    /// decision does not read it, and it is not part of the change log. Null: nothing.
    /// </summary>
    public object? Note { get; init; }
}

/// <summary>A command about a booking that exists.</summary>
/// <param name="BookingId">The booking.</param>
public abstract record BookingCommand(Guid BookingId) : InventoryCommand;

/// <summary>One part of what a buyer asks for.</summary>
public abstract record PlaceRequest;

/// <summary>These seats, chosen by hand.</summary>
/// <param name="Seats">Ordinals, distinct.</param>
public sealed record SeatsRequest(ImmutableArray<int> Seats) : PlaceRequest;

/// <summary>So many places of a tier. Of a seated tier, the best available ones.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Quantity">At least 1.</param>
/// <param name="Together">Refuse rather than seat the party apart. Only for seated tiers.</param>
public sealed record QuantityRequest(int Tier, int Quantity, bool Together = false) : PlaceRequest
{
    /// <summary>What the party needs of its seats. Only for seated tiers.</summary>
    public SeatNeeds Needs { get; init; }
}

/// <summary>Binds a command to its first effect.</summary>
/// <param name="KeyHash">128 bits of a hash over buyer and key.</param>
/// <param name="Fingerprint">128 bits of a hash over what was asked for.</param>
public sealed record IdempotencyKey(Guid KeyHash, Guid Fingerprint);

/// <summary>Places that may be held at once by all buyers of one address range, guests among them.</summary>
/// <param name="Range">Hash of the range, as <see cref="Booking.AddressRange"/>; not 0.</param>
/// <param name="MaxPlaces">Places; an event that lets one buyer have more lets the range have as many.</param>
public readonly record struct AddressBudget(long Range, int MaxPlaces);

/// <summary>Set places aside: all of them or none.</summary>
/// <param name="BookingId">A UUIDv7 for the booking to make.</param>
/// <param name="BuyerId">The buyer.</param>
/// <param name="Requests">At least one.</param>
/// <param name="Key">Null: asked without an idempotency key.</param>
/// <param name="Address">Null: places held from one address range are not limited.</param>
public sealed record HoldCommand(
    Guid BookingId, Guid BuyerId, ImmutableArray<PlaceRequest> Requests, IdempotencyKey? Key = null,
    AddressBudget? Address = null) : InventoryCommand
{
    /// <summary>
    /// Id of the booking to make; with a key it embeds the key's hash (see <see cref="IdempotencyKeyIndex"/>).
    /// </summary>
    public Guid BookingId { get; } = Key is { } key
        ? IdempotencyKeyIndex.EmbedKeyHash(BookingId, key.KeyHash)
        : BookingId;

    /// <summary>Null: asked without an idempotency key.</summary>
    public IdempotencyKey? Key { get; } = Key;

    /// <summary>
    /// Version of the settings by which tier numbers and seat ordinals of the request were resolved: a hold for other
    /// settings is refused as stale. Null: not checked.
    /// </summary>
    public long? SettingsVersion { get; init; }

    /// <summary>
    /// Asked for by who sells: the window, the limit per buyer and the rule against single seats are theirs to set and
    /// do not bind them.
    /// </summary>
    public bool IsBoxOffice { get; init; }

    /// <summary>
    /// Text of the code that the buyer gave, as <see cref="CodeSettings.Normalise"/> makes it; null: none. Its use is
    /// decided with the places.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Given away: each place costs nothing.</summary>
    public bool IsFree { get; init; }

    /// <summary>Nothing new is to be held: only the first result of a key that was used is wanted.</summary>
    public bool OnlyRepeats { get; init; }
}

/// <summary>Prolong a hold by half of the event's hold time, as often as the event allows.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="BuyerId">The buyer; another buyer's booking is not found.</param>
public sealed record ExtendHoldCommand(Guid BookingId, Guid BuyerId) : BookingCommand(BookingId);

/// <summary>Keep a hold for the longer time that the event gives to who pays later; repeated without effect.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="BuyerId">The buyer; another buyer's booking is not found.</param>
public sealed record PayLaterCommand(Guid BookingId, Guid BuyerId) : BookingCommand(BookingId);

/// <summary>
/// After a time in which buyers could not go on: give those who were waiting that time back. Decided before due holds
/// are expired, and repeated without effect: what changed since the time's end is left alone.
/// </summary>
/// <param name="From">When it began, by the database's clock.</param>
/// <param name="To">When it ended.</param>
/// <remarks>
/// One batch prolongs at most <see cref="InventoryLimits.MaxExpiriesPerBatch"/> holds: the result names one of them,
/// and none when there was nothing left to prolong.
/// </remarks>
public sealed record ProlongHoldsCommand(DateTimeOffset From, DateTimeOffset To) : InventoryCommand;

/// <summary>Begin a payment: the hold turns into a lease that expiry cannot take.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="BuyerId">The buyer; another buyer's booking is not found.</param>
public sealed record StartPaymentCommand(Guid BookingId, Guid BuyerId) : BookingCommand(BookingId)
{
    /// <summary>Who sells says that the money has arrived: however often the buyer has tried to pay before.</summary>
    public bool IsBoxOffice { get; init; }
}

/// <summary>The payment's outcome is still open at the provider: extend the lease.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Attempt">The payment attempt.</param>
public sealed record RenewLeaseCommand(Guid BookingId, int Attempt) : BookingCommand(BookingId);

/// <summary>The payment succeeded.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Attempt">The payment attempt; 0 confirms a hold that costs nothing.</param>
/// <param name="TicketCodes">One secret a place, in the order of the places.</param>
public sealed record ConfirmCommand(Guid BookingId, int Attempt, ImmutableArray<string> TicketCodes)
    : BookingCommand(BookingId)
{
    /// <summary>Paid at the counter: a hold that costs something is confirmed without a payment attempt.</summary>
    public bool IsBoxOffice { get; init; }
}

/// <summary>The payment was declined, or certainly never happened.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Attempt">The payment attempt.</param>
/// <param name="Release">Free the places now instead of letting the hold go on.</param>
public sealed record DeclinePaymentCommand(Guid BookingId, int Attempt, bool Release) : BookingCommand(BookingId)
{
    /// <summary>
    /// Attempts of this booking until now that do not count against <see cref="InventoryLimits.MaxPaymentAttempts"/>:
    /// the provider never answered them.
    /// </summary>
    public int Uncounted { get; init; }
}

/// <summary>Release a hold, or cancel a confirmed booking where the event's policy allows.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="BuyerId">The buyer; another buyer's booking is not found.</param>
public sealed record CancelCommand(Guid BookingId, Guid BuyerId) : BookingCommand(BookingId)
{
    /// <summary>Asked for by who sells: of any buyer, whatever the event's policy says.</summary>
    public bool IsBoxOffice { get; init; }
}

/// <summary>Transfer a guest's held or confirmed booking to the account that the guest has signed in to.</summary>
/// <param name="BookingId">The booking.</param>
/// <param name="FromBuyerId">Its buyer; another buyer's booking is not found.</param>
/// <param name="ToBuyerId">The new buyer; the limit per buyer applies to them.</param>
public sealed record ReassignCommand(Guid BookingId, Guid FromBuyerId, Guid ToBuyerId) : BookingCommand(BookingId);

/// <summary>
/// Give a confirmed booking other seats at the price that was paid, whatever their tiers: all of them or none; repeated
/// without effect.
/// </summary>
/// <param name="BookingId">The booking.</param>
/// <param name="Moves">At least one, each from another seat and to another seat.</param>
public sealed record MoveSeatsCommand(Guid BookingId, ImmutableArray<SeatMove> Moves) : BookingCommand(BookingId);

/// <summary>One seat for another.</summary>
/// <param name="From">Ordinal of the seat that is given back.</param>
/// <param name="To">Ordinal of the seat that is taken.</param>
public readonly record struct SeatMove(int From, int To);

/// <summary>Block free seats, or free blocked ones: all of them or none.</summary>
/// <param name="Seats">Ordinals, distinct.</param>
/// <param name="Blocked">True to block, false to unblock.</param>
public sealed record BlockSeatsCommand(ImmutableArray<int> Seats, bool Blocked) : InventoryCommand;

/// <summary>Block free places of a pool, or free blocked ones.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Quantity">More than 0 to block, less than 0 to unblock.</param>
public sealed record BlockPoolCommand(int Tier, int Quantity) : InventoryCommand;

/// <summary>Add places to a pool, or take unsold ones away.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Delta">More than 0 to add, less than 0 to take away.</param>
public sealed record ResizePoolCommand(int Tier, int Delta) : InventoryCommand;

/// <summary>Change the event's settings; the change is logged, so that every node follows.</summary>
/// <param name="Patch">What changes.</param>
/// <param name="SettingsVersion">Refuse the change as stale for other settings than these; null: not checked.</param>
public sealed record ChangeSettingsCommand(SettingsPatch Patch, long? SettingsVersion = null) : InventoryCommand;

/// <summary>
/// Make a code, or change the one of the same id. What it is used for is kept: limits cannot go below that.
/// </summary>
/// <param name="Code">All of it.</param>
/// <param name="SettingsVersion">Refuse the change as stale for other settings than these; null: not checked.</param>
public sealed record PutCodeCommand(CodeSettings Code, long? SettingsVersion = null) : InventoryCommand;

/// <summary>Wait for places of an event that has not enough for the party now.</summary>
/// <param name="EntryId">A UUIDv7 for the entry to make.</param>
/// <param name="BuyerId">The buyer; one is on the list once.</param>
/// <param name="Tiers">Numbers of the tiers that will do, the best first; empty: any.</param>
/// <param name="Quantity">Places, all in one tier.</param>
/// <param name="Together">Whether numbered seats must be side by side.</param>
public sealed record JoinWaitlistCommand(
    Guid EntryId, Guid BuyerId, ImmutableArray<int> Tiers, int Quantity, bool Together) : InventoryCommand;

/// <summary>Leave the waitlist; an open offer is given back.</summary>
/// <param name="BuyerId">Whose entry ends.</param>
public sealed record LeaveWaitlistCommand(Guid BuyerId) : InventoryCommand;

/// <summary>
/// A guest has signed in: their entry becomes the account's. An open offer goes with its booking instead.
/// </summary>
/// <param name="FromBuyerId">The guest.</param>
/// <param name="ToBuyerId">The account; if it waits already, the guest's entry ends.</param>
public sealed record MoveWaitlistEntryCommand(Guid FromBuyerId, Guid ToBuyerId) : InventoryCommand;

/// <summary>Expire due holds. Every batch does so anyway; this causes a batch.</summary>
public sealed record SweepCommand : InventoryCommand;
