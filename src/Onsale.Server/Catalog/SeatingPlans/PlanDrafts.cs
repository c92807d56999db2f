using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>Seating plans that are being drawn: saved often, each time on the version that was seen last.</summary>
internal static class PlanDrafts
{
    internal static readonly Problem NotFound = new(
        StatusCodes.Status404NotFound, "plan-draft-not-found", "The organisation has no such draft of a plan.");

    private static readonly Problem s_unconditional = new(
        StatusCodes.Status428PreconditionRequired, "if-match-required",
        "Say in If-Match which version of the draft you replace.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-drafts",
        $"An organisation has at most {SeatingPlanLimits.MaxDrafts} drafts of plans.");

    public static async Task<Results<Ok<Page<PlanDraftSummary>>, Problem>> ListAsync(
        string? page, string? limit, OrganisationAccess access, PlanDraftStore drafts,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await drafts.ListAsync(access.OrganisationId, paging, cancellationToken);
        return TypedResults.Ok(Page<PlanDraftSummary>.Of([.. rows.Select(row => row.ToSummary())], total, paging));
    }

    public static async Task<Results<Ok<PlanDraft>, Problem>> GetAsync(
        string draftId, OrganisationAccess access, HttpContext context, PlanDraftStore drafts,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(draftId, "D", out var id)
            || await drafts.FindAsync(access.OrganisationId, id, cancellationToken) is not { } row)
        {
            return NotFound;
        }

        Tag(context, row);
        return TypedResults.Ok(new PlanDraft(row.ToSummary(), JsonElement.Parse(row.Document!)));
    }

    public static async Task<Results<Ok<PlanDraftSummary>, Created<PlanDraftSummary>, Problem>> PutAsync(
        string draftId, PlanDraftRequest request, [FromHeader(Name = "If-Match")] string? ifMatch,
        OrganisationAccess access, HttpContext context, PlanDraftStore drafts, OrganisationPlanStore plans,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var isId = Guid.TryParseExact(draftId, "D", out var id);
        validation.Require(isId, "draftId", "Must be an id (UUID).");
        validation.Text("name", request.Name, 1, SeatingPlanLimits.MaxNameCharacters);
        validation.Require(
            request.Document.ValueKind == JsonValueKind.Object, "document", "Must be a JSON object.");
        if (request.ParentId is { } parent
            && await plans.FindAsync(access.OrganisationId, parent, cancellationToken) is null)
        {
            validation.Add("parentId", "The organisation has no such seating plan.");
        }

        if (validation.ToProblem() is { } invalid)
            return invalid;
        try
        {
            return await SaveAsync(id, request, ifMatch, access, context, drafts, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is "22P02" or "22P05")
        {
            // What the parser takes and the database does not: half a surrogate pair, NUL.
            return Problem.Validation(("document", "Contains characters that are not text."));
        }
    }

    public static async Task<Results<NoContent, Problem>> DeleteAsync(
        string draftId, OrganisationAccess access, PlanDraftStore drafts, CancellationToken cancellationToken) =>
        Guid.TryParseExact(draftId, "D", out var id)
        && await drafts.DeleteAsync(access.OrganisationId, id, version: null, cancellationToken)
            ? TypedResults.NoContent()
            : NotFound;

    /// <summary>Makes the draft a plan, which never changes again; the draft is gone then.</summary>
    public static async Task<Results<Ok<PlanSummary>, Problem>> PublishAsync(
        string draftId, [FromHeader(Name = "If-Match")] string? ifMatch, OrganisationAccess access,
        PlanDraftStore drafts, OrganisationPlanStore plans, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(draftId, "D", out var id)
            || await drafts.FindAsync(access.OrganisationId, id, cancellationToken) is not { } row)
        {
            return NotFound;
        }

        if (!string.IsNullOrEmpty(ifMatch) && VersionOf(ifMatch) != row.Version)
            return ChangedMeanwhile(row);
        var utf8 = Encoding.UTF8.GetBytes(row.Document!);
        var reading = PlanJsonReader.Read(utf8);
        if (reading.Document is not { } plan)
            return OwnPlans.Invalid(reading.Faults, utf8);
        var (stored, _) = await plans.AddAsync(
            access.Actor, Guid.CreateVersion7(time.GetUtcNow()), plan, venueId: null, row.ParentId, cancellationToken);
        // One that was changed since stays: what was published is the version that was read.
        await drafts.DeleteAsync(access.OrganisationId, id, row.Version, cancellationToken);
        return await plans.FindAsync(access.OrganisationId, stored, cancellationToken) is { } made
            ? TypedResults.Ok(made.ToSummary())
            : NotFound;
    }

    private static async Task<Results<Ok<PlanDraftSummary>, Created<PlanDraftSummary>, Problem>> SaveAsync(
        Guid id, PlanDraftRequest request, string? ifMatch, OrganisationAccess access, HttpContext context,
        PlanDraftStore drafts, CancellationToken cancellationToken)
    {
        var isNew = string.IsNullOrEmpty(ifMatch);
        var isDone = isNew
            ? await drafts.AddAsync(access.Actor, id, request, cancellationToken)
            : await drafts.ChangeAsync(access.Actor, id, request, VersionOf(ifMatch!) ?? -1, cancellationToken);
        var row = await drafts.FindAsync(access.OrganisationId, id, cancellationToken);
        if (!isDone)
            return row is not null ? isNew ? s_unconditional : ChangedMeanwhile(row) : isNew ? s_tooMany : NotFound;
        if (row is null)
            return NotFound;
        Tag(context, row);
        return isNew
            ? TypedResults.Created(
                $"/api/v1/organisations/{access.OrganisationId}/plan-drafts/{id}", row.ToSummary())
            : TypedResults.Ok(row.ToSummary());
    }

    /// <summary>412 with who has the draft now, so that the second editor can ask and nothing is lost.</summary>
    private static Problem ChangedMeanwhile(PlanDraftRow row) => new(
        StatusCodes.Status412PreconditionFailed, "changed-meanwhile",
        $"{row.ChangedByName ?? "Somebody else"} has saved this draft since. Load it again, or save yours as another.",
        writer =>
        {
            writer.WriteNumber("version", row.Version);
            writer.WriteString("changedBy", row.ChangedBy);
        });

    private static void Tag(HttpContext context, PlanDraftRow row) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{row.Version}\"");

    private static long? VersionOf(string ifMatch) =>
        long.TryParse(ifMatch.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
}
