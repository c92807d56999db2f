using System.Collections.Frozen;

namespace Onsale.Server.Access.Organisations;

/// <summary>
/// The organisation that a route names, and who asks in it: bound in handlers of routes that say what they need
/// (<see cref="OrganisationRoutes.Needs"/>). Every query of such a handler takes <see cref="OrganisationId"/>.
/// </summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="Role">The caller's role in it; null: an operator who is no member.</param>
/// <param name="Actor">Who is named in the activity log.</param>
internal sealed record OrganisationAccess(Guid OrganisationId, MemberRole? Role, Actor Actor)
{
    private static readonly object s_key = new();

    /// <summary>What the caller may do.</summary>
    public FrozenSet<string> Permissions { get; } =
        Actor.IsOperator || Role is null
            ? Organisations.Permissions.All
            : Organisations.Permissions.Of(Role.Value);

    public static ValueTask<OrganisationAccess> BindAsync(HttpContext context) => ValueTask.FromResult(
        context.Items[s_key] as OrganisationAccess ?? throw new InvalidOperationException(
            "An organisation is asked for on a route that does not say what right it needs."));

    /// <summary>Keeps it for the handler.</summary>
    public void SetOn(HttpContext context) => context.Items[s_key] = this;
}

/// <summary>Who changes something of an organisation.</summary>
/// <param name="OrganisationId">The organisation.</param>
/// <param name="AccountId">The account.</param>
/// <param name="IsOperator">Whether it acts as an operator of the installation and not as a member.</param>
/// <param name="Origin">Keyed hash of the address range; null: not known.</param>
internal sealed record Actor(Guid OrganisationId, Guid AccountId, bool IsOperator, string? Origin);
