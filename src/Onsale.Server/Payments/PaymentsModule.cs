using Onsale.Server.Database;

namespace Onsale.Server.Payments;

internal static class PaymentsModule
{
    public static void AddPayments(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPaymentProvider, SimulatedPaymentProvider>();
        builder.Services.AddSingleton<PaymentStore>();
        builder.Services.AddSingleton<PaymentProcess>();
        builder.Services.AddHostedService<AfterDatabase<PaymentRecovery>>();
    }
}
