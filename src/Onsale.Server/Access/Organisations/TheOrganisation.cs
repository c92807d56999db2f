using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Organisations;

/// <summary>The organisation's own profile.</summary>
internal static class TheOrganisation
{
    private static readonly Problem s_slugTaken = new(
        StatusCodes.Status409Conflict, "slug-taken", "Another organisation has this slug.");

    public static async Task<Ok<OrganisationDetails>> GetAsync(
        OrganisationAccess access, OrganisationStore organisations, CancellationToken cancellationToken) =>
        TypedResults.Ok(Show(await organisations.GetAsync(access.OrganisationId, cancellationToken), access));

    public static async Task<Results<Ok<OrganisationDetails>, Problem>> ChangeAsync(
        OrganisationChange change, OrganisationAccess access, OrganisationStore organisations,
        CancellationToken cancellationToken)
    {
        // Only what is asked for is checked: a field that an older version let in blocks no other.
        var validation = new Validation();
        var present = await organisations.GetAsync(access.OrganisationId, cancellationToken);
        OrganisationRules.Apply(present, change, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        return await organisations.ChangeAsync(
            access.Actor, row => OrganisationRules.Apply(row, change, new Validation()), cancellationToken) is { } row
            ? TypedResults.Ok(Show(row, access))
            : s_slugTaken;
    }

    /// <summary>As the caller sees it.</summary>
    public static OrganisationDetails Show(OrganisationRow row, OrganisationAccess access) => new(
        row.Id, row.Slug, row.Name, row.ContactEmail, row.ContactPhone, row.Website, row.ImprintUrl, row.TermsUrl,
        row.PrivacyUrl, row.DefaultCurrency, row.TimeZone, row.Language, row.AccentColour,
        new DateTimeOffset(row.CreatedAt), access.Role, [.. access.Permissions.Order(StringComparer.Ordinal)]);
}
