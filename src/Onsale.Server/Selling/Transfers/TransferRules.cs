using Onsale.Inventory;

namespace Onsale.Server.Selling.Transfers;

/// <summary>Where a transfer stands. Stored as a number: append only.</summary>
internal enum TransferState
{
    /// <summary>Its receiver has a link.</summary>
    Offered = 0,

    /// <summary>The ticket is its receiver's.</summary>
    Accepted = 1,

    /// <summary>Taken back before it was accepted.</summary>
    Withdrawn = 2,
}

/// <summary>Why a ticket does not change hands.</summary>
internal enum TransferRefusal
{
    /// <summary>No such ticket, or not the caller's.</summary>
    NotFound,

    /// <summary>The organiser does not allow it, or the event is over or called off.</summary>
    Closed,

    /// <summary>The booking was cancelled.</summary>
    Cancelled,

    /// <summary>Somebody has come in with it.</summary>
    CheckedIn,

    /// <summary>The buyer's bank has taken the money back.</summary>
    Disputed,

    /// <summary>It is offered to somebody else.</summary>
    Offered,

    /// <summary>It was offered as often as it may be.</summary>
    TooMany,

    /// <summary>The receiver has it already.</summary>
    Accepted,

    /// <summary>The offer was withdrawn.</summary>
    Withdrawn,

    /// <summary>The caller has it already.</summary>
    ToSelf,
}

/// <summary>All that decides whether a ticket may change hands, as it is under the ticket's lock.</summary>
/// <param name="Counter">How often it has changed hands.</param>
/// <param name="HolderId">Whose it is.</param>
/// <param name="Offers">How often it was offered.</param>
/// <param name="ScanKind">The latest accepted scan: 0 in, 1 out, 2 taken back; null: none.</param>
internal sealed record TicketSituation(
    Guid TicketId, Guid BookingId, bool IsValid, int BookingState, Guid HolderId, int Counter, int Offers,
    bool IsDisputed, bool IsAllowed, bool IsOver, int? ScanKind, DateTime? ScannedAt, string? Gate);

/// <summary>Decides whether a ticket may change hands.</summary>
internal static class TransferRules
{
    private const int TakenBack = 2;

    /// <summary>What stands against any change of hands; null: nothing.</summary>
    public static TransferRefusal? Check(TicketSituation ticket) => ticket switch
    {
        { IsValid: false } or { BookingState: not (int)BookingState.Confirmed } => TransferRefusal.Cancelled,
        // Who went out again has been in with it, too.
        { ScanKind: not (null or TakenBack) } => TransferRefusal.CheckedIn,
        { IsDisputed: true } => TransferRefusal.Disputed,
        { IsAllowed: false } or { IsOver: true } => TransferRefusal.Closed,
        _ => null,
    };
}
