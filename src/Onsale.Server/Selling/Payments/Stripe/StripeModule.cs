using Microsoft.Extensions.Options;
using Onsale.Platform.Jobs;

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
        services.AddSingleton<StripeInstallation>();
        services.AddSingleton<StripeIntentStore>();
        services.AddSingleton<StripeRefundStore>();
        services.AddSingleton<StripeRefunder>();
        services.AddSingleton<StripePaymentProvider>();
        services.AddSingleton<StripeEventStore>();
        if (!IsOn(builder.Configuration))
        {
            services.AddSingleton(PaymentPage.None);
            return;
        }

        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<StripeOptions>>().Value;
            return new PaymentPage(options.PublishableKey, options.ScriptUrl, options.Methods);
        });
        services.AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<StripePaymentProvider>());
        services.AddSingleton<StripePayments>();
        services.AddSingleton<StripeDisputes>();
        services.AddSingleton<StripeEvents>();
        AddJobs(services);
    }

    private static void AddJobs(IServiceCollection services)
    {
        services.AddPeriodicJob(provider => new PeriodicJob(
            "stripe-events", TimeSpan.FromSeconds(StripeLimits.HandleSeconds),
            provider.GetRequiredService<StripeEvents>().HandleDueAsync, RunsAtStart: true));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "stripe-missed-events", TimeSpan.FromSeconds(StripeLimits.ReadMissedSeconds),
            provider.GetRequiredService<StripeEvents>().ReadMissedAsync, RunsAtStart: true));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "stripe-event-cleanup", TimeSpan.FromSeconds(StripeLimits.ForgetSeconds),
            provider.GetRequiredService<StripeEventStore>().ForgetOldAsync));
    }
}
