using System.Text.Json.Serialization;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.Events.Codes;

/// <summary>
/// A code to make: it takes a percentage or an amount off each place, or lets buyers in before the sale, or both.
/// </summary>
/// <param name="Text">3 to 32 letters, digits, hyphens and low lines, in any case. Left out: one is drawn.</param>
/// <param name="Percent">1 to 100 off the price of each place.</param>
/// <param name="Amount">Minor units of the event's currency off each place, down to nothing.</param>
/// <param name="TierIds">Tiers that it is for; left out or empty: all.</param>
/// <param name="StartsAt">From when it is taken; left out: at once.</param>
/// <param name="EndsAt">Until when it is taken; left out: as long as the event sells.</param>
/// <param name="MaxUses">Held and confirmed bookings that there may be with it; left out: any number.</param>
/// <param name="MaxTickets">Places that those may have together; left out: any number.</param>
/// <param name="MaxTicketsPerBuyer">
/// Places that one buyer may have with it; left out: as many as the event allows.
/// </param>
/// <param name="OpensPresale">Whether places of its tiers can be held with it before the sale begins.</param>
internal sealed record NewCode(
    string? Text = null, int? Percent = null, long? Amount = null, Guid[]? TierIds = null,
    DateTimeOffset? StartsAt = null, DateTimeOffset? EndsAt = null, int? MaxUses = null, int? MaxTickets = null,
    int? MaxTicketsPerBuyer = null, bool OpensPresale = false);

/// <summary>What to change of a code; what is left out stays. Prices of bookings that are there stay too.</summary>
/// <param name="Clear">
/// Names of fields to empty: percent, amount, tierIds, startsAt, endsAt, maxUses, maxTickets, maxTicketsPerBuyer.
/// </param>
/// <param name="MaxUses">Not below what the code is used for.</param>
/// <param name="MaxTickets">Not below what the code is used for.</param>
internal sealed record CodePatch(
    int? Percent = null, long? Amount = null, Guid[]? TierIds = null, DateTimeOffset? StartsAt = null,
    DateTimeOffset? EndsAt = null, int? MaxUses = null, int? MaxTickets = null, int? MaxTicketsPerBuyer = null,
    bool? OpensPresale = null, string[]? Clear = null);

/// <summary>A code of an event.</summary>
/// <param name="Text">As it is shown; buyers may type it in any case.</param>
/// <param name="Amount">Off each place.</param>
/// <param name="TierIds">Tiers that it is for; none: all.</param>
/// <param name="Uses">Bookings that are held or confirmed with it now.</param>
/// <param name="Tickets">Their places.</param>
/// <param name="IsEnded">Taken back: it is not taken any more.</param>
internal sealed record OwnCode(
    Guid Id, string Text, int? Percent, Money? Amount, IReadOnlyList<Guid> TierIds, DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt, int Uses, int? MaxUses, int Tickets, int? MaxTickets, int? MaxTicketsPerBuyer,
    bool OpensPresale, bool IsEnded, DateTimeOffset CreatedAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewCode))]
[JsonSerializable(typeof(CodePatch))]
[JsonSerializable(typeof(OwnCode))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(Page<OwnCode>))]
internal sealed partial class CodesJson : JsonSerializerContext;
