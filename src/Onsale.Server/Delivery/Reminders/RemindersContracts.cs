using System.Text.Json.Serialization;

namespace Onsale.Server.Delivery.Reminders;

/// <summary>A wish to be told before an event's sale begins.</summary>
/// <param name="Email">Whom to write to; an account may leave it out: then to its own address.</param>
/// <param name="Language">A BCP 47 tag, such as "de"; English where it is left out.</param>
internal sealed record ReminderRequest(string? Email = null, string? Language = null);

/// <summary>The end of a reminder.</summary>
/// <param name="Token">What the link in the mail says after the #.</param>
internal sealed record ReminderEnd(string Token);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReminderRequest))]
[JsonSerializable(typeof(ReminderEnd))]
internal sealed partial class RemindersJson : JsonSerializerContext;
