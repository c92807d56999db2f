using Microsoft.Extensions.Options;

namespace Onsale.Server.Selling.Payments.Stripe;

internal static class StripeModule
{
    /// <summary>Whether this installation takes payments by Stripe.</summary>
    public static bool IsOn(ConfigurationManager configuration) =>
        !string.IsNullOrEmpty(configuration[$"{StripeOptions.Section}:{nameof(StripeOptions.SecretKey)}"]);

    public static void AddStripe(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<StripeOptions>()
            .BindConfiguration(StripeOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<StripeOptions>, StripeOptions.Validator>();
        services.AddSingleton<StripeApi>();
        services.AddSingleton<StripeIntentStore>();
        services.AddSingleton<StripeRefundStore>();
        services.AddSingleton<StripeRefunder>();
        if (IsOn(builder.Configuration))
            services.AddSingleton<IPaymentProvider, StripePaymentProvider>();
    }
}
