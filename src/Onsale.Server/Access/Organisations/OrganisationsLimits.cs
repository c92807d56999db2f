namespace Onsale.Server.Access.Organisations;

/// <summary>Every limit of this module.</summary>
internal static class OrganisationsLimits
{
    public const int MaxNameCharacters = 100;

    public const int MinSlugCharacters = 3;

    public const int MaxSlugCharacters = 60;

    public const int MaxPhoneCharacters = 50;

    public const int MaxAddressCharacters = 500;

    /// <summary>Organisations that one account may own.</summary>
    public const int MaxOwnedOrganisations = 50;

    /// <summary>Members and open invitations of one organisation together.</summary>
    public const int MaxMembers = 500;

    public const int InvitationDays = 7;

    /// <summary>Random bytes of an invitation's token: nobody can guess one.</summary>
    public const int InvitationTokenBytes = 32;

    /// <summary>An operator's visits are noted at most this often.</summary>
    public const int VisitMinutes = 60;

    /// <summary>Visits remembered by one node; beyond that all are forgotten, and noted again.</summary>
    public const int MaxNotedVisits = 10_000;

    public const int RequestBytes = 16 * 1024;
}
