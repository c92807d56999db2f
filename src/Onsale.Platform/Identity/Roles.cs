namespace Onsale.Platform.Identity;

/// <summary>On the wire by name, in the database by number: append only.</summary>
public enum Role : short
{
    Buyer = 0,
    Organiser = 1,
    Door = 2,
    Operator = 3,
}

/// <summary>Roles by the names that policies and claims use.</summary>
internal static class RoleNames
{
    public const string Buyer = "buyer";
    public const string Organiser = "organiser";
    public const string Door = "door";
    public const string Operator = "operator";

    public static string Of(Role role) => role switch
    {
        Role.Buyer => Buyer,
        Role.Organiser => Organiser,
        Role.Door => Door,
        Role.Operator => Operator,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };
}
