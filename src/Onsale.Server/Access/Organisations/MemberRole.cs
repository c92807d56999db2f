namespace Onsale.Server.Access.Organisations;

/// <summary>
/// What a member is in one organisation. On the wire by name, in the database by number: append only. What each may do
/// is in <see cref="Permissions"/>.
/// </summary>
internal enum MemberRole : short
{
    /// <summary>Everything; an organisation has at least one.</summary>
    Owner = 1,

    /// <summary>Check-in, and nothing that shows money.</summary>
    Door = 2,

    /// <summary>Everything but the members.</summary>
    Manager = 3,

    /// <summary>Bookings and blocks.</summary>
    BoxOffice = 4,

    /// <summary>Reports and exports, read only.</summary>
    Analyst = 5,
}

/// <summary>Roles of members by name.</summary>
internal static class MemberRoles
{
    /// <summary>As it is on the wire.</summary>
    public static string NameOf(MemberRole role) => role switch
    {
        MemberRole.Owner => "owner",
        MemberRole.Door => "door",
        MemberRole.Manager => "manager",
        MemberRole.BoxOffice => "boxOffice",
        MemberRole.Analyst => "analyst",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role of members."),
    };
}
