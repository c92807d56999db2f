using Microsoft.Extensions.Options;

namespace Onsale.Server.Web;

/// <summary>
/// The service worker that keeps buyers' tickets on their devices, or, where the operator has turned it off, the one that
/// takes its place and undoes it.
/// </summary>
internal sealed class ShopWorker(WebFiles files, IOptions<ShopAppOptions> options)
{
    /// <summary>Browsers know a worker by its address: it never changes.</summary>
    public const string Path = "/shop-worker.js";

    private const string RetiredPath = "/retired-worker.js";

    private readonly bool _isOn = options.Value.OfflineTickets;

    public Task ServeAsync(HttpContext context) => files.ServeAsync(context, _isOn ? Path : RetiredPath);

    /// <summary>What a page of the shop says to browsers: how the app is called there, and that there is no worker.</summary>
    /// <param name="language">Of the page.</param>
    public string HeadOf(string language) =>
        $"<link rel=\"manifest\" href=\"/shop.{language}.webmanifest\">"
        + (_isOn ? "" : "<meta name=\"onsale-worker\" content=\"off\">");
}
