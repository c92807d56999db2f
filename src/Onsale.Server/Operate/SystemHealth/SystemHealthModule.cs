using System.Diagnostics.Metrics;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.SystemHealth;

internal static class SystemHealthModule
{
    public static void AddSystemHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService(services => new NodeMetrics(
            services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<EventLanes>(),
            services.GetRequiredService<ReadOnlyMode>(), services.GetService<RedisConnection>()));
    }
}
