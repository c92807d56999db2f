using Onsale.Inventory.Engine.Audit;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;
using Onsale.Server.Selling.Payments.Stripe;

namespace Onsale.Server.Selling.Payments;

internal static class PaymentsModule
{
    private const string SimulatedSetting = "Onsale:Payments:Simulated";

    public static void AddPayments(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new PaymentsSwitch(
            IsSimulated(builder.Configuration) || StripeModule.IsOn(builder.Configuration)));
        services.AddSingleton<IPaymentProvider, RehearsalPayments>(); // first: it never takes an event's payments
        services.AddSingleton<IPaymentProvider, SimulatedPaymentProvider>();
        builder.AddStripe(); // after it: where Stripe is set up, it takes the payments
        services.AddSingleton<PaymentProviders>();
        services.AddJson(PaymentsJson.Default);
        services.AddSingleton<PaymentStore>();
        services.AddSingleton<RefundStore>();
        services.AddSingleton<PaidBackStore>();
        services.AddSingleton<DisputeStore>();
        services.AddSingleton<PaymentMetrics>();
        services.AddSingleton<PaymentWaits>();
        services.AddSingleton<PaymentRefunds>();
        services.AddSingleton<LatePayments>();
        services.AddSingleton<PaymentProcess>();
        services.AddSingleton(new AuditQuestion(PaymentStore.KeptSql));
        services.AddSingleton<PaymentRecovery>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "ended-leases", TimeSpan.FromSeconds(PaymentsLimits.RecoverySeconds),
            provider.GetRequiredService<PaymentRecovery>().SettleEndedLeasesAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "abandoned-payments", TimeSpan.FromSeconds(PaymentsLimits.ReconcileSeconds),
            provider.GetRequiredService<PaymentRecovery>().ReconcileAbandonedAsync, RunsAtStart: true));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "kept-payments", TimeSpan.FromSeconds(PaymentsLimits.FindKeptSeconds),
            provider.GetRequiredService<PaymentRecovery>().RefundKeptAsync, RunsAtStart: true));
    }

    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        routes.MapApi().MapGet("/payments/provider", GetPaymentProvider.Handle)
            .WithName("getPaymentProvider").WithSummary("What the checkout pays by")
            .WithTags("Payments")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .NoStore()
            .RequireRateLimit(RateLimitPolicy.Reads);
        StripeEndpoints.Map(routes);
    }

    /// <summary>
    /// A simulated payment gives tickets away. It answers where the demo is, which is for trying out, and elsewhere
    /// only where that is asked for by name.
    /// </summary>
    /// <summary>Whether the simulated provider is on.</summary>
    public static bool IsSimulated(ConfigurationManager configuration) =>
        configuration.GetValue<bool?>(SimulatedSetting)
        ?? configuration.GetValue<bool?>("Onsale:Demo")
        ?? string.IsNullOrWhiteSpace(configuration.GetConnectionString("Postgres"));
}

/// <summary>Whether this installation takes payments.</summary>
internal sealed record PaymentsSwitch(bool IsOn);
