using System.Diagnostics.Metrics;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Cluster;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>Meter <c>Onsale.Node</c>: the state of this node as gauges.</summary>
internal sealed class NodeMetrics : IHostedService
{
    public NodeMetrics(IMeterFactory meters, EventLanes lanes, ReadOnlyMode readOnly, RedisConnection? redis = null)
    {
        var meter = meters.Create("Onsale.Node");
        meter.CreateObservableGauge(
            "onsale.read_only", () => readOnly.IsOn ? 1 : 0, description: "1 while this node takes no changes.");
        meter.CreateObservableGauge("onsale.inventory.lanes", () => lanes.Count, "{lane}", "Events that are loaded.");
        meter.CreateObservableGauge(
            "onsale.inventory.queued", () => lanes.Running.Sum(host => host.Lane.Queued), "{command}",
            "Commands that wait for a batch.");
        if (redis is not null)
        {
            meter.CreateObservableGauge(
                "onsale.redis.connected", () => redis.Live is null ? 0 : 1, description: "1 while Redis answers.");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
