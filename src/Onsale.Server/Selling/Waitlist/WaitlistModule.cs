using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Selling.Waitlist;

internal static class WaitlistModule
{
    public static void AddWaitlist(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(WaitlistJson.Default);
        builder.Services.AddSingleton<WaitlistStore>();
        builder.Services.AddSingleton<IBuyerContacts>(provider => provider.GetRequiredService<WaitlistStore>());
    }

    public static void MapWaitlist(this IEndpointRouteBuilder routes) => WaitlistEndpoints.Map(routes);
}
