using Dapper;
using Npgsql;

namespace Onsale.Inventory.Engine.Journal;

/// <summary>
/// A row of <c>change_traces</c>: lets what is made of an entry of the change log go on with the trace of the request
/// that caused it.
/// </summary>
/// <param name="EventId">The event.</param>
/// <param name="Version">Of the entry.</param>
/// <param name="Parent">A span, in W3C's form.</param>
internal sealed record ChangeTrace(Guid EventId, long Version, string Parent) : ICommitNote
{
    private const string AddSql = """
        insert into change_traces (event_id, version, trace_parent) values ($1, $2, $3) on conflict do nothing
        """;

    private const string DeleteSql =
        "delete from change_traces where at < clock_timestamp() - make_interval(hours => @hours)";

    /// <summary>Deletes rows of this age.</summary>
    public static Task DeleteOldAsync(NpgsqlConnection connection, int hours, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(DeleteSql, new { hours }, cancellationToken: cancellationToken));

    public void AddTo(NpgsqlBatch batch) => batch.BatchCommands.Add(new NpgsqlBatchCommand(AddSql)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = EventId },
            new NpgsqlParameter<long> { TypedValue = Version },
            new NpgsqlParameter<string> { TypedValue = Parent },
        },
    });
}
