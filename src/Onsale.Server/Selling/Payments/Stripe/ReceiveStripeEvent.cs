using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Stripe;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>
/// POST /payments/stripe/webhook: takes what Stripe delivers. Who it is from is said by the signature over the very
/// bytes alone; it is stored before it is answered, and handled afterwards.
/// </summary>
internal static partial class ReceiveStripeEvent
{
    private static readonly Problem s_badSignature = new(
        StatusCodes.Status400BadRequest, "invalid-signature",
        "This is not signed with a secret of this endpoint, or too long ago.");

    public static async Task<Results<NoContent, Problem>> HandleAsync(
        HttpRequest request, IOptions<StripeOptions> options, StripeEventStore events, ILogger<StripeEventStore> logger,
        CancellationToken cancellationToken)
    {
        if (!options.Value.IsOn)
            return Problem.NotFound();
        if (request.Headers["Stripe-Signature"].ToString()
            is not { Length: > 0 and <= StripeLimits.MaxSignatureChars } signature)
        {
            return s_badSignature;
        }

        // The very bytes that were signed, at most as many as the route takes.
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        var body = buffer.ToArray();
        if (!IsSigned(body, signature, options.Value.WebhookSecrets))
            return s_badSignature;
        if (StripeEventReader.Read(body) is not { } read)
            return Problem.Validation(("body", "This is not an event."));
        if (read.IsLive != options.Value.IsLive)
        {
            // Answered as taken: a refusal would be repeated for three days.
            LogOtherMode(logger, read.Event.Id, read.IsLive);
            return TypedResults.NoContent();
        }

        if (StripeEventReader.IsHandled(read.Event.Type))
            await events.AddAsync(read.Event, wasListed: false, cancellationToken);
        return TypedResults.NoContent();
    }

    private static bool IsSigned(byte[] body, string signature, string[] secrets)
    {
        var text = Encoding.UTF8.GetString(body);
        foreach (var secret in secrets)
        {
            try
            {
                EventUtility.ValidateSignature(text, signature, secret, StripeLimits.SignatureSeconds);
                return true;
            }
            catch (StripeException)
            {
                // Not this one: during a rotation there are two.
            }
        }

        return false;
    }

    [LoggerMessage(EventId = 4121, Level = LogLevel.Warning,
        Message = "Stripe delivered event {EventId} of the other mode (live: {IsLive}); it is left alone")]
    private static partial void LogOtherMode(ILogger logger, string eventId, bool isLive);
}

/// <summary>Reads of an event what says whom to ask; what happened is asked for then.</summary>
internal static class StripeEventReader
{
    private static readonly string[] s_handled =
    [
        "payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled", "refund.created",
        "refund.updated", "refund.failed", "charge.dispute.created", "charge.dispute.updated",
        "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated", "charge.dispute.closed",
    ];

    public static IReadOnlyList<string> HandledTypes => s_handled;

    public static bool IsHandled(string type) => Array.IndexOf(s_handled, type) >= 0;

    /// <summary>The same of an event of Stripe's list; null: it is about nothing that has an id.</summary>
    public static ReceivedEvent? Of(Event listed)
    {
        var created = new DateTimeOffset(listed.Created, TimeSpan.Zero);
        return listed.Data.Object switch
        {
            PaymentIntent intent => new ReceivedEvent(listed.Id, listed.Type, intent.Id, intent.Id, created),
            Refund refund => new ReceivedEvent(listed.Id, listed.Type, refund.Id, refund.PaymentIntentId, created),
            global::Stripe.Dispute dispute => new ReceivedEvent(
                listed.Id, listed.Type, dispute.Id, dispute.PaymentIntentId, created),
            _ => null,
        };
    }

    /// <summary>Null: it is no event.</summary>
    public static (ReceivedEvent Event, bool IsLive)? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var about = root.GetProperty("data").GetProperty("object");
            var id = IdOf(root.GetProperty("id"));
            var type = IdOf(root.GetProperty("type"));
            var objectId = about.TryGetProperty("id", out var given) ? IdOf(given) : "";
            return (
                new ReceivedEvent(
                    id, type, objectId, IntentOf(about, objectId),
                    DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("created").GetInt64())),
                root.GetProperty("livemode").GetBoolean());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException
            or InvalidOperationException or FormatException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The intent that an object is or belongs to.</summary>
    private static string? IntentOf(JsonElement about, string objectId) =>
        objectId.StartsWith("pi_", StringComparison.Ordinal) ? objectId
        : about.TryGetProperty("payment_intent", out var intent) && intent.ValueKind == JsonValueKind.String
            ? IdOf(intent) : null;

    private static string IdOf(JsonElement element) =>
        element.GetString() is { Length: > 0 and <= StripeLimits.MaxIdChars } id
            ? id : throw new FormatException("This is no id.");
}
