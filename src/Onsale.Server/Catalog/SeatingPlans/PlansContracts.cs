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
/// <param name="Kind">sizes, numbers, seat-ids, categories or labels.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) to what was changed.</param>
internal sealed record PlanRepairMade(string Kind, string Pointer, string Message);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Page<PlanSummary>))]
[JsonSerializable(typeof(PlanDetails))]
[JsonSerializable(typeof(StoredPlanResult))]
internal sealed partial class PlansJson : JsonSerializerContext;
