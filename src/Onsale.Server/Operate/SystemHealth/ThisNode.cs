using System.Data.Common;
using System.Reflection;
using Onsale.Inventory.Engine.Audit;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Http;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>This process among the nodes of the installation: says every few seconds that it is there.</summary>
internal sealed class ThisNode(
    NodeStore store, EventLanes lanes, ReadOnlyMode readOnly, ContinuousAudit audit, TimeProvider time) : IHostedService
{
    private static readonly string s_version =
        typeof(ThisNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>New with each start.</summary>
    public Guid Id { get; } = Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>One round of the job.</summary>
    public Task ReportAsync(CancellationToken cancellationToken)
    {
        var last = audit.Last;
        return store.ReportAsync(
            new NodeReport(
                Id, Cut(Environment.MachineName), Cut(s_version), _startedAt, readOnly.IsOn, lanes.Count,
                lanes.Running.Sum(host => host.Lane.Queued), last?.At, last?.Events, last?.Faults),
            cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One that was stopped is not one that has died.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.DeleteAsync(Id, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or ObjectDisposedException
            || Errors.IsDatabaseUnavailable(exception))
        {
            // A stop is not to fail for that, wherever in a first start or after the database's own end it comes: the
            // node will be shown as not heard of, for some minutes.
        }
    }

    private static string Cut(string text) =>
        text.Length <= SystemLimits.MaxNameChars ? text : text[..SystemLimits.MaxNameChars];
}
