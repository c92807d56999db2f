using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Organisations;

internal static class OrganisationsEndpoints
{
    private const string Tag = "Organisations";

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapOwn(routes.MapApi());
        var organisation = routes.MapOrganisation("", Tag);
        organisation.MapGet("/", TheOrganisation.GetAsync).Needs(Permissions.OrganisationRead)
            .WithName("getOrganisation").WithSummary("The organisation, and what the caller may do in it");
        organisation.MapPatch("/", TheOrganisation.ChangeAsync).Needs(Permissions.OrganisationEdit)
            .WithName("changeOrganisation").WithSummary("Changes the organisation's profile")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "slug-taken");
        organisation.MapGet("/activity", ListActivity.HandleAsync).Needs(Permissions.ActivityRead)
            .WithName("listActivity").WithSummary("Who changed what, newest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        MapMembers(organisation);
    }

    private static void MapMembers(RouteGroupBuilder organisation)
    {
        organisation.MapGet("/members", Members.ListAsync).Needs(Permissions.MembersRead)
            .WithName("listMembers").WithSummary("The members by name")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        organisation.MapPatch("/members/{memberId}", Members.ChangeAsync).Needs(Permissions.MembersManage)
            .WithName("changeMember").WithSummary("Gives a member another role, which counts at once")
            .Refuses(StatusCodes.Status404NotFound, "member-not-found")
            .Refuses(StatusCodes.Status409Conflict, "last-owner");
        organisation.MapDelete("/members/{memberId}", Members.RemoveAsync).Needs(Permissions.MembersManage)
            .WithName("removeMember").WithSummary("Ends a membership at once")
            .Refuses(StatusCodes.Status404NotFound, "member-not-found")
            .Refuses(StatusCodes.Status409Conflict, "last-owner");
        organisation.MapGet("/invitations", Invitations.ListAsync).Needs(Permissions.MembersRead)
            .WithName("listInvitations").WithSummary("The open invitations, newest first")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        organisation.MapPost("/invitations", Invitations.AddAsync).Needs(Permissions.MembersManage)
            .RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("inviteMember")
            .WithSummary("Invites by e-mail; the answer alone has the link, good once and for seven days")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "already-member", "too-many-members");
        organisation.MapDelete("/invitations/{invitationId}", Invitations.WithdrawAsync)
            .Needs(Permissions.MembersManage)
            .WithName("withdrawInvitation").WithSummary("Withdraws an open invitation")
            .Refuses(StatusCodes.Status404NotFound, "invitation-not-found");
    }

    /// <summary>What belongs to the caller and not to one organisation.</summary>
    private static void MapOwn(RouteGroupBuilder api)
    {
        var own = api.MapGroup("")
            .WithTags(Tag)
            .WithMetadata(new RequestSizeLimitAttribute(OrganisationsLimits.RequestBytes))
            .RequireRateLimit(RateLimitPolicy.Reads)
            .RequireAuthorization()
            .NoStore();
        own.MapGet("/me/organisations", MyOrganisations.ListAsync)
            .WithName("listMyOrganisations").WithSummary("The organisations that the caller is a member of, by name")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        own.MapDelete("/me/organisations/{organisationId}", MyOrganisations.LeaveAsync)
            .WithName("leaveOrganisation").WithSummary("Ends the caller's own membership")
            .Refuses(StatusCodes.Status404NotFound, "organisation-not-found")
            .Refuses(StatusCodes.Status409Conflict, "last-owner");
        own.MapPost("/organisations", FoundOrganisation.HandleAsync).RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("foundOrganisation").WithSummary("Founds an organisation; any account may, and owns it")
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden")
            .Refuses(StatusCodes.Status409Conflict, "slug-taken", "too-many-organisations");
        own.MapGet("/invitations/{token}", Invitations.ShowAsync).AllowAnonymous()
            .WithName("getInvitation").WithSummary("What an invitation is to, for the page that its link leads to")
            .Refuses(StatusCodes.Status404NotFound, "invitation-not-found")
            .Refuses(StatusCodes.Status409Conflict, "invitation-used")
            .Refuses(StatusCodes.Status410Gone, "invitation-expired");
        own.MapPost("/invitations/{token}/accept", Invitations.AcceptAsync).RequireRateLimit(RateLimitPolicy.Booking)
            .WithName("acceptInvitation").WithSummary("Makes the account that an invitation is for a member, once")
            .Refuses(StatusCodes.Status403Forbidden, "forbidden", "other-account")
            .Refuses(StatusCodes.Status404NotFound, "invitation-not-found")
            .Refuses(StatusCodes.Status409Conflict, "invitation-used")
            .Refuses(StatusCodes.Status410Gone, "invitation-expired");
    }
}
