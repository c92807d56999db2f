using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Catalog.Events.Codes;

/// <summary>The codes of an event, for those who plan it.</summary>
internal static class OwnCodes
{
    // Nobody has to tell look-alikes apart, and no word can come about.
    private const string Alphabet = "23456789CDFGHJKMNPQRTVWXY";
    private const int DrawnCharacters = 8;
    private const int MaxTries = 3;

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "code-not-found", "The event has no such code.");

    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "An event has codes once it was published.");

    private static readonly Problem s_ended = new(
        StatusCodes.Status409Conflict, "code-ended", "This code was ended. Make another one.");

    public static async Task<Results<Ok<Page<OwnCode>>, Problem>> ListAsync(
        string @event, string? page, string? limit, OrganisationAccess access, EditedEvents events, CodeStore codes,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var (rows, total) = await codes.ListAsync(row.Id, paging, cancellationToken);
        return TypedResults.Ok(Page<OwnCode>.Of(
            [.. rows.Select(code => code.ToOwn(tiers, row.Currency))], total, paging));
    }

    public static async Task<Results<Created<OwnCode>, Problem>> AddAsync(
        string @event, NewCode request, OrganisationAccess access, EditedEvents events, EventChanges changes,
        CodeStore codes, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!row.IsOpened)
            return s_notPublished;
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var validation = new Validation();
        var text = request.Text is { } given ? CodeSettings.Normalise(given)
            : RandomNumberGenerator.GetString(Alphabet, DrawnCharacters);
        var code = CodeRules.Read(request, Guid.CreateVersion7(time.GetUtcNow()), text, tiers, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var activity = new Activity(access.Actor, "code.added", "code", $"{code.Id}")
        {
            EventId = row.Id,
            After = Describe(code),
        };
        var refused = await changes.SubmitAsync(row.Id, new PutCodeCommand(code), activity);
        if (refused is not null)
            return refused.Problem ?? ProblemOf(refused.Refusal!);
        return await codes.FindAsync(row.Id, code.Id, cancellationToken) is { } made
            ? TypedResults.Created(
                $"/api/v1/organisations/{access.OrganisationId}/events/{row.Id}/codes/{code.Id}",
                made.ToOwn(tiers, row.Currency))
            : s_notFound;
    }

    public static async Task<Results<Ok<OwnCode>, Problem>> ChangeAsync(
        string @event, string codeId, CodePatch patch, OrganisationAccess access, EditedEvents events,
        EventChanges changes, CodeStore codes, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var tiers = await events.TiersAsync(row.Id, cancellationToken);
        var problem = await PutAsync(
            row, codeId, access.Actor, "code.changed", changes, codes,
            (code, validation) => CodeRules.Apply(code, patch, tiers, validation), cancellationToken);
        if (problem is not null)
            return problem;
        return await codes.FindAsync(row.Id, Guid.Parse(codeId), cancellationToken) is { } after
            ? TypedResults.Ok(after.ToOwn(tiers, row.Currency))
            : s_notFound;
    }

    public static async Task<Results<NoContent, Problem>> EndAsync(
        string @event, string codeId, OrganisationAccess access, EditedEvents events, EventChanges changes,
        CodeStore codes, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var problem = await PutAsync(
            row, codeId, access.Actor, "code.ended", changes, codes,
            (code, _) => code with { IsEnded = true }, cancellationToken);
        return problem is null || problem == s_ended ? TypedResults.NoContent() : problem;
    }

    /// <summary>
    /// Changes a code as it is now: what somebody else changes meanwhile is not lost. Null: it is done.
    /// </summary>
    private static async Task<Problem?> PutAsync(
        EditedEvent row, string codeId, Actor actor, string action, EventChanges changes, CodeStore codes,
        Func<CodeSettings, Validation, CodeSettings> change, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(codeId, "D", out var id))
            return s_notFound;
        for (var attempt = 1; ; attempt++)
        {
            if (await codes.FindAsync(row.Id, id, cancellationToken) is not { } stored)
                return s_notFound;
            if (stored.IsEnded)
                return s_ended;
            var (before, validation) = (stored.ToSettings(), new Validation());
            var after = change(before, validation);
            if (validation.ToProblem() is { } invalid)
                return invalid;
            var activity = new Activity(actor, action, "code", $"{id}")
            {
                EventId = row.Id,
                Before = Describe(before),
                After = Describe(after),
            };
            var refused = await changes.SubmitAsync(
                row.Id, new PutCodeCommand(after, stored.SettingsVersion), activity);
            if (refused is null)
                return null;
            if (refused.Refusal?.Reason != RefusalReason.StaleSettings || attempt == MaxTries)
                return refused.Problem ?? ProblemOf(refused.Refusal!);
        }
    }

    private static Problem ProblemOf(Refusal refusal) => refusal.Reason switch
    {
        RefusalReason.CodeTaken => new Problem(
            StatusCodes.Status409Conflict, "code-taken", "Another code of this event has this text."),
        RefusalReason.CodeLimitBelowUsed => new Problem(
            StatusCodes.Status409Conflict, "code-limit-below-used",
            $"The code is used for {refusal.Has} already: a limit cannot be lower. To stop it, end it.",
            writer => writer.WriteNumber("used", refusal.Has)),
        RefusalReason.TooManyCodes => new Problem(
            StatusCodes.Status409Conflict, "too-many-codes", $"An event has at most {refusal.Limit} codes."),
        _ => Problem.Validation(("code", "The inventory does not take this code.")),
    };

    /// <summary>For the activity log.</summary>
    private static JsonObject Describe(CodeSettings code) => new()
    {
        ["text"] = code.Text,
        ["percent"] = code.Percent,
        ["amount"] = code.Amount,
        ["tiers"] = JsonSerializer.SerializeToNode<int[]>([.. code.Tiers], CodesJson.Default.Int32Array),
        ["startsAt"] = code.StartsAt,
        ["endsAt"] = code.EndsAt,
        ["maxUses"] = code.MaxUses,
        ["maxTickets"] = code.MaxTickets,
        ["maxTicketsPerBuyer"] = code.MaxTicketsPerBuyer,
        ["opensPresale"] = code.OpensPresale,
        ["isEnded"] = code.IsEnded,
    };
}
