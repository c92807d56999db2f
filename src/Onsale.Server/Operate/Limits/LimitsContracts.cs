using System.Text.Json.Serialization;

namespace Onsale.Server.Operate.Limits;

/// <summary>Somebody whom the node that answers refused in the last fifteen minutes.</summary>
/// <param name="Policy">Whose budget was spent: <c>auth</c>, <c>guest</c>, <c>booking</c> …</param>
/// <param name="Caller">An address, an IPv6 /64, or a buyer's id.</param>
/// <param name="Refused">How often, since it was refused first.</param>
/// <param name="FirstAt">When first.</param>
/// <param name="LastAt">When last.</param>
internal sealed record LimitedCallerResponse(
    string Policy, string Caller, long Refused, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>Whom the node refused, the most refused first.</summary>
/// <param name="Shared">Whether the nodes share the budgets at this moment.</param>
/// <param name="Nodes">Nodes that were heard of.</param>
internal sealed record LimitedCallersResponse(bool Shared, int Nodes, IReadOnlyList<LimitedCallerResponse> Data);

/// <summary>What is to hold for one caller until a time.</summary>
/// <param name="Policy">Which budget.</param>
/// <param name="Caller">An address, an IPv6 /64, or a buyer's id.</param>
/// <param name="Action"><c>block</c>, <c>lift</c> (no limit) or <c>multiply</c>.</param>
/// <param name="Multiple">So many times the budget, for <c>multiply</c>.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Reason">For other operators.</param>
internal sealed record SetOverrideRequest(
    string Policy, string Caller, string Action, DateTimeOffset Until, string Reason, int? Multiple = null);

/// <summary>An override.</summary>
internal sealed record OverrideResponse(
    Guid Id, string Policy, string Caller, string Action, int? Multiple, DateTimeOffset Until, string Reason,
    Guid CreatedBy, DateTimeOffset CreatedAt);

/// <summary>All overrides in force, the one that ends first at the top.</summary>
internal sealed record OverridesResponse(IReadOnlyList<OverrideResponse> Data);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LimitedCallersResponse))]
[JsonSerializable(typeof(SetOverrideRequest))]
[JsonSerializable(typeof(OverrideResponse))]
[JsonSerializable(typeof(OverridesResponse))]
internal sealed partial class LimitsJson : JsonSerializerContext;
