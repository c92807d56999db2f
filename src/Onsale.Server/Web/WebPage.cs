using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Onsale.Server.Events;
using Onsale.Server.Hosting;

namespace Onsale.Server.Web;

/// <summary>
/// The one HTML page that carries the app, made for each address: language and theme as the visitor chose them, so that
/// nothing flashes and no inline script is needed; for an event its title, description and schema.org data, so that
/// search engines and link previews need no JavaScript.
/// </summary>
internal sealed class WebPage(WebFiles files, EventsStore events, EventAvailability availability)
{
    private const string HeadMarker = "<!--onsale:head-->";
    private const string HtmlTag = "<html lang=\"en\">";

    // Stricter than what other pages get: the app injects no style element and no inline script.
    private static readonly StringValues Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    // The app's own addresses; any other is shown as "not found", and says so by its status too.
    private static readonly FrozenSet<string> Roots =
        new[] { "", "events", "checkout", "bookings", "login", "register", "profile" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] ApiRoots =
        ["/api", "/health", "/metrics", "/openapi", "/docs", "/assets", "/artwork"];

    private readonly Lazy<Template> _template = new(() => Template.Read(files));

    public Task ServeFallbackAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!IsPageRequest(context.Request) || Array.Exists(ApiRoots, root => path.StartsWithSegments(root, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return ServeAsync(context);
    }

    public async Task ServeAsync(HttpContext context)
    {
        var template = _template.Value;
        var language = Languages.Choose(context.Request);
        var segments = (context.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var head = new StringBuilder();
        template.AppendPreloads(head, language, segments);
        var isKnown = Roots.Contains(segments.Length == 0 ? "" : segments[0]);
        if (segments is ["events", var idOrSlug, ..])
            isKnown = await AppendEventAsync(head, context, idOrSlug);
        else
            EventHead.AppendSite(head, context.Request);

        var html = template.Render(Languages.HtmlTag(language, context.Request.Cookies["onsale_theme"]), head.ToString());
        var response = context.Response;
        response.StatusCode = isKnown ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Cookie, Accept-Language";
        response.Headers.ContentSecurityPolicy = Policy;
        var body = Encoding.UTF8.GetBytes(html);
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Answers whether there is such an event. Without a database the page still comes, and says so itself.</summary>
    private async Task<bool> AppendEventAsync(StringBuilder head, HttpContext context, string idOrSlug)
    {
        try
        {
            if (await events.FindAsync(idOrSlug, context.RequestAborted) is not { } row)
                return false;
            var tiers = await events.TiersAsync(row.Id, context.RequestAborted);
            if (await availability.OfAsync(row.Id) is { } places)
                EventHead.Append(head, row.ToDetails(tiers, places), context.Request);
            return true;
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            return true;
        }
    }

    private static bool IsPageRequest(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>The built page, and which of its script files a language or a route needs at once.</summary>
    private sealed record Template(string Before, string Between, string After, FrozenDictionary<string, string[]> Chunks)
    {
        private static readonly (string Route, string Source)[] Routes =
        [
            ("", "src/app/routes/landing-route.tsx"),
            ("events", "src/app/routes/events-route.tsx"),
            ("events/*", "src/app/routes/event-route.tsx"),
            ("events/*/pick", "src/app/routes/pick-route.tsx"),
        ];

        public static Template Read(WebFiles files)
        {
            var html = files.ReadText("index.html");
            var tag = html.IndexOf(HtmlTag, StringComparison.Ordinal);
            var head = html.IndexOf(HeadMarker, StringComparison.Ordinal);
            if (tag < 0 || head < 0)
                throw new StartupException("The web app's index.html is not one that this program can fill in.");
            return new Template(
                html[..tag], html[(tag + HtmlTag.Length)..head], html[(head + HeadMarker.Length)..],
                ReadChunks(files.ReadText("manifest.json")));
        }

        public string Render(string htmlTag, string head) => string.Concat(Before, htmlTag, Between, string.Concat(head, After));

        /// <summary>What the entry script would ask for next is asked for at once: one round trip less.</summary>
        public void AppendPreloads(StringBuilder head, string language, string[] segments)
        {
            AppendPreload(head, $"src/i18n/catalogues/{language}.ts");
            var route = segments switch
            {
                ["events", _] => "events/*",
                ["events", _, "pick"] => "events/*/pick",
                _ => string.Join('/', segments),
            };
            AppendPreload(head, Array.Find(Routes, known => known.Route == route).Source ?? "");
        }

        private void AppendPreload(StringBuilder head, string source)
        {
            if (!Chunks.TryGetValue(source, out var addresses))
                return;
            foreach (var address in addresses)
            {
                head.Append(address.EndsWith(".css", StringComparison.Ordinal)
                    ? "<link rel=\"stylesheet\" href=\"" : "<link rel=\"modulepreload\" href=\"").Append(address).Append("\">");
            }
        }

        private static FrozenDictionary<string, string[]> ReadChunks(string manifest)
        {
            using var document = JsonDocument.Parse(manifest);
            var chunks = new Dictionary<string, string[]>(StringComparer.Ordinal);
            foreach (var chunk in document.RootElement.EnumerateObject())
            {
                List<string> addresses = [];
                if (chunk.Value.TryGetProperty("css", out var css))
                    addresses.AddRange(css.EnumerateArray().Select(file => $"/{file.GetString()}"));
                addresses.Add($"/{chunk.Value.GetProperty("file").GetString()}");
                chunks[chunk.Name] = [.. addresses];
            }

            return chunks.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }
}
