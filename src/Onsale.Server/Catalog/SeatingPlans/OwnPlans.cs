using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>The seating plans that an organisation works with.</summary>
internal static class OwnPlans
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "plan-not-found", "The organisation has no such seating plan.");

    public static async Task<Results<Ok<Page<PlanSummary>>, Problem>> ListAsync(
        string? page, string? limit, OrganisationAccess access, OrganisationPlanStore plans,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await plans.ListAsync(access.OrganisationId, paging, cancellationToken);
        return TypedResults.Ok(Page<PlanSummary>.Of([.. rows.Select(row => row.ToSummary())], total, paging));
    }

    public static async Task<Results<Ok<PlanDetails>, Problem>> GetAsync(
        string planId, OrganisationAccess access, OrganisationPlanStore plans, NpgsqlDataSource dataSource,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(planId, "D", out var id)
            || await plans.FindAsync(access.OrganisationId, id, cancellationToken) is not { } row)
        {
            return s_notFound;
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await SeatingPlanStore.ReadAsync(connection, id, cancellationToken) is not var (document, _))
            return s_notFound;
        var seats = document.Zones.SelectMany(zone => zone.Rows).SelectMany(one => one.Seats)
            .CountBy(seat => seat.Category, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        using var json = JsonDocument.Parse(PlanJsonWriter.Write(document));
        return TypedResults.Ok(new PlanDetails(
            row.Id, row.Name, row.ContentHash, row.Seats,
            [.. document.Categories.Select(category => new PlanCategorySeats(
                category.Name, category.Color, seats.GetValueOrDefault(category.Name)))],
            json.RootElement.Clone()));
    }

    public static async Task<Results<Created<StoredPlanResult>, Ok<StoredPlanResult>, Problem>> AddAsync(
        JsonElement document, [AsParameters] Parameters parameters, OrganisationAccess access,
        OrganisationPlanStore plans, TimeProvider time, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var parent = parameters.ParentOf(validation);
        var repairs = parameters.IsRepaired(validation);
        var isChart = parameters.IsSeatsIo(validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (parent is { } parentId
            && await plans.FindAsync(access.OrganisationId, parentId, cancellationToken) is null)
        {
            return Problem.Validation(("parent", "The organisation has no such seating plan."));
        }

        // As bytes: as text it cannot be had where it is not valid UTF-8, which is for the reader to say.
        var utf8 = JsonMarshal.GetRawUtf8Value(document).ToArray();
        IReadOnlyList<PlanRepair> notes = [];
        if (isChart)
        {
            if (ReadChart(document) is not { } chart)
                return Invalid([new PlanError("", "is no chart of seats.io: it has no drawing (subChart).")], utf8);
            (utf8, notes) = chart;
        }

        var (reading, made) = repairs
            ? PlanRepairer.Read(utf8, PlanRepairs.All)
            : new PlanRepairResult(PlanJsonReader.Read(utf8), []);
        if (reading.Document is not { } plan)
            return Invalid(reading.Faults, utf8);

        var id = Guid.CreateVersion7(time.GetUtcNow());
        var (stored, isNew) = await plans.AddAsync(
            access.Actor, id, plan, venueId: null, parent, cancellationToken);
        var row = await plans.FindAsync(access.OrganisationId, stored, cancellationToken)
            ?? throw new InvalidOperationException($"The plan {stored} was stored and is not there.");
        var result = new StoredPlanResult(
            row.ToSummary(), isNew,
            [.. notes.Concat(made).Take(SeatingPlanLimits.MaxReportedRepairs)
                .Select(repair => new PlanRepairMade(repair.Kind, repair.Place, repair.Message))]);
        return isNew
            ? TypedResults.Created($"/api/v1/organisations/{access.OrganisationId}/plans/{stored}", result)
            : TypedResults.Ok(result);
    }

    /// <summary>Null where it is none, or has text that is no text.</summary>
    private static (byte[] Plan, IReadOnlyList<PlanRepair> Notes)? ReadChart(JsonElement document)
    {
        try
        {
            return SeatsIoChart.Read(document);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, as System.Text.Json says it.
            return null;
        }
    }

    /// <summary>422 <c>plan-invalid</c>: all that is wrong, and what <c>repair=true</c> would change.</summary>
    internal static Problem Invalid(IReadOnlyList<PlanError> faults, byte[] utf8)
    {
        var (reading, repairs) = PlanRepairer.Read(utf8, PlanRepairs.All);
        var detail = faults is [var only] ? $"{only}" : $"The seating plan has {faults.Count} faults; see faults.";
        return new Problem(StatusCodes.Status422UnprocessableEntity, "plan-invalid", detail, writer =>
        {
            writer.WriteStartArray("faults");
            foreach (var fault in faults)
                Write(writer, kind: null, fault.Place, fault.Message);
            writer.WriteEndArray();
            writer.WriteStartArray("repairs");
            foreach (var repair in repairs.Take(SeatingPlanLimits.MaxReportedRepairs))
                Write(writer, repair.Kind, repair.Place, repair.Message);
            writer.WriteEndArray();
            writer.WriteBoolean("repairable", reading.Document is not null);
        });
    }

    private static void Write(Utf8JsonWriter writer, string? kind, string pointer, string message)
    {
        writer.WriteStartObject();
        if (kind is not null)
            writer.WriteString("kind", kind);
        writer.WriteString("pointer", pointer);
        writer.WriteString("message", message);
        writer.WriteEndObject();
    }

    internal sealed class Parameters
    {
        [Description("true: makes the repairs that it can, and says each.")]
        [FromQuery(Name = "repair")]
        public string? Repair { get; init; }

        [Description("The plan that this is a new version of.")]
        [FromQuery(Name = "parent")]
        public string? Parent { get; init; }

        [Description("What the document is: pretix (the default), or seatsio, a chart of seats.io.")]
        [AllowedValues("pretix", "seatsio")]
        [FromQuery(Name = "format")]
        public string? Format { get; init; }

        public bool IsSeatsIo(Validation validation)
        {
            validation.Require(Format is null or "" or "pretix" or "seatsio", "format", "Must be pretix or seatsio.");
            return Format == "seatsio";
        }

        public bool IsRepaired(Validation validation)
        {
            validation.Require(Repair is null or "" or "true" or "false", "repair", "Must be true or false.");
            return Repair == "true";
        }

        public Guid? ParentOf(Validation validation) => validation.Id("parent", Parent);
    }
}
