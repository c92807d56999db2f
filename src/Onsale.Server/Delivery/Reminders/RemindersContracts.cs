using System.Text.Json.Serialization;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>A wish to be told before an event's sale begins.</summary>
/// <param name="Email">Whom to write to; an account may leave it out: then to its own address.</param>
/// <param name="Language">A BCP 47 tag, such as "de"; English where it is left out.</param>
internal sealed record ReminderRequest(string? Email = null, string? Language = null);

/// <summary>What becomes of the wish.</summary>
/// <param name="IsConfirmed">
/// Whether the mails come as it is: they go to the caller's own address, which is verified. Otherwise the address is
/// asked by mail whether it wants them; whether it was before is not said.
/// </param>
internal sealed record ReminderAsked(bool IsConfirmed);

/// <summary>Says which reminder, by the link of its mail.</summary>
/// <param name="Token">What the link says after the #.</param>
internal sealed record ReminderLink(string Token);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReminderRequest))]
[JsonSerializable(typeof(ReminderAsked))]
[JsonSerializable(typeof(ReminderLink))]
internal sealed partial class RemindersJson : JsonSerializerContext;
