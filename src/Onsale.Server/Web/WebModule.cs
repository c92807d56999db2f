namespace Onsale.Server.Web;

/// <summary>
/// The buyer's web app: its built files, the pages that carry it, and what the server draws for it (artwork, ticket
/// codes, calendar files).
/// </summary>
internal static class WebModule
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ShopAppOptions>()
            .BindConfiguration(ShopAppOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton(services =>
            WebFiles.Read(WebFiles.DefaultFolder, services.GetRequiredService<ILogger<WebFiles>>()));
        builder.Services.AddSingleton<ShopWorker>();
        builder.Services.AddSingleton<PageContents>();
        builder.Services.AddSingleton<WebPage>();
    }

    public static void MapWeb(this WebApplication app)
    {
        WebEndpoints.Map(app);
    }
}
