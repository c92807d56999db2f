namespace Onsale.Platform.Cluster;

/// <summary>Registers what nodes of one installation share: the bus between them.</summary>
internal static class ClusterModule
{
    /// <summary>
    /// Redis carries the bus where <c>ConnectionStrings:Redis</c> is set; else this node is the only one.
    /// </summary>
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString("Redis") is not { Length: > 0 } redis)
        {
            builder.Services.AddSingleton<INodeBus>(services =>
                new InProcessBus(services.GetRequiredService<ILogger<InProcessBus>>()));
            return;
        }

        builder.Services.AddSingleton(services =>
            new RedisConnection(redis, services.GetRequiredService<ILogger<RedisConnection>>()));
        builder.Services.AddSingleton<INodeBus>(services => new RedisBus(
            services.GetRequiredService<RedisConnection>(), services.GetRequiredService<ILogger<RedisBus>>()));
    }
}
