using System.Text.Json.Serialization;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>The keys that an event's tickets are signed with.</summary>
/// <param name="Keys">In the order of their numbers; the last one signs now.</param>
internal sealed record TicketKeyList(IReadOnlyList<TicketKey> Keys);

/// <summary>One key.</summary>
/// <param name="Number">Stands in the codes that it has signed.</param>
/// <param name="PublicKey">Ed25519 (RFC 8032), 32 bytes in base 64.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Revoked">True: codes that it has signed are refused.</param>
internal sealed record TicketKey(int Number, string PublicKey, DateTimeOffset CreatedAt, bool Revoked);

/// <summary>How an event's key is replaced.</summary>
/// <param name="RevokeEarlier">
/// True: codes signed so far are refused at once, and all tickets have to be shown or printed anew. Else they go on
/// working.
/// </param>
internal sealed record NewTicketKey(bool RevokeEarlier = false);

/// <summary>How an event's tickets are shown.</summary>
/// <param name="RotatingCodes">
/// True: only a code admits that the holder's phone makes anew every 15 seconds; printed and typed ones are refused.
/// </param>
internal sealed record TicketSettings(bool RotatingCodes);

/// <summary>What a phone needs to show a ticket live. Its codes admit whoever shows them: for its holder alone.</summary>
/// <param name="EventId">Part of what the phone signs.</param>
/// <param name="Ticket">What every code begins with: 109 bytes in base 64, signed by the event.</param>
/// <param name="HolderKey">
/// Ed25519 (RFC 8032): the private key that signs each step, 32 bytes in base 64. A ticket that was handed on has
/// another one.
/// </param>
/// <param name="StepSeconds">How long each code is good to be shown.</param>
/// <param name="ServerTime">To correct the phone's clock by.</param>
internal sealed record LiveTicket(
    Guid EventId, byte[] Ticket, byte[] HolderKey, int StepSeconds, DateTimeOffset ServerTime);

[JsonSerializable(typeof(TicketKeyList))]
[JsonSerializable(typeof(TicketSettings))]
[JsonSerializable(typeof(LiveTicket))]
[JsonSerializable(typeof(NewTicketKey))]
internal sealed partial class TicketsJson : JsonSerializerContext;
