using Onsale.Server.Access.Organisations;
using static Onsale.Server.Access.Organisations.MemberRole;

namespace Onsale.Server.Tests.Access.Organisations;

/// <summary>Which roles each route below <c>/organisations/{org}</c> is for.</summary>
internal static class OrganiserRoutes
{
    private static readonly MemberRole[] s_all = [Owner, Manager, BoxOffice, Door, Analyst];
    private static readonly MemberRole[] s_managers = [Owner, Manager];
    private static readonly MemberRole[] s_owner = [Owner];
    private static readonly MemberRole[] s_allButDoor = [Owner, Manager, BoxOffice, Analyst];
    private static readonly MemberRole[] s_exports = [Owner, Manager, Analyst];
    private static readonly MemberRole[] s_counter = [Owner, Manager, BoxOffice];
    private static readonly MemberRole[] s_door = [Owner, Manager, BoxOffice, Door];

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
            ["GET /events/{event}/rehearsals"] = s_managers,
            ["POST /events/{event}/rehearsals"] = s_managers,
            ["GET /events/{event}/rehearsals/{rehearsalId}"] = s_managers,
            ["DELETE /events/{event}/rehearsals/{rehearsalId}"] = s_managers,
            ["GET /venues"] = s_allButDoor,
            ["POST /venues"] = s_managers,
            ["GET /venues/{venueId}"] = s_allButDoor,
            ["PATCH /venues/{venueId}"] = s_managers,
            ["GET /plans"] = s_allButDoor,
            ["POST /plans"] = s_managers,
            ["GET /plans/{planId}"] = s_allButDoor,
            ["GET /plan-drafts"] = s_allButDoor,
            ["GET /plan-drafts/{draftId}"] = s_allButDoor,
            ["GET /plan-drafts/{draftId}/seatmap"] = s_allButDoor,
            ["PUT /plan-drafts/{draftId}"] = s_managers,
            ["DELETE /plan-drafts/{draftId}"] = s_managers,
            ["POST /plan-drafts/{draftId}/publish"] = s_managers,
            ["GET /report"] = s_exports,
            ["GET /money"] = s_exports,
            ["GET /ledger"] = s_exports,
            ["GET /reconciliation"] = s_exports,
            ["GET /ledger.csv"] = s_exports,
            ["GET /plans/{planId}/seatmap"] = s_allButDoor,
            ["GET /events"] = s_all,
            ["POST /events"] = s_managers,
            ["GET /events/{event}"] = s_allButDoor,
            ["PATCH /events/{event}"] = s_managers,
            ["DELETE /events/{event}"] = s_managers,
            ["POST /events/{event}/publish"] = s_managers,
            ["POST /events/{event}/unpublish"] = s_managers,
            ["POST /events/{event}/reschedule"] = s_managers,
            ["POST /events/{event}/cancel"] = s_managers,
            ["POST /events/{event}/duplicate"] = s_managers,
            ["PUT /events/{event}/tiers/{tier}"] = s_managers,
            ["DELETE /events/{event}/tiers/{tier}"] = s_managers,
            ["POST /events/{event}/tiers/{tier}/capacity"] = s_managers,
            ["GET /events/{event}/blocks"] = s_allButDoor,
            ["POST /events/{event}/blocks"] = s_counter,
            ["DELETE /events/{event}/blocks/{blockId}"] = s_counter,
            ["GET /events/{event}/questions"] = s_allButDoor,
            ["PUT /events/{event}/questions"] = s_managers,
            ["GET /events/{event}/codes"] = s_allButDoor,
            ["POST /events/{event}/codes"] = s_managers,
            ["PATCH /events/{event}/codes/{codeId}"] = s_managers,
            ["DELETE /events/{event}/codes/{codeId}"] = s_managers,
            ["POST /events/{event}/ticket-keys"] = s_managers,
            ["PUT /events/{event}/image"] = s_managers,
            ["PATCH /events/{event}/image"] = s_managers,
            ["DELETE /events/{event}/image"] = s_managers,
            ["GET /events/{event}/pay-later"] = s_allButDoor,
            ["PUT /events/{event}/pay-later"] = s_managers,
            ["POST /events/{event}/bookings/{bookingId}/paid"] = s_counter,
            ["GET /events/{event}/waitlist"] = s_allButDoor,
            ["PUT /events/{event}/waitlist"] = s_managers,
            ["GET /events/{event}/waitlist/entries"] = s_allButDoor,
            ["DELETE /events/{event}/waitlist/entries/{entryId}"] = s_counter,
            ["POST /events/{event}/door-devices"] = s_door,
            ["GET /events/{event}/door-devices"] = s_door,
            ["DELETE /events/{event}/door-devices/{deviceId}"] = s_door,
            ["GET /events/{event}/check-ins"] = s_door,
            ["POST /events/{event}/check-ins"] = s_door,
            ["GET /events/{event}/check-ins/tickets"] = s_door,
            ["GET /events/{event}/bookings"] = s_allButDoor,
            ["POST /events/{event}/bookings"] = s_counter,
            ["GET /events/{event}/bookings/{bookingId}"] = s_allButDoor,
            ["PATCH /events/{event}/bookings/{bookingId}"] = s_counter,
            ["POST /events/{event}/bookings/{bookingId}/cancel"] = s_counter,
            ["POST /events/{event}/bookings/{bookingId}/resend"] = s_counter,
            ["POST /events/{event}/bookings/{bookingId}/refund"] = s_counter,
            ["GET /events/{event}/bookings.csv"] = s_exports,
            ["GET /events/{event}/tickets.csv"] = s_exports,
            ["GET /events/{event}/ledger.csv"] = s_exports,
            ["GET /events/{event}/report"] = s_exports,
            ["GET /events/{event}/history"] = s_allButDoor,
            ["GET /events/{event}/availability"] = s_allButDoor,
        };
}
