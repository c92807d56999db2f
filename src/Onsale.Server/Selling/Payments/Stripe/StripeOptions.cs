using Microsoft.Extensions.Options;

namespace Onsale.Server.Selling.Payments.Stripe;

/// <summary>Configuration section <c>Onsale:Payments:Stripe</c>.</summary>
internal sealed class StripeOptions
{
    public const string Section = "Onsale:Payments:Stripe";

    private static readonly string[] s_secretPrefixes = ["sk_test_", "sk_live_", "rk_test_", "rk_live_"];

    /// <summary>Of the account that the money goes to; empty: Stripe is not used.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>What the buyers' browsers use; it is no secret.</summary>
    public string PublishableKey { get; set; } = "";

    /// <summary>Signing secrets of the webhook endpoint: during a rotation the old and the new one.</summary>
    public string[] WebhookSecrets { get; set; } = [];

    /// <summary>Where the API is; empty: Stripe's own address.</summary>
    public string ApiBase { get; set; } = "";

    /// <summary>Where the browser's script is.</summary>
    public string ScriptUrl { get; set; } = "https://js.stripe.com/v3/";

    /// <summary>Kinds of payment that are offered, by Stripe's names; none: cards.</summary>
    public string[] PaymentMethodTypes { get; set; } = [];

    /// <summary>
    /// Tells installations of one account apart: what another one has made is left alone. Empty: the name of the
    /// program's environment.
    /// </summary>
    public string Environment { get; set; } = "";

    public bool IsOn => SecretKey.Length > 0;

    /// <summary>Whether the keys move money.</summary>
    public bool IsLive => SecretKey.Contains("_live_", StringComparison.Ordinal);

    public string[] Methods => PaymentMethodTypes.Length == 0 ? ["card"] : PaymentMethodTypes;

    internal sealed class Validator : IValidateOptions<StripeOptions>
    {
        // No message repeats a value: most of them are secrets.
        public ValidateOptionsResult Validate(string? name, StripeOptions options)
        {
            if (!options.IsOn)
                return ValidateOptionsResult.Success;
            var isSecret = Array.Exists(
                s_secretPrefixes, prefix => options.SecretKey.StartsWith(prefix, StringComparison.Ordinal));
            if (!isSecret)
            {
                return Fail(
                    nameof(SecretKey), "is no secret key: it must begin with sk_test_, sk_live_, rk_test_ or rk_live_");
            }

            if (!options.PublishableKey.StartsWith(options.IsLive ? "pk_live_" : "pk_test_", StringComparison.Ordinal))
            {
                return Fail(
                    nameof(PublishableKey), "must be the publishable key that belongs to the secret key's mode");
            }

            if (options.WebhookSecrets.Length == 0 || !Array.TrueForAll(
                options.WebhookSecrets, secret => secret.StartsWith("whsec_", StringComparison.Ordinal)))
            {
                return Fail(nameof(WebhookSecrets), "must have at least one secret, and each must begin with whsec_");
            }

            if (options.ApiBase.Length > 0 && !IsSafe(options.ApiBase))
                return Fail(nameof(ApiBase), "must be an https address, or an http one of this machine");
            if (!IsSafe(options.ScriptUrl))
                return Fail(nameof(ScriptUrl), "must be an https address, or an http one of this machine");
            return ValidateOptionsResult.Success;
        }

        private static bool IsSafe(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

        private static ValidateOptionsResult Fail(string setting, string what) =>
            ValidateOptionsResult.Fail($"{Section}:{setting} {what}.");
    }
}
