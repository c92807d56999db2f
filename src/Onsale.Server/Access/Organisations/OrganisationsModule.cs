using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Access.Organisations;

internal static class OrganisationsModule
{
    public static void AddOrganisations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddJson(OrganisationsJson.Default);
        services.AddSingleton<ActivityLog>();
        services.AddSingleton<OrganisationStore>();
        services.AddSingleton<OperatorVisits>();
        services.AddSingleton<InvitationStore>();
        services.AddSingleton<MemberStore>();
        services.AddSingleton<IAccountMemberships>(provider => provider.GetRequiredService<MemberStore>());
    }

    /// <summary>After authorization, and before any body is read.</summary>
    public static void UseOrganisations(this WebApplication app) => app.UseMiddleware<OrganisationGate>();

    public static void MapOrganisations(this IEndpointRouteBuilder routes) => OrganisationsEndpoints.Map(routes);
}
