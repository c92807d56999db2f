using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Organisations;

/// <summary>What the signed-in account is a member of.</summary>
internal static class MyOrganisations
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "organisation-not-found", "You are not a member of such an organisation.");

    public static async Task<Results<Ok<Page<Membership>>, Problem>> ListAsync(
        string? page, string? limit, Buyer buyer, OrganisationStore organisations,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await organisations.ListOfAsync(buyer.Id, paging, cancellationToken);
        return TypedResults.Ok(Page<Membership>.Of([.. rows.Select(Show)], total, paging));
    }

    public static async Task<Results<NoContent, Problem>> LeaveAsync(
        string organisationId, Buyer buyer, HttpContext context, MemberStore members, KeyedHash hash,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(organisationId, "D", out var id))
            return s_notFound;
        var origin = hash.OfAddress(AddressRange.Of(context.Connection.RemoteIpAddress));
        var actor = new Actor(id, buyer.Id, IsOperator: false, origin);
        return await members.ChangeAsync(actor, buyer.Id, role: null, cancellationToken) switch
        {
            MemberChanged.NotFound => s_notFound,
            MemberChanged.LastOwner => Members.LastOwner,
            _ => TypedResults.NoContent(),
        };
    }

    internal static Membership Show(MembershipRow row)
    {
        var role = (MemberRole)row.Role;
        return new Membership(
            row.Id, row.Slug, row.Name, role, [.. Permissions.Of(role).Order(StringComparer.Ordinal)],
            new DateTimeOffset(row.Since));
    }
}
