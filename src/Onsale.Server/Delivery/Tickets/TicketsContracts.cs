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

[JsonSerializable(typeof(TicketKeyList))]
[JsonSerializable(typeof(NewTicketKey))]
internal sealed partial class TicketsJson : JsonSerializerContext;
