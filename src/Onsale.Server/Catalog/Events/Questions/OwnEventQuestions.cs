using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Catalog.Events.Questions;

/// <summary>GET and PUT …/questions: what an event asks its buyers, for who plans it.</summary>
internal static class OwnEventQuestions
{
    private const int VersionBytes = 8;

    public static async Task<Results<Ok<OwnQuestions>, Problem>> GetAsync(
        string @event, OrganisationAccess access, EditedEvents events, QuestionStore questions,
        CancellationToken cancellationToken) =>
        await events.FindAsync(access.OrganisationId, @event, cancellationToken) is { } row
            ? TypedResults.Ok(Show(QuestionStore.Asked(await questions.ReadAsync(row.Id, cancellationToken))))
            : Problem.EventNotFound();

    public static async Task<Results<Ok<OwnQuestions>, Problem>> PutAsync(
        string @event, QuestionsRequest request, [FromHeader(Name = "If-Match")] string? ifMatch,
        OrganisationAccess access, EditedEvents events, ActivityLog activities, NpgsqlDataSource dataSource,
        CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await QuestionStore.LockAsync(connection, row.Id, cancellationToken);
        var present = await QuestionStore.ReadAsync(connection, row.Id, cancellationToken);
        var before = Show(QuestionStore.Asked(present));
        if (!string.IsNullOrEmpty(ifMatch) && ifMatch != "*" && ifMatch.Trim() != $"\"{before.Version}\"")
            return EventChanges.ChangedMeanwhile;
        var validation = new Validation();
        var after = Show(QuestionRules.Read(request, present, validation));
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (after.Version == before.Version)
            return TypedResults.Ok(after);
        await QuestionStore.PutAsync(connection, row.Id, after.Questions, cancellationToken);
        await activities.AddAsync(
            connection,
            new Activity(access.Actor, "questions.changed", "event", $"{row.Id}")
            {
                EventId = row.Id,
                Before = Describe(before),
                After = Describe(after),
            },
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(after);
    }

    private static OwnQuestions Show(IReadOnlyList<EventQuestion> questions)
    {
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
            new EventQuestions(questions), QuestionsJson.Default.EventQuestions));
        return new OwnQuestions(Convert.ToHexStringLower(hash.AsSpan(0, VersionBytes)), questions);
    }

    private static JsonObject Describe(OwnQuestions questions) => new()
    {
        ["questions"] = new JsonArray([.. questions.Questions.Select(question => (JsonNode)question.Label)]),
    };
}
