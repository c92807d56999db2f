using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Organisations;

/// <summary>
/// Stands before every route that needs a right in an organisation. The membership is read for each request, so that a
/// right that was taken away is gone at once, on every node.
/// </summary>
internal sealed class OrganisationGate(
    RequestDelegate next, OrganisationStore organisations, OperatorVisits visits, KeyedHash hash)
{
    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "organisation-not-found", "There is no such organisation.");

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PermissionMetadata>() is { Permission: var permission }
            ? CheckAsync(context, permission)
            : next(context);

    private async Task CheckAsync(HttpContext context, string permission)
    {
        // Routes of organisations require authorization: there is a caller.
        var caller = Buyer.From(context.User);
        var reference = context.GetRouteValue("org") as string ?? "";
        if (caller.IsGuest
            || await organisations.FindStandingAsync(reference, caller.Id, context.RequestAborted) is not { } standing)
        {
            await s_notFound.ExecuteAsync(context);
            return;
        }

        var origin = hash.OfAddress(AddressRange.Of(context.Connection.RemoteIpAddress));
        // A member acts as such where that suffices; an operator beyond it, and is named so.
        var asMember = standing.Role is { } role && Permissions.Of(role).Contains(permission);
        if (!asMember && !standing.IsOperator)
        {
            await Forbidden(permission).ExecuteAsync(context);
            return;
        }

        var actor = new Actor(standing.OrganisationId, caller.Id, IsOperator: !asMember, origin);
        if (actor.IsOperator)
            await visits.NoteAsync(actor, context.RequestAborted);
        new OrganisationAccess(standing.OrganisationId, standing.Role, actor).SetOn(context);
        await next(context);
    }

    /// <summary>403 <c>forbidden</c> with the right that is missing.</summary>
    internal static Problem Forbidden(string permission) => new(
        StatusCodes.Status403Forbidden, "forbidden",
        $"Your role in this organisation does not have the permission {permission}.",
        writer => writer.WriteString("permission", permission));
}

/// <summary>What an account is to an organisation.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Role">Its role as a member; null: none.</param>
/// <param name="IsOperator">Whether it runs the installation.</param>
internal sealed record Standing(Guid OrganisationId, MemberRole? Role, bool IsOperator);
