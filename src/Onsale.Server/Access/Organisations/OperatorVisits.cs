using System.Collections.Concurrent;
using Npgsql;

namespace Onsale.Server.Access.Organisations;

/// <summary>
/// Notes in an organisation's activity log that an operator looks at it: what operators change is there anyway, and
/// that they were there without changing anything should not be known to them alone. Once an hour, so that the log is
/// not theirs.
/// </summary>
internal sealed class OperatorVisits(NpgsqlDataSource dataSource, ActivityLog activities, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Guid Organisation, Guid Account), long> _noted = new();

    /// <summary>Notes a visit, unless one was noted within the hour by this node.</summary>
    public async Task NoteAsync(Actor @operator, CancellationToken cancellationToken)
    {
        var key = (@operator.OrganisationId, @operator.AccountId);
        var now = time.GetTimestamp();
        if (_noted.TryGetValue(key, out var noted)
            && time.GetElapsedTime(noted, now).TotalMinutes < OrganisationsLimits.VisitMinutes)
        {
            return;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await activities.AddAsync(
            connection,
            new Activity(@operator, "operator.viewed", "organisation", $"{@operator.OrganisationId}"),
            cancellationToken);
        if (_noted.Count >= OrganisationsLimits.MaxNotedVisits)
            _noted.Clear();
        _noted[key] = now;
    }
}
