using System.Text.Json.Serialization;

namespace Onsale.Server.Operate.ReadOnly;

/// <summary>Whether the installation takes changes.</summary>
/// <param name="ReadOnly">Left out while it does.</param>
internal sealed record StatusResponse(ReadOnlyNotice? ReadOnly = null);

/// <summary>Nothing can be changed at present.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What the operator says to buyers; left out where the program came to it by itself.</param>
internal sealed record ReadOnlyNotice(DateTimeOffset Since, string? Reason = null);

/// <summary>Switches the read-only mode.</summary>
/// <param name="On">True to take no more changes, false to take them again.</param>
/// <param name="Reason">Shown to buyers; needed to switch it on.</param>
internal sealed record SetReadOnlyRequest(bool On, string? Reason = null);

/// <summary>The read-only mode as operators see it.</summary>
/// <param name="On">Whether this node takes no changes.</param>
/// <param name="ByHand">Whether an operator has said so.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What buyers are told.</param>
internal sealed record ReadOnlyResponse(bool On, bool ByHand, DateTimeOffset? Since = null, string? Reason = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(SetReadOnlyRequest))]
[JsonSerializable(typeof(ReadOnlyResponse))]
internal sealed partial class ReadOnlyJson : JsonSerializerContext;
