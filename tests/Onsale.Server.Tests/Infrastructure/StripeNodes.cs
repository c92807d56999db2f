using Microsoft.AspNetCore.Builder;
using Onsale.PaymentDoubles;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>Nodes that take their payments by a local double of Stripe, with the real client library.</summary>
internal static class StripeNodes
{
    public static Task<OnsaleNode> StartNodeAsync(
        this StripeDouble stripe, string? database = null, Action<WebApplicationBuilder>? configure = null,
        params (string Key, string Value)[] settings) =>
        OnsaleNode.StartAsync(database, [.. SettingsOf(stripe), .. settings], configure);

    public static (string Key, string Value)[] SettingsOf(StripeDouble stripe) =>
    [
        ("Onsale:Payments:Stripe:SecretKey", StripeDouble.SecretKey),
        ("Onsale:Payments:Stripe:PublishableKey", StripeDouble.PublishableKey),
        ("Onsale:Payments:Stripe:WebhookSecrets:0", StripeWebhooks.Secret),
        ("Onsale:Payments:Stripe:ApiBase", stripe.Address.ToString()),
        ("Onsale:Payments:Stripe:ScriptUrl", new Uri(stripe.Address, "stripe.js").ToString()),
        ("Onsale:Payments:Stripe:PaymentMethodTypes:0", "card"),
        ("Onsale:Payments:Stripe:PaymentMethodTypes:1", "us_bank_account"),
    ];
}
