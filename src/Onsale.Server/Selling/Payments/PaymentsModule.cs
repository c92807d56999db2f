using Onsale.Platform.Database;

namespace Onsale.Server.Selling.Payments;

internal static class PaymentsModule
{
    public static void AddPayments(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPaymentProvider, SimulatedPaymentProvider>();
        builder.Services.AddSingleton<PaymentStore>();
        builder.Services.AddSingleton<PaymentProcess>();
        builder.Services.AddHostedService<AfterDatabase<PaymentRecoveryService>>();
    }
}
