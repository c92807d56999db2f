using Onsale.Platform.Jobs;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Reconciliation;

internal static class ReconciliationModule
{
    public static void AddReconciliation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Those of a provider that is there: nothing is compared where only others take money.
        if (PaymentsModule.IsSimulated(builder.Configuration))
            services.AddSingleton<IProviderBooks, SimulatedBooks>();
        services.AddSingleton<ReconciliationStore>();
        services.AddSingleton<ProviderReconciliation>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "reconciliation", TimeSpan.FromMinutes(ReconciliationLimits.LookMinutes),
            provider.GetRequiredService<ProviderReconciliation>().RunAsync, RunsAtStart: true));
    }
}
