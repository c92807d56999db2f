namespace Onsale.Inventory;

/// <summary>Why a command was refused. A refused command has no effect.</summary>
public enum RefusalReason
{
    /// <summary>Some of the seats are not available: <see cref="Refusal.Seats"/>.</summary>
    SeatsUnavailable,

    /// <summary>
    /// A tier has fewer places left than asked for: <see cref="Refusal.Tier"/>, <see cref="Refusal.Available"/>.
    /// </summary>
    SoldOut,

    /// <summary>No seats side by side are left for the party: <see cref="Refusal.Tier"/>.</summary>
    NotAdjacent,

    /// <summary>The selection would leave single seats: <see cref="Refusal.Seats"/>.</summary>
    OrphanSeat,

    /// <summary>More places than one buyer may have: <see cref="Refusal.Limit"/>, <see cref="Refusal.Has"/>.</summary>
    LimitExceeded,

    /// <summary>One booking a buyer, and there is one.</summary>
    OneBookingPerBuyer,

    /// <summary>
    /// More places than may be held at once from one address range: <see cref="Refusal.Limit"/>,
    /// <see cref="Refusal.Has"/>.
    /// </summary>
    TooManyHeld,

    /// <summary>Outside the sales window, or the event is not published.</summary>
    NotOnSale,

    /// <summary>A seat or tier that the event does not have.</summary>
    UnknownPlace,

    /// <summary>No such booking of this buyer.</summary>
    BookingNotFound,

    /// <summary>The hold's time is over, or it was given back.</summary>
    HoldExpired,

    /// <summary>A payment is in flight.</summary>
    PaymentInProgress,

    /// <summary>The payment attempt of the command is not the one in flight.</summary>
    StalePaymentAttempt,

    /// <summary>The booking was cancelled.</summary>
    AlreadyCancelled,

    /// <summary>The event's policy does not let a buyer cancel (any more).</summary>
    NotCancellable,

    /// <summary>The idempotency key was used for something else.</summary>
    IdempotencyMismatch,

    /// <summary>Not enough free (or blocked) places to block (or unblock).</summary>
    CannotBlock,

    /// <summary>Seats that the booking does not have, or that are named twice: <see cref="Refusal.Seats"/>.</summary>
    CannotMove,

    /// <summary>Only tickets that were issued and are valid have seats to move.</summary>
    NotConfirmed,

    /// <summary>The command was made for other settings of the event: read them again and repeat it.</summary>
    StaleSettings,

    /// <summary>The settings asked for cannot be.</summary>
    InvalidSettings,

    /// <summary>
    /// A companion's place without the wheelchair's place that it belongs to: <see cref="Refusal.Seats"/>.
    /// </summary>
    CompanionAlone,

    /// <summary>The key of a hold that was to be repeated was never used.</summary>
    NothingToRepeat,

    /// <summary>
    /// The hold was extended as often as the event allows, or lasts until the end of the sale already.
    /// </summary>
    NotExtendable,

    /// <summary>
    /// A pool cannot lose places that are held, sold or blocked: <see cref="Refusal.Tier"/>,
    /// <see cref="Refusal.Available"/>.
    /// </summary>
    CapacityBelowSold,

    /// <summary>
    /// A code that is unknown, over, used up, or not for what was asked for: who guesses is not told which.
    /// </summary>
    CodeUnusable,

    /// <summary>Another code of the event has this text.</summary>
    CodeTaken,

    /// <summary>A code cannot allow less than it is used for: <see cref="Refusal.Has"/>.</summary>
    CodeLimitBelowUsed,

    /// <summary>The event has no waitlist.</summary>
    NoWaitlist,

    /// <summary>The buyer waits already, for something else.</summary>
    AlreadyOnWaitlist,

    /// <summary>The buyer is not on the waitlist.</summary>
    NotOnWaitlist,

    /// <summary>As many wait as can: <see cref="Refusal.Limit"/>.</summary>
    WaitlistFull,

    /// <summary>There is nothing to wait for: enough places are free. <see cref="Refusal.Tier"/>.</summary>
    PlacesAvailable,

    /// <summary>The event has as many codes as it can have: <see cref="Refusal.Limit"/>.</summary>
    TooManyCodes,

    /// <summary>The event does not let this booking be paid later, or not any more.</summary>
    NoPayLater,

    /// <summary>
    /// A place of a tier that is sold only with one of another: <see cref="Refusal.Tier"/>,
    /// <see cref="Refusal.Needs"/>.
    /// </summary>
    TicketAlone,

    /// <summary>A booking that is to be paid later takes no more cards; its places are kept for the transfer.</summary>
    PaymentsUsedUp,
}

/// <summary>A refusal and its details.</summary>
/// <param name="Reason">Why.</param>
public sealed record Refusal(RefusalReason Reason)
{
    /// <summary>Seat ordinals the reason is about.</summary>
    public IReadOnlyList<int> Seats { get; init; } = [];

    /// <summary>Tier number the reason is about, or −1.</summary>
    public int Tier { get; init; } = -1;

    /// <summary>Number of the tier that it needs a place of, or −1.</summary>
    public int Needs { get; init; } = -1;

    /// <summary>Places left in that tier.</summary>
    public int Available { get; init; }

    /// <summary>Places one buyer may have, or one address range may hold; or what else there may be.</summary>
    public int Limit { get; init; }

    /// <summary>Places the buyer has, or the address range holds; or uses that a code has.</summary>
    public int Has { get; init; }

    /// <summary>When it was decided, by the journal's clock: for a refusal that depends on time.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The result of a decided command: a refusal, or an effect.</summary>
public readonly record struct CommandResult
{
    private CommandResult(Refusal? refusal, Booking? booking, bool replayed) =>
        (Refusal, Booking, IsReplay) = (refusal, booking, replayed);

    /// <summary>Null: accepted.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The booking after the command; null for commands without one.</summary>
    public Booking? Booking { get; }

    /// <summary>Whether the effect is an earlier one: the command itself changed nothing.</summary>
    public bool IsReplay { get; }

    /// <summary>A command that concerns no booking took effect.</summary>
    public static CommandResult Done { get; }

    /// <summary>Refused.</summary>
    public static CommandResult Refuse(Refusal refusal) => new(refusal, null, replayed: false);

    /// <summary>Refused for a reason that needs no details.</summary>
    public static CommandResult Refuse(RefusalReason reason) => Refuse(new Refusal(reason));

    /// <summary>Accepted; the booking as it is now.</summary>
    public static CommandResult Accept(Booking booking) => new(null, booking, replayed: false);

    /// <summary>Accepted earlier; the booking as it is now.</summary>
    public static CommandResult Replay(Booking booking) => new(null, booking, replayed: true);
}
