using System.Collections.Frozen;

namespace Onsale.Server.Access.Organisations;

/// <summary>
/// Every right that a member of an organisation may have, and which role has which: the one table. A route names the
/// right that it needs (<see cref="OrganisationRoutes.Needs"/>).
/// </summary>
internal static class Permissions
{
    /// <summary>See the organisation's profile: every member.</summary>
    public const string OrganisationRead = "organisation.read";

    public const string OrganisationEdit = "organisation.edit";

    public const string MembersRead = "members.read";

    /// <summary>Invite, change roles, remove.</summary>
    public const string MembersManage = "members.manage";

    public const string ActivityRead = "activity.read";

    public const string VenuesRead = "venues.read";

    public const string VenuesEdit = "venues.edit";

    public const string PlansRead = "plans.read";

    public const string PlansEdit = "plans.edit";

    /// <summary>See which events there are: names, times and states, no money.</summary>
    public const string EventsList = "events.list";

    /// <summary>See an event with its prices and sales.</summary>
    public const string EventsRead = "events.read";

    public const string EventsEdit = "events.edit";

    /// <summary>Publish, unpublish, reschedule, cancel.</summary>
    public const string EventsPublish = "events.publish";

    /// <summary>Rehearse an on-sale, which puts load on the whole installation.</summary>
    public const string EventsRehearse = "events.rehearse";

    /// <summary>Keep places from sale, and give them back.</summary>
    public const string BlocksEdit = "blocks.edit";

    public const string BookingsRead = "bookings.read";

    /// <summary>Sell at the counter, and give away.</summary>
    public const string BookingsSell = "bookings.sell";

    /// <summary>Change a buyer's details, and send the tickets again.</summary>
    public const string BookingsEdit = "bookings.edit";

    /// <summary>Pay back and cancel: a right of its own, which who plans events need not have.</summary>
    public const string BookingsRefund = "bookings.refund";

    public const string BookingsExport = "bookings.export";

    public const string ReportsRead = "reports.read";

    /// <summary>Admit by a ticket's code.</summary>
    public const string CheckInScan = "checkin.scan";

    /// <summary>Find a ticket by name, and admit by hand.</summary>
    public const string CheckInSearch = "checkin.search";

    private static readonly FrozenSet<string> s_door =
        Set(OrganisationRead, EventsList, CheckInScan, CheckInSearch);

    private static readonly FrozenSet<string> s_analyst = Set(
        OrganisationRead, VenuesRead, PlansRead, EventsList, EventsRead, BookingsRead, BookingsExport, ReportsRead);

    // Each higher role may do what the door may: nobody needs a second account to scan.
    private static readonly FrozenSet<string> s_boxOffice = Set(
        [.. s_door, VenuesRead, PlansRead, EventsRead, BlocksEdit, BookingsRead, BookingsSell, BookingsEdit,
            BookingsRefund]);

    private static readonly FrozenSet<string> s_manager = Set(
        [.. s_boxOffice, .. s_analyst, OrganisationEdit, MembersRead, ActivityRead, VenuesEdit, PlansEdit, EventsEdit,
            EventsPublish, EventsRehearse]);

    /// <summary>All of them: an owner's, and an operator's in any organisation.</summary>
    public static FrozenSet<string> All { get; } = Set([.. s_manager, MembersManage]);

    /// <summary>What a role may do.</summary>
    public static FrozenSet<string> Of(MemberRole role) => role switch
    {
        MemberRole.Owner => All,
        MemberRole.Manager => s_manager,
        MemberRole.BoxOffice => s_boxOffice,
        MemberRole.Door => s_door,
        MemberRole.Analyst => s_analyst,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role of members."),
    };

    private static FrozenSet<string> Set(params string[] permissions) =>
        permissions.ToFrozenSet(StringComparer.Ordinal);
}
