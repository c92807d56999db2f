using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Catalog.Pictures;

internal static class PicturesModule
{
    public static void AddPictures(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PictureEncoder>();
        builder.Services.AddSingleton<PictureStore>();
        builder.Services.AddSingleton<GetPicture>();
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "pictures", TimeSpan.FromSeconds(PictureLimits.CleanUpSeconds),
            provider.GetRequiredService<PictureStore>().ForgetUnusedAsync));
    }

    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        var pictures = routes.ServiceProvider.GetRequiredService<GetPicture>();
        routes.MapMethods(
                "/pictures/{id}/{file}", [HttpMethods.Get, HttpMethods.Head], pictures.HandleAsync)
            .RequireRateLimit(RateLimitPolicy.Reads)
            .ExcludeFromDescription();
    }
}
