using System.Text.Json;
using System.Text.Json.Serialization;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>A seating plan that an organisation works with.</summary>
/// <param name="ContentHash">SHA-256 of its canonical JSON: two plans with one hash are the same.</param>
/// <param name="Seats">Numbered seats.</param>
/// <param name="VenueId">The venue it is of.</param>
/// <param name="ParentId">The version that it came from.</param>
internal sealed record PlanSummary(
    Guid Id, string Name, string ContentHash, int Seats, Guid? VenueId, Guid? ParentId, DateTimeOffset CreatedAt);

/// <summary>A seating plan with its document.</summary>
/// <param name="Categories">Its categories with how many seats each has.</param>
/// <param name="Document">Seating-plan JSON as pretix has it.</param>
internal sealed record PlanDetails(
    Guid Id, string Name, string ContentHash, int Seats, IReadOnlyList<PlanCategorySeats> Categories,
    JsonElement Document);

/// <summary>A category of a plan.</summary>
/// <param name="Seats">Seats that have it.</param>
internal sealed record PlanCategorySeats(string Name, string? Color, int Seats);

/// <summary>A plan that was stored.</summary>
/// <param name="IsNew">False: the same plan was stored before.</param>
/// <param name="Repairs">What was changed in the document before it was stored.</param>
internal sealed record StoredPlanResult(PlanSummary Plan, bool IsNew, IReadOnlyList<PlanRepairMade> Repairs);

/// <summary>One change that was made to a document so that it could be read.</summary>
/// <param name="Kind">
/// sizes, numbers, seat-ids, categories or labels; seats.io: what a chart has and a plan does not.
/// </param>
/// <param name="Pointer">JSON pointer (RFC 6901) to what was changed.</param>
internal sealed record PlanRepairMade(string Kind, string Pointer, string Message);

/// <summary>A plan that is being drawn: any JSON object, however far it is.</summary>
/// <param name="ParentId">The plan that it becomes a new version of.</param>
internal sealed record PlanDraftRequest(string Name, JsonElement Document, Guid? ParentId = null);

/// <summary>A draft without its document.</summary>
/// <param name="Version">To be sent back in <c>If-Match</c>, in quotes.</param>
/// <param name="Bytes">Of its document.</param>
/// <param name="ChangedByName">Left out once the account is deleted.</param>
internal sealed record PlanDraftSummary(
    Guid Id, string Name, long Version, Guid? ParentId, int Bytes, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt,
    Guid ChangedBy, string? ChangedByName);

/// <summary>A draft with its document.</summary>
internal sealed record PlanDraft(PlanDraftSummary Draft, JsonElement Document);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Page<PlanSummary>))]
[JsonSerializable(typeof(PlanDetails))]
[JsonSerializable(typeof(StoredPlanResult))]
[JsonSerializable(typeof(PlanDraftRequest))]
[JsonSerializable(typeof(PlanDraft))]
[JsonSerializable(typeof(Page<PlanDraftSummary>))]
internal sealed partial class PlansJson : JsonSerializerContext;
