using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Platform.Database;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Platform.Mail;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>GET /operate/system: from memory as far as it goes, since it is asked when something is away.</summary>
internal static class GetSystem
{
    public static async Task<Ok<SystemResponse>> HandleAsync(
        ThisNode node, NodeStore store, Dependencies dependencies, DatabaseWatch database, EventLanes lanes,
        JobBoard jobs, MailSender mails, ReadOnlyMode readOnly, CancellationToken cancellationToken)
    {
        var busiest = lanes.Running
            .Select(host => (host.Lane, Queued: host.Lane.Queued, host.Idle))
            .OrderByDescending(one => one.Queued).ThenBy(one => one.Idle)
            .Take(SystemLimits.MaxLanes).ToList();
        var (nodes, titles) = await ReadAsync(
            store, [.. busiest.Select(one => one.Lane.EventId)], cancellationToken);
        return TypedResults.Ok(new SystemResponse(
            node.Id, readOnly.IsOn, dependencies.States, nodes, ToResponse(database.Figures),
            [.. busiest.Select(one => ToResponse(one.Lane, one.Queued, one.Idle, titles))],
            [.. jobs.Jobs.Select(ToResponse)],
            new MailQueueResponse(mails.Backlog.Waiting, mails.Backlog.OldestSeconds)));
    }

    private static async Task<(IReadOnlyList<NodeResponse> Nodes, Dictionary<Guid, string> Titles)> ReadAsync(
        NodeStore store, Guid[] events, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadAsync(events, cancellationToken);
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            return ([], []);
        }
    }

    private static LaneResponse ToResponse(
        EventLane lane, int queued, TimeSpan idle, Dictionary<Guid, string> titles)
    {
        var tiers = lane.Availability.IsLoaded ? lane.Availability.Snapshot().Tiers : [];
        return new LaneResponse(
            lane.EventId, titles.GetValueOrDefault(lane.EventId), queued, idle.TotalSeconds,
            tiers.Sum(tier => tier.Total), tiers.Sum(tier => tier.Available));
    }

    private static DatabaseResponse? ToResponse(DatabaseFigures? figures) => figures is null
        ? null
        : new DatabaseResponse(
            figures.Version ?? "", figures.Connections, figures.MaxConnections, figures.OldestTransactionSeconds,
            figures.Bytes, figures.Standbys, figures.ReplicationLagBytes, figures.IsArchiving,
            figures.ArchiveFailures);

    private static JobResponse ToResponse(JobState job) => new(
        job.Name, job.Interval.TotalSeconds, job.Rounds, job.Failures, job.SucceededAt, job.FailedAt, job.Error,
        job.Took.TotalMilliseconds);
}
