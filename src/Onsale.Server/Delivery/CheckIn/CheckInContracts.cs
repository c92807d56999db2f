using System.Text.Json.Serialization;
using Onsale.Platform.Http;

namespace Onsale.Server.Delivery.CheckIn;

/// <summary>On the wire by name; stored as a number: append only.</summary>
internal enum ScanKind
{
    /// <summary>Comes in.</summary>
    Entry = 0,

    /// <summary>Goes out; may come in again.</summary>
    Exit = 1,

    /// <summary>Takes an entry back that was a mistake.</summary>
    Undo = 2,
}

/// <summary>On the wire by name; stored as a number: append only.</summary>
internal enum ScanOutcome
{
    /// <summary>Admitted, let out, or taken back.</summary>
    Accepted = 0,

    /// <summary>
    /// The holder is inside already: <see cref="ScanResult.Previous"/> says since when and by which gate.
    /// </summary>
    AlreadyCheckedIn = 1,

    /// <summary>Nobody is inside with this ticket.</summary>
    NotCheckedIn = 2,

    /// <summary>The booking was cancelled.</summary>
    Cancelled = 3,

    /// <summary>The code is no ticket of this event.</summary>
    NotFound = 4,

    /// <summary>The code is a ticket of another event of the organisation.</summary>
    OtherEvent = 5,

    /// <summary>The code looks like a ticket of this event, but nobody of ours has signed it.</summary>
    InvalidSignature = 6,

    /// <summary>The code was signed with a key that was revoked: the ticket has a newer one.</summary>
    RevokedKey = 7,

    /// <summary>The code is of an earlier holder: the ticket was handed on.</summary>
    Transferred = 8,

    /// <summary>The device let nobody pass, although its ticket was good as is known now.</summary>
    RefusedAtDoor = 9,

    /// <summary>The buyer's bank has taken the money back: the ticket admits nobody until that is decided.</summary>
    PaymentDisputed = 10,

    /// <summary>The event's tickets are shown live on the phone: a code that stays admits nobody.</summary>
    LiveCodeRequired = 11,

    /// <summary>The code was shown too long ago: a picture of it, or a phone whose clock is behind.</summary>
    CodeExpired = 12,

    /// <summary>The code is of a time that has not come: the clock of the phone that shows it is ahead.</summary>
    CodeAhead = 13,

    /// <summary>Somebody came in by this very code already; the phone shows another one by now.</summary>
    CodeReused = 14,
}

/// <summary>Scans to be decided, in order.</summary>
/// <param name="Scans">1 to 200.</param>
/// <param name="SentAt">
/// By the device's clock: its difference from the server's corrects the times of the scans. Absent: they are taken as
/// they are.
/// </param>
internal sealed record ScansRequest(ScanRequest[] Scans, DateTimeOffset? SentAt = null);

/// <summary>One scan.</summary>
/// <param name="Nonce">
/// Made by the device, a new one for each scan; the same again is answered with the first result.
/// </param>
/// <param name="Code">What was scanned or typed; absent where the ticket was found by name.</param>
/// <param name="TicketId">A ticket that was found by name, instead of a code.</param>
/// <param name="Kind">Entry unless it says otherwise.</param>
/// <param name="Gate">Where, at most 50 characters.</param>
/// <param name="ScannedAt">By the device's clock; absent: now.</param>
/// <param name="Admitted">
/// Of a scan that the device has decided without a network: whether it let somebody pass. Absent: to be decided now.
/// </param>
internal sealed record ScanRequest(
    Guid Nonce, string? Code = null, Guid? TicketId = null, ScanKind Kind = ScanKind.Entry, string? Gate = null,
    DateTimeOffset? ScannedAt = null, bool? Admitted = null);

/// <summary>What became of the scans, in their order.</summary>
internal sealed record ScansResponse(IReadOnlyList<ScanResult> Results);

/// <summary>What became of one scan.</summary>
/// <param name="Nonce">The scan's.</param>
/// <param name="Outcome">Whether it was accepted, or why not.</param>
/// <param name="Kind">The scan's.</param>
/// <param name="Ticket">Absent where the code is no ticket of the event.</param>
/// <param name="Previous">The scan that the ticket's holder is inside by; absent: none.</param>
/// <param name="OtherEvent">Title of the event that the ticket is for, where that is another one.</param>
internal sealed record ScanResult(
    Guid Nonce, ScanOutcome Outcome, ScanKind Kind, DoorTicket? Ticket, PreviousScan? Previous,
    string? OtherEvent = null)
{
    /// <summary>
    /// An entry by another door that this one precedes: somebody was let in there with the same ticket, and this entry
    /// stands. Absent: none.
    /// </summary>
    public PreviousScan? Conflict { get; init; }
}

/// <summary>A ticket as the door sees it: nothing about money, no e-mail address.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Tier">Name of its tier.</param>
/// <param name="Label">"Orchestra, row C, seat 14", or the tier's name.</param>
/// <param name="Name">The buyer's, where it was given.</param>
internal sealed record DoorTicket(Guid Id, string Tier, string Label, string? Name);

/// <summary>An accepted entry.</summary>
/// <param name="At">When.</param>
/// <param name="Gate">Where; may be empty.</param>
/// <param name="Device">Name of the paired device; absent: a member's browser.</param>
internal sealed record PreviousScan(DateTimeOffset At, string Gate, string? Device = null);

/// <summary>How full the house is.</summary>
/// <param name="Event">The event's title.</param>
/// <param name="Tickets">Valid tickets.</param>
/// <param name="Admitted">Of these, how many came in at least once.</param>
/// <param name="Inside">Of these, how many are inside now.</param>
/// <param name="Tiers">The same by tier.</param>
/// <param name="Gates">Accepted entries by gate.</param>
/// <param name="Conflicts">
/// Tickets that somebody was let in with who should not have been, without names; newest first, at most 50.
/// </param>
internal sealed record CheckInCounts(
    string Event, int Tickets, int Admitted, int Inside, IReadOnlyList<TierCheckIns> Tiers,
    IReadOnlyList<GateEntries> Gates, IReadOnlyList<DoorConflict> Conflicts);

/// <summary>Check-ins of a tier.</summary>
internal sealed record TierCheckIns(Guid TierId, string Name, int Tickets, int Admitted, int Inside);

/// <summary>Accepted entries at a gate.</summary>
internal sealed record GateEntries(string Gate, int Entries);

/// <summary>Somebody was let in although the ticket admits nobody more.</summary>
/// <param name="Nonce">The scan's.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="Outcome">Why not.</param>
/// <param name="Entry">The entry that should not have been.</param>
/// <param name="DeviceId">By which device; absent: a member's browser.</param>
/// <param name="Standing">The entry that stands; absent: none.</param>
/// <param name="StandingDeviceId">By which device.</param>
internal sealed record DoorConflict(
    Guid Nonce, DoorTicket Ticket, ScanOutcome Outcome, PreviousScan Entry, Guid? DeviceId, PreviousScan? Standing,
    Guid? StandingDeviceId);

/// <summary>A ticket on the door's list.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Valid">False once the booking is cancelled.</param>
/// <param name="OrderCode">Of its booking; absent: none was given.</param>
/// <param name="Inside">The entry by which its holder is inside; absent: they are not.</param>
internal sealed record ListedTicket(DoorTicket Ticket, bool Valid, string? OrderCode, PreviousScan? Inside);

[JsonSerializable(typeof(ScansRequest))]
[JsonSerializable(typeof(ScansResponse))]
[JsonSerializable(typeof(CheckInCounts))]
[JsonSerializable(typeof(Page<ListedTicket>))]
internal sealed partial class CheckInJson : JsonSerializerContext;
