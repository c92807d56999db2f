using Onsale.Platform.Jobs;

namespace Onsale.Server.Selling.Payments;

internal static class PaymentsModule
{
    public static void AddPayments(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPaymentProvider, SimulatedPaymentProvider>();
        builder.Services.AddSingleton<PaymentStore>();
        builder.Services.AddSingleton<PaymentProcess>();
        builder.Services.AddSingleton<PaymentRecovery>();
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "ended-leases", TimeSpan.FromSeconds(PaymentsLimits.RecoverySeconds),
            provider.GetRequiredService<PaymentRecovery>().SettleEndedLeasesAsync));
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "abandoned-payments", TimeSpan.FromSeconds(PaymentsLimits.ReconcileSeconds),
            provider.GetRequiredService<PaymentRecovery>().ReconcileAbandonedAsync, RunsAtStart: true));
    }
}
