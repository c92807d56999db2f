using Onsale.Platform.Jobs;

namespace Onsale.Server.Delivery.Outbox;

internal static class OutboxModule
{
    public static void AddOutbox(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<OutboxReader>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxReader>());
        services.AddPeriodicJob(provider => new PeriodicJob(
            "outbox", TimeSpan.FromMilliseconds(OutboxLimits.ReadEveryMilliseconds),
            provider.GetRequiredService<OutboxReader>().ReadSignalledAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "outbox-sweep", TimeSpan.FromSeconds(OutboxLimits.SweepEverySeconds),
            provider.GetRequiredService<OutboxReader>().SweepAsync));
    }
}
