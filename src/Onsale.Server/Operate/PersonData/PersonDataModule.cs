using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Operate.PersonData;

internal static class PersonDataModule
{
    /// <summary>Few ask for it, and it reads a lot: it has the budget of signing in.</summary>
    public static void MapPersonData(this IEndpointRouteBuilder routes) => routes.MapApi()
        .MapGet("/me/export", ExportPerson.HandleAsync)
        .WithName("exportMyData").WithSummary("All that is stored of who asks, as one JSON document")
        .WithTags("Accounts")
        .RequireRateLimit(RateLimitPolicy.Auth)
        .RequireAuthorization()
        .NoStore()
        .Produces<string>(StatusCodes.Status200OK, "application/json");
}
