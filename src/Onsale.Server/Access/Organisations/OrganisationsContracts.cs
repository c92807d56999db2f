using System.Text.Json;
using System.Text.Json.Serialization;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Organisations;

/// <summary>An organisation to be founded; the one who asks becomes its owner.</summary>
/// <param name="Name">As buyers see it.</param>
/// <param name="Slug">Its name in addresses; made of the name where it is left out.</param>
/// <param name="DefaultCurrency">ISO 4217; what new events are in. Default: EUR.</param>
/// <param name="TimeZone">IANA name; what new venues are in. Default: UTC.</param>
/// <param name="Language">en, de, es or ar. Default: en.</param>
internal sealed record NewOrganisation(
    string Name, string? Slug = null, string? DefaultCurrency = null, string? TimeZone = null, string? Language = null);

/// <summary>What to change; what is left out stays, and an empty text clears what may be empty.</summary>
/// <param name="AccentColour">"#4f46e5".</param>
internal sealed record OrganisationChange(
    string? Name = null, string? Slug = null, string? ContactEmail = null, string? ContactPhone = null,
    string? Website = null, string? ImprintUrl = null, string? TermsUrl = null, string? PrivacyUrl = null,
    string? DefaultCurrency = null, string? TimeZone = null, string? Language = null, string? AccentColour = null);

/// <summary>An organisation as its members see it.</summary>
/// <param name="Slug">Its name in addresses, which the API takes in place of the id.</param>
/// <param name="Role">The caller's role; left out for an operator who is no member.</param>
/// <param name="Permissions">What the caller may do in it.</param>
internal sealed record OrganisationDetails(
    Guid Id, string Slug, string Name, string ContactEmail, string ContactPhone, string Website, string ImprintUrl,
    string TermsUrl, string PrivacyUrl, string DefaultCurrency, string TimeZone, string Language, string AccentColour,
    DateTimeOffset CreatedAt, MemberRole? Role, IReadOnlyList<string> Permissions);

/// <summary>An organisation that the caller is a member of.</summary>
/// <param name="Role">The caller's role.</param>
/// <param name="Permissions">What the caller may do in it.</param>
/// <param name="Since">Since when.</param>
internal sealed record Membership(
    Guid Id, string Slug, string Name, MemberRole Role, IReadOnlyList<string> Permissions, DateTimeOffset Since);

/// <summary>A member of an organisation.</summary>
/// <param name="Id">The account.</param>
/// <param name="Since">Since when.</param>
/// <param name="IsYou">Whether it is the one that asks.</param>
internal sealed record Member(Guid Id, string Name, string Email, MemberRole Role, DateTimeOffset Since, bool IsYou);

/// <summary>Another role for a member.</summary>
internal sealed record MemberChange(MemberRole Role);

/// <summary>Whom to invite.</summary>
/// <param name="Email">Only an account with this e-mail can accept.</param>
/// <param name="Role">The role that it gets.</param>
internal sealed record NewInvitation(string Email, MemberRole Role);

/// <summary>An invitation that is open.</summary>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
internal sealed record Invitation(
    Guid Id, string Email, MemberRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>An invitation that was just made. Its token is told only here.</summary>
/// <param name="Token">What the accepting account presents.</param>
/// <param name="Path">The page on which it is accepted, to be sent to the one invited.</param>
internal sealed record CreatedInvitation(
    Guid Id, string Email, MemberRole Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string Token,
    string Path);

/// <summary>What an invitation says to whom has its link.</summary>
/// <param name="Organisation">The organisation's name.</param>
/// <param name="Slug">Its name in addresses.</param>
/// <param name="Email">The account that may accept has this e-mail.</param>
internal sealed record InvitationOffer(
    string Organisation, string Slug, string Email, MemberRole Role, DateTimeOffset ExpiresAt);

/// <summary>One change that somebody made.</summary>
/// <param name="ActorId">The account that made it.</param>
/// <param name="ActorName">Its name; left out once the account is deleted.</param>
/// <param name="AsOperator">Whether it acted as an operator of the installation and not as a member.</param>
/// <param name="Action">What was done, such as <c>member.invited</c>.</param>
/// <param name="Subject">The kind of what was changed.</param>
/// <param name="SubjectId">Which one.</param>
/// <param name="EventId">The event that it is about.</param>
/// <param name="Before">What changed, as it was.</param>
/// <param name="After">What changed, as it was afterwards.</param>
/// <param name="Origin">The same for two changes from one network address, and no way back to it.</param>
internal sealed record ActivityEntry(
    Guid Id, DateTimeOffset At, Guid ActorId, string? ActorName, bool AsOperator, string Action, string Subject,
    string SubjectId, Guid? EventId, JsonElement? Before, JsonElement? After, string? Origin);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NewOrganisation))]
[JsonSerializable(typeof(OrganisationChange))]
[JsonSerializable(typeof(OrganisationDetails))]
[JsonSerializable(typeof(OrganisationRow))]
[JsonSerializable(typeof(Membership))]
[JsonSerializable(typeof(Page<Membership>))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Page<Member>))]
[JsonSerializable(typeof(MemberChange))]
[JsonSerializable(typeof(NewInvitation))]
[JsonSerializable(typeof(CreatedInvitation))]
[JsonSerializable(typeof(InvitationOffer))]
[JsonSerializable(typeof(Page<Invitation>))]
[JsonSerializable(typeof(Page<ActivityEntry>))]
internal sealed partial class OrganisationsJson : JsonSerializerContext;
