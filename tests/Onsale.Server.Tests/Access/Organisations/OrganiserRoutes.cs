using Onsale.Server.Access.Organisations;
using static Onsale.Server.Access.Organisations.MemberRole;

namespace Onsale.Server.Tests.Access.Organisations;

/// <summary>Which roles each route below <c>/organisations/{org}</c> is for.</summary>
internal static class OrganiserRoutes
{
    private static readonly MemberRole[] s_all = [Owner, Manager, BoxOffice, Door, Analyst];
    private static readonly MemberRole[] s_managers = [Owner, Manager];
    private static readonly MemberRole[] s_owner = [Owner];

    public static IReadOnlyDictionary<string, MemberRole[]> RolesByRoute { get; } =
        new Dictionary<string, MemberRole[]>(StringComparer.Ordinal)
        {
            ["GET "] = s_all,
            ["PATCH "] = s_managers,
            ["GET /activity"] = s_managers,
            ["GET /members"] = s_managers,
            ["PATCH /members/{memberId}"] = s_owner,
            ["DELETE /members/{memberId}"] = s_owner,
            ["GET /invitations"] = s_managers,
            ["POST /invitations"] = s_owner,
            ["DELETE /invitations/{invitationId}"] = s_owner,
            ["GET /events/{event}/queue"] = [Owner, Manager, BoxOffice, Analyst],
            ["PUT /events/{event}/queue"] = s_managers,
        };
}
