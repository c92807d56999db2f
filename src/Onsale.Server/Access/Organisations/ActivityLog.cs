using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace Onsale.Server.Access.Organisations;

/// <summary>A change that somebody made in an organisation.</summary>
/// <param name="Actor">Who, and in which organisation.</param>
/// <param name="Action">What, such as <c>member.invited</c>.</param>
/// <param name="Subject">The kind of what was changed: <c>member</c>, <c>event</c>.</param>
/// <param name="SubjectId">Which one; an id, never a name.</param>
internal sealed record Activity(Actor Actor, string Action, string Subject, string SubjectId)
{
    /// <summary>The event that it is about; null: none.</summary>
    public Guid? EventId { get; init; }

    /// <summary>What was changed, as it was; null: it was not there.</summary>
    public JsonObject? Before { get; init; }

    /// <summary>What was changed, as it is now; null: it is gone.</summary>
    public JsonObject? After { get; init; }

    /// <summary>With only those members of two states that differ.</summary>
    /// <param name="before">As it was; without names of people.</param>
    /// <param name="after">As it is now.</param>
    /// <param name="form">Their contract.</param>
    public Activity Between<T>(T before, T after, JsonTypeInfo<T> form)
    {
        var was = JsonSerializer.SerializeToNode(before, form)!.AsObject();
        var becomes = JsonSerializer.SerializeToNode(after, form)!.AsObject();
        foreach (var name in was.Select(member => member.Key)
            .Union(becomes.Select(member => member.Key), StringComparer.Ordinal).ToList())
        {
            if (!JsonNode.DeepEquals(was[name], becomes[name]))
                continue;
            was.Remove(name);
            becomes.Remove(name);
        }

        return this with { Before = was, After = becomes };
    }

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => Before is { Count: 0 } && After is { Count: 0 };
}

/// <summary>The table <c>activity_log</c>: rows are added with what they tell of, and never changed.</summary>
internal sealed class ActivityLog(TimeProvider time)
{
    private const string AddSql = """
        insert into activity_log (
            organisation_id, id, actor_id, as_operator, action, subject, subject_id, event_id, before, after, origin)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>Adds a row in the connection's transaction.</summary>
    public async Task AddAsync(NpgsqlConnection connection, Activity activity, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(CommandOf(activity));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The statement, for a batch of more than this.</summary>
    public NpgsqlBatchCommand CommandOf(Activity activity) => new(AddSql)
    {
        Parameters =
        {
            new() { Value = activity.Actor.OrganisationId },
            new() { Value = Guid.CreateVersion7(time.GetUtcNow()) },
            new() { Value = activity.Actor.AccountId },
            new() { Value = activity.Actor.IsOperator },
            new() { Value = activity.Action },
            new() { Value = activity.Subject },
            new() { Value = activity.SubjectId },
            Nullable(activity.EventId, NpgsqlDbType.Uuid),
            Nullable(activity.Before?.ToJsonString(), NpgsqlDbType.Jsonb),
            Nullable(activity.After?.ToJsonString(), NpgsqlDbType.Jsonb),
            Nullable(activity.Actor.Origin, NpgsqlDbType.Text),
        },
    };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
