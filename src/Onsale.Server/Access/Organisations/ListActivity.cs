using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Organisations;

/// <summary>Who changed what in an organisation, newest first.</summary>
internal static class ListActivity
{
    private const string Filter = """
        l.organisation_id = @organisationId
            and (@action::text is null or l.action = @action or starts_with(l.action, @action || '.'))
            and (@actor::uuid is null or l.actor_id = @actor)
            and (@subject::text is null or l.subject = @subject)
            and (@subjectId::text is null or l.subject_id = @subjectId)
            and (@eventId::uuid is null or l.event_id = @eventId)
            and (@from::timestamptz is null or l.at >= @from)
            and (@to::timestamptz is null or l.at <= @to)
        """;

    private const string RowsSql = $"""
        select l.id, l.at, l.actor_id, a.name as actor_name, l.as_operator, l.action, l.subject, l.subject_id,
            l.event_id, l.before::text as before, l.after::text as after, l.origin
        from activity_log l left join accounts a on a.id = l.actor_id
        where {Filter} order by l.id desc limit @limit offset @offset
        """;

    private const string CountSql = $"select count(*) from activity_log l where {Filter}";

    public static async Task<Results<Ok<Page<ActivityEntry>>, Problem>> HandleAsync(
        [AsParameters] Parameters parameters, OrganisationAccess access, NpgsqlDataSource dataSource,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(parameters.Page, parameters.Limit, validation);
        var values = new
        {
            access.OrganisationId,
            action = Text("action", parameters.Action, validation),
            actor = validation.Id("actor", parameters.Actor),
            subject = Text("subject", parameters.Subject, validation),
            subjectId = Text("subjectId", parameters.SubjectId, validation),
            eventId = validation.Id("event", parameters.Event),
            from = validation.Instant("from", parameters.From)?.UtcDateTime,
            to = validation.Instant("to", parameters.To)?.UtcDateTime,
            paging.Limit,
            paging.Offset,
        };
        if (validation.ToProblem() is { } invalid)
            return invalid;

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var total = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(CountSql, values, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<Row>(
            new CommandDefinition(RowsSql, values, cancellationToken: cancellationToken));
        return TypedResults.Ok(Page<ActivityEntry>.Of([.. rows.Select(row => row.ToEntry())], total, paging));
    }

    private static string? Text(string field, string? value, Validation validation) =>
        string.IsNullOrEmpty(value) ? null : validation.Text(field, value, 0, OrganisationsLimits.MaxNameCharacters);

    private sealed record Row(
        Guid Id, DateTime At, Guid ActorId, string? ActorName, bool AsOperator, string Action, string Subject,
        string SubjectId, Guid? EventId, string? Before, string? After, string? Origin)
    {
        public ActivityEntry ToEntry() => new(
            Id, new DateTimeOffset(At), ActorId, ActorName, AsOperator, Action, Subject, SubjectId, EventId,
            Json(Before), Json(After), Origin);

        private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
    }

    internal sealed class Parameters
    {
        [Description("Only this action, such as member.invited, or all of a kind, such as member.")]
        [FromQuery(Name = "action")]
        public string? Action { get; init; }

        [Description("Only what this account did.")]
        [FromQuery(Name = "actor")]
        public string? Actor { get; init; }

        [Description("Only changes of this kind of thing, such as event.")]
        [FromQuery(Name = "subject")]
        public string? Subject { get; init; }

        [Description("Only changes of the thing with this id.")]
        [FromQuery(Name = "subjectId")]
        public string? SubjectId { get; init; }

        [Description("Only what is about this event.")]
        [FromQuery(Name = "event")]
        public string? Event { get; init; }

        [Description("Only changes at or after this instant.")]
        [FromQuery(Name = "from")]
        public string? From { get; init; }

        [Description("Only changes at or before this instant.")]
        [FromQuery(Name = "to")]
        public string? To { get; init; }

        [Description("The page. Default: 1.")]
        [Range(1, HostingLimits.MaxPageNumber)]
        [FromQuery(Name = "page")]
        public string? Page { get; init; }

        [Description("Changes a page. Default: 10.")]
        [Range(1, HostingLimits.MaxPageRows)]
        [FromQuery(Name = "limit")]
        public string? Limit { get; init; }
    }
}
