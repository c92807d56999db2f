using System.Text.Json.Serialization;
using Onsale.Platform.Http;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Delivery.Tickets;

namespace Onsale.Server.Delivery.Door;

/// <summary>A device that is to be paired.</summary>
/// <param name="Name">"North gate, left", 1 to 50 characters.</param>
/// <param name="ShowsNames">Whether it is told the names of buyers.</param>
internal sealed record NewDoorDevice(string Name, bool ShowsNames = false);

/// <summary>A pairing that waits for its device.</summary>
/// <param name="Id">The device.</param>
/// <param name="Code">For the device, once: at <c>/door#pair=…</c>. It is told only here.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record DoorPairing(Guid Id, string Code, DateTimeOffset ExpiresAt);

/// <summary>On the wire by name.</summary>
internal enum DoorDeviceState
{
    /// <summary>Its pairing code waits.</summary>
    Waiting,

    /// <summary>It may check in.</summary>
    Paired,

    /// <summary>Its pairing code was not used in time.</summary>
    Expired,

    /// <summary>It may do nothing any more.</summary>
    Revoked,
}

/// <summary>A device of an event's door.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">As it was named.</param>
/// <param name="State">Whether it may check in.</param>
/// <param name="ShowsNames">Whether it is told the names of buyers.</param>
/// <param name="CreatedAt">When its pairing code was made.</param>
/// <param name="SeenAt">When it last asked, to the minute; absent: never.</param>
internal sealed record DoorDevice(
    Guid Id, string Name, DoorDeviceState State, bool ShowsNames, DateTimeOffset CreatedAt, DateTimeOffset? SeenAt);

/// <summary>What a device shows to be paired.</summary>
/// <param name="Code">From the QR code that the organiser's page shows.</param>
internal sealed record PairRequest(string Code);

/// <summary>A device that was paired.</summary>
/// <param name="Token">For the header <c>Door-Device</c>; it is told only here.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Device">Its name.</param>
internal sealed record PairedDevice(string Token, Guid DeviceId, string Device);

/// <summary>What a device needs to know of its event before the list.</summary>
/// <param name="DeviceId">The device.</param>
/// <param name="Device">Its name.</param>
/// <param name="EventId">The event.</param>
/// <param name="Event">Its title.</param>
/// <param name="StartsAt">When it begins.</param>
/// <param name="TimeZone">Where it is.</param>
/// <param name="Tiers">Names of its tiers by their numbers in the list.</param>
/// <param name="ShowsNames">Whether the list has names.</param>
/// <param name="Tickets">How many tickets the list has, about.</param>
/// <param name="Others">Other events of the organisation, by what codes say of them.</param>
/// <param name="State">Where changes begin.</param>
internal sealed record DoorEvent(
    Guid DeviceId, string Device, Guid EventId, string Event, DateTimeOffset StartsAt, string TimeZone,
    IReadOnlyList<string> Tiers, bool ShowsNames, int Tickets, IReadOnlyList<OtherDoorEvent> Others, DoorState State);

/// <summary>What changes often.</summary>
/// <param name="ServerTime">To correct the device's clock by.</param>
/// <param name="ChangesAfter">Ask for changes after this; made by the server, compared by nobody.</param>
/// <param name="ListVersion">
/// Another one: the event or its tiers were changed since, and all is worth loading anew.
/// </param>
/// <param name="Keys">What signs the event's tickets.</param>
/// <param name="RotatingCodes">True: only codes that are shown live admit.</param>
internal sealed record DoorState(
    DateTimeOffset ServerTime, string ChangesAfter, long ListVersion, IReadOnlyList<TicketKey> Keys,
    bool RotatingCodes);

/// <summary>Another event of the organisation.</summary>
/// <param name="Hint">The last 24 bits of its id.</param>
/// <param name="Title">Its title.</param>
internal sealed record OtherDoorEvent(int Hint, string Title);

/// <summary>
/// A part of the list, in columns: of ticket number i the i-th of each. Tickets appear by hashes of their codes.
/// </summary>
/// <param name="Ids">Ids of 16 bytes each, in base 64.</param>
/// <param name="References">
/// Of each signed code's reference the first 6 bytes of SHA-256 over event id and reference, in base 64.
/// </param>
/// <param name="Codes">The first 16 bytes of the same of each code that people type.</param>
/// <param name="Tiers">Numbers of the tiers.</param>
/// <param name="Labels">Seats; empty where the tier's name says it all.</param>
/// <param name="Names">Of the buyers, empty where none was given; absent: the device is not told them.</param>
/// <param name="Counters">For which holder the ticket's code is.</param>
/// <param name="Cancelled">Numbers of those that are not valid any more.</param>
/// <param name="Disputed">Numbers of those whose payment is disputed.</param>
/// <param name="Inside">Those whose holders are inside.</param>
/// <param name="WentOut">Numbers of those whose holders came in and went out.</param>
/// <param name="Next">Ask for what comes after this ticket; absent: this was the last part.</param>
internal sealed record DoorTicketPart(
    byte[] Ids, byte[] References, byte[] Codes, int[] Tiers, string[] Labels, string[]? Names, int[] Counters,
    int[] Cancelled, int[] Disputed, IReadOnlyList<InsideTicket> Inside, int[] WentOut, Guid? Next);

/// <summary>A ticket whose holder is inside.</summary>
/// <param name="Number">Its number in the part.</param>
/// <param name="Entry">By which entry.</param>
internal sealed record InsideTicket(int Number, PreviousScan Entry);

/// <summary>What has happened since.</summary>
/// <param name="State">Where changes go on.</param>
/// <param name="Reload">True: more than can be told; load the list anew.</param>
/// <param name="List">
/// Tickets that were sold, cancelled, handed on or disputed, in place of what the list says of them; absent: none.
/// </param>
/// <param name="Tickets">Tickets that were scanned.</param>
/// <param name="Conflicts">Tickets that two doors have let somebody in with, newest first.</param>
internal sealed record DoorChanges(
    DoorState State, bool Reload, DoorTicketPart? List, IReadOnlyList<ChangedTicket> Tickets,
    IReadOnlyList<DoorConflict> Conflicts);

/// <summary>A ticket that was scanned.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Inside">The entry by which its holder is inside; absent: they are not.</param>
/// <param name="Admitted">Whether its holder came in at least once.</param>
internal sealed record ChangedTicket(Guid Id, PreviousScan? Inside, bool Admitted);

[JsonSerializable(typeof(NewDoorDevice))]
[JsonSerializable(typeof(DoorPairing))]
[JsonSerializable(typeof(Page<DoorDevice>))]
[JsonSerializable(typeof(PairRequest))]
[JsonSerializable(typeof(PairedDevice))]
[JsonSerializable(typeof(DoorEvent))]
[JsonSerializable(typeof(DoorTicketPart))]
[JsonSerializable(typeof(DoorChanges))]
internal sealed partial class DoorJson : JsonSerializerContext;
