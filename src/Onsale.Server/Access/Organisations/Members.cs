using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Organisations;

/// <summary>The members of an organisation and their roles.</summary>
internal static class Members
{
    internal static readonly Problem LastOwner = new(
        StatusCodes.Status409Conflict, "last-owner",
        "This is the only owner of the organisation. Make somebody else an owner first.");

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "member-not-found", "The organisation has no such member.");

    public static async Task<Results<Ok<Page<Member>>, Problem>> ListAsync(
        string? page, string? limit, OrganisationAccess access, MemberStore members,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await members.ListAsync(access.OrganisationId, paging, cancellationToken);
        return TypedResults.Ok(Page<Member>.Of(
            [.. rows.Select(row => row.ToMember(access.Actor.AccountId))], total, paging));
    }

    public static async Task<Results<Ok<Member>, Problem>> ChangeAsync(
        string memberId, MemberChange change, OrganisationAccess access, MemberStore members,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(memberId, "D", out var id))
            return s_notFound;
        var changed = await members.ChangeAsync(access.Actor, id, change.Role, cancellationToken);
        if (changed is MemberChanged.LastOwner)
            return LastOwner;
        return changed is MemberChanged.Done
            && await members.FindAsync(access.OrganisationId, id, cancellationToken) is { } row
            ? TypedResults.Ok(row.ToMember(access.Actor.AccountId))
            : s_notFound;
    }

    public static async Task<Results<NoContent, Problem>> RemoveAsync(
        string memberId, OrganisationAccess access, MemberStore members, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(memberId, "D", out var id))
            return s_notFound;
        return await members.ChangeAsync(access.Actor, id, role: null, cancellationToken) switch
        {
            MemberChanged.NotFound => s_notFound,
            MemberChanged.LastOwner => LastOwner,
            _ => TypedResults.NoContent(),
        };
    }
}
