using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Catalog.Presenters;

internal static class PresentersModule
{
    public static void AddPresenters(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(PresentersJson.Default);
        builder.Services.AddSingleton<PresentersStore>();
    }

    public static void MapPresenters(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapApi().MapGroup("").WithTags("Events").RequireRateLimit(RateLimitPolicy.Reads);
        api.MapGet("/venues/{slug}", GetVenue.HandleAsync)
            .WithName("getPublicVenue").WithSummary("A venue that has public events")
            .Refuses(StatusCodes.Status404NotFound, "venue-not-found");
        api.MapGet("/organisers/{slug}", GetOrganiser.HandleAsync)
            .WithName("getPublicOrganiser").WithSummary("An organiser that has public events")
            .Refuses(StatusCodes.Status404NotFound, "organiser-not-found");
    }
}
