using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Access.Organisations;

/// <summary>Invitations: made by an owner, accepted by the account that they are for.</summary>
internal static class Invitations
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "invitation-not-found", "There is no such invitation.");

    private static readonly Problem s_used = new(
        StatusCodes.Status409Conflict, "invitation-used", "This invitation was accepted before.");

    private static readonly Problem s_expired = new(
        StatusCodes.Status410Gone, "invitation-expired",
        "This invitation has expired. Ask for another one.");

    private static readonly Problem s_otherAccount = new(
        StatusCodes.Status403Forbidden, "other-account",
        "This invitation is for another e-mail address. Sign in with that one.");

    private static readonly Problem s_isMember = new(
        StatusCodes.Status409Conflict, "already-member", "The account with this e-mail address is a member already.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-members",
        $"An organisation has at most {OrganisationsLimits.MaxMembers} members and open invitations.");

    public static async Task<Results<Created<CreatedInvitation>, Problem>> AddAsync(
        NewInvitation request, OrganisationAccess access, InvitationStore invitations,
        CancellationToken cancellationToken)
    {
        if (AccountRules.CheckEmail(request.Email, out var email) is { } refusal)
            return Problem.Validation(("email", refusal));
        var token = RandomNumberGenerator.GetBytes(OrganisationsLimits.InvitationTokenBytes);
        switch (await invitations.AddAsync(
            access.Actor, email, request.Role, InvitationStore.HashOf(token), cancellationToken))
        {
            case Invited.IsMember:
                return s_isMember;
            case Invited.TooMany:
                return s_tooMany;
            case Invited.Done(var row):
                var text = Base64Url.EncodeToString(token);
                var path = $"/api/v1/organisations/{access.OrganisationId}/invitations/{row.Id}";
                return TypedResults.Created(path, new CreatedInvitation(
                    row.Id, row.Email, (MemberRole)row.Role, new DateTimeOffset(row.CreatedAt),
                    new DateTimeOffset(row.ExpiresAt), text, $"/organise/invitations/{text}"));
            default:
                throw new InvalidOperationException("Unknown outcome.");
        }
    }

    public static async Task<Results<Ok<Page<Invitation>>, Problem>> ListAsync(
        string? page, string? limit, OrganisationAccess access, InvitationStore invitations,
        CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await invitations.ListAsync(access.OrganisationId, paging, cancellationToken);
        return TypedResults.Ok(Page<Invitation>.Of([.. rows.Select(row => row.ToInvitation())], total, paging));
    }

    public static async Task<Results<NoContent, Problem>> WithdrawAsync(
        string invitationId, OrganisationAccess access, InvitationStore invitations,
        CancellationToken cancellationToken) =>
        Guid.TryParseExact(invitationId, "D", out var id)
        && await invitations.WithdrawAsync(access.Actor, id, cancellationToken)
            ? TypedResults.NoContent()
            : s_notFound;

    /// <summary>For the page that the link leads to, also before signing in: who has the token may know.</summary>
    public static async Task<Results<Ok<InvitationOffer>, Problem>> ShowAsync(
        string token, InvitationStore invitations, CancellationToken cancellationToken)
    {
        if (HashOf(token) is not { } hash
            || await invitations.FindAsync(hash, cancellationToken) is not { } offer)
        {
            return s_notFound;
        }

        return offer.Refusal(emailKey: null) is { } refusal
            ? ProblemOf(refusal)
            : TypedResults.Ok(new InvitationOffer(
                offer.Organisation, offer.Slug, offer.Email, (MemberRole)offer.Role,
                new DateTimeOffset(offer.ExpiresAt)));
    }

    public static async Task<Results<Ok<OrganisationDetails>, Problem>> AcceptAsync(
        string token, Buyer buyer, HttpContext context, InvitationStore invitations, OrganisationStore organisations,
        KeyedHash keyedHash, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return FoundOrganisation.AccountNeeded;
        if (HashOf(token) is not { } hash
            || await invitations.FindAsync(hash, cancellationToken) is not { } offer)
        {
            return s_notFound;
        }

        var origin = keyedHash.OfAddress(AddressRange.Of(context.Connection.RemoteIpAddress));
        var accepted = await invitations.AcceptAsync(hash, buyer.Id, origin, cancellationToken);
        if (accepted != Accepted.Done)
            return ProblemOf(accepted);
        var standing = await organisations.FindStandingAsync($"{offer.OrganisationId}", buyer.Id, cancellationToken);
        if (standing is null)
            return s_notFound;
        var access = new OrganisationAccess(
            offer.OrganisationId, standing.Role, new Actor(offer.OrganisationId, buyer.Id, IsOperator: false, origin));
        return TypedResults.Ok(TheOrganisation.Show(
            await organisations.GetAsync(offer.OrganisationId, cancellationToken), access));
    }

    private static Problem ProblemOf(Accepted refusal) => refusal switch
    {
        Accepted.NotFound => s_notFound,
        Accepted.Used => s_used,
        Accepted.Expired => s_expired,
        Accepted.OtherAccount => s_otherAccount,
        Accepted.NoAccount => FoundOrganisation.NoSuchAccount,
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Not a refusal."),
    };

    private static byte[]? HashOf(string token)
    {
        if (!Base64Url.IsValid(token, out var length) || length != OrganisationsLimits.InvitationTokenBytes)
            return null;
        return InvitationStore.HashOf(Base64Url.DecodeFromChars(token));
    }
}
