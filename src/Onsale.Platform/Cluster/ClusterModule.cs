namespace Onsale.Platform.Cluster;

/// <summary>Registers what nodes of one installation share: the bus between them.</summary>
internal static class ClusterModule
{
    /// <summary>Redis carries the bus where <c>ConnectionStrings:Redis</c> is set; else this node is the only one.</summary>
    public static void AddCluster(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<INodeBus>(services =>
            builder.Configuration.GetConnectionString("Redis") is { Length: > 0 } redis
                ? new RedisBus(redis, services.GetRequiredService<ILogger<RedisBus>>())
                : new InProcessBus(services.GetRequiredService<ILogger<InProcessBus>>()));
}
