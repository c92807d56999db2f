using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Payments;

/// <summary>What the checkout pays by.</summary>
/// <param name="Name">stripe, simulated, or none: only what costs nothing can be booked.</param>
/// <param name="PublishableKey">For the provider's script; it is no secret.</param>
/// <param name="ScriptUrl">Where the provider's script is.</param>
/// <param name="Methods">Kinds of payment that are offered, by the provider's names.</param>
/// <param name="Amount">The amount that was asked about in the provider's units; left out: it takes none such.</param>
internal sealed record PaymentProviderResponse(
    string Name, string? PublishableKey = null, string? ScriptUrl = null, IReadOnlyList<string>? Methods = null,
    long? Amount = null);

/// <summary>The provider's part of the checkout page; without a script there is none.</summary>
internal sealed record PaymentPage(string? PublishableKey, string? ScriptUrl, IReadOnlyList<string> Methods)
{
    /// <summary>A provider without a script of its own.</summary>
    public static PaymentPage None { get; } = new(null, null, []);

    /// <summary>Lets the checkout page, and no other, load and ask what the provider's script needs.</summary>
    /// <param name="headers">Of the page.</param>
    /// <param name="policy">
    /// What other pages get; it has <c>script-src 'self'</c> and <c>connect-src 'self'</c>.
    /// </param>
    public void Allow(IHeaderDictionary headers, string policy)
    {
        if (ScriptUrl is null)
            return;
        var origin = new Uri(ScriptUrl).GetLeftPart(UriPartial.Authority);
        // Stripe's script has frames and further scripts at its own addresses (docs.stripe.com/security/guide).
        var isStripe = origin == "https://js.stripe.com";
        var scripts = isStripe ? $"{origin} https://*.js.stripe.com" : origin;
        var frames = isStripe ? $"{scripts} https://hooks.stripe.com" : origin;
        var asked = isStripe ? "https://api.stripe.com" : origin;
        headers.ContentSecurityPolicy = policy.Replace(
            "script-src 'self'", $"script-src 'self' {scripts}", StringComparison.Ordinal)
            .Replace("connect-src 'self'", $"frame-src {frames}; connect-src 'self' {asked}", StringComparison.Ordinal);
        headers["Permissions-Policy"] = headers["Permissions-Policy"].ToString().Replace(
            "payment=()", $"payment=(self \"{origin}\")", StringComparison.Ordinal);
    }
}

/// <summary>GET /payments/provider: what the checkout pays by.</summary>
internal static class GetPaymentProvider
{
    public static Results<Ok<PaymentProviderResponse>, Problem> Handle(
        [AsParameters] Parameters parameters, PaymentsSwitch switched, PaymentProviders providers, PaymentPage page)
    {
        var validation = new Validation();
        validation.Require(Currencies.IsKnown(parameters.Currency ?? ""), "currency", "Must be a code of ISO 4217.");
        var isNumber = long.TryParse(
            parameters.Amount, NumberStyles.None, CultureInfo.InvariantCulture, out var amount);
        validation.Require(
            isNumber && amount <= PaymentsLimits.MaxAmount, "amount",
            $"Must be a whole number up to {PaymentsLimits.MaxAmount}.");
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return TypedResults.Ok(switched.IsOn
            ? new PaymentProviderResponse(
                providers.Current.Name, page.PublishableKey, page.ScriptUrl,
                page.ScriptUrl is null ? null : page.Methods,
                providers.Current.UnitsOf(amount, parameters.Currency!))
            : new PaymentProviderResponse("none"));
    }

    internal sealed class Parameters
    {
        [Description("The currency that is to be paid in, by ISO 4217.")]
        [MaxLength(3)]
        [FromQuery(Name = "currency")]
        public string? Currency { get; init; }

        [Description("What is to be paid, in minor units.")]
        [Range(0, PaymentsLimits.MaxAmount)]
        [FromQuery(Name = "amount")]
        public string? Amount { get; init; }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaymentProviderResponse))]
internal sealed partial class PaymentsJson : JsonSerializerContext;
