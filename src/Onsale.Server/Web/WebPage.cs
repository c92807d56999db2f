using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Primitives;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Presenters;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Web;

/// <summary>
/// The HTML pages that carry the apps (<see cref="WebEntry"/>), made for each address: language and theme as the
/// visitor chose them, so that nothing flashes and no inline script is needed; for an event its title, description and
/// schema.org data, so that search engines and link previews need no JavaScript; and a first view with its data, so
/// that a phone shows it before it has read the script, and asks for nothing more.
/// </summary>
internal sealed class WebPage(
    WebFiles files, PageContents contents, PresentersStore presenters, ShopWorker worker, ReadOnlyMode readOnly,
    PaymentPage payment, EventViews views)
{
    // Stricter than what other pages get: the app injects no style element and no inline script.
    private const string PolicyText =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        + "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    private static readonly StringValues Policy = PolicyText;

    // Pages that need nothing of the server but the app.
    private static readonly FrozenSet<string> PlainPages =
        new[]
            {
                "events", "favourites", "bookings", "profile", "find-tickets", "transfer", "forgot-password",
                "reset-password", "verify-email", "help", "terms", "privacy", "imprint",
            }
            .ToFrozenSet(StringComparer.Ordinal);

    // The app's own addresses; any other is shown as "not found", and says so by its status too.
    internal static readonly FrozenSet<string> Roots =
        PlainPages.Concat(["", "venues", "organisers", "checkout", "login", "register"])
            .Concat([WebEntry.OrganiseRoot, WebEntry.DoorRoot]).Concat(WebEntry.OperationRoots)
            .ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] ApiRoots =
        ["/api", "/health", "/metrics", "/openapi", "/docs", "/assets", "/artwork", "/pictures"];

    /// <summary>"events" and the event; choosing places and the queue are below it.</summary>
    private const int EventPageSegments = 2;

    private readonly Lazy<PageTemplate> _shop = new(() => PageTemplate.Read(files, WebEntry.Shop));
    private readonly Lazy<PageTemplate> _organise = new(() => PageTemplate.Read(files, WebEntry.Organise));
    private readonly Lazy<PageTemplate> _door = new(() => PageTemplate.Read(files, WebEntry.Door));

    public Task ServeFallbackAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!IsPageRequest(context.Request)
            || Array.Exists(ApiRoots, root => path.StartsWithSegments(root, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return ServeAsync(context);
    }

    public async Task ServeAsync(HttpContext context)
    {
        var language = Languages.Choose(context.Request);
        var segments = (context.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isOperation = segments is [var root] && WebEntry.OperationRoots.Contains(root);
        var isPrivate = isOperation || segments is [WebEntry.OrganiseRoot, ..] or [WebEntry.DoorRoot];
        var template = (segments switch
        {
            [WebEntry.OrganiseRoot, ..] => _organise,
            [WebEntry.DoorRoot] => _door,
            _ => isOperation ? _organise : _shop,
        }).Value;
        var (isKnown, content) = await ReadAsync(segments, context);
        var head = new StringBuilder();
        if (!isPrivate)
            head.Append(worker.HeadOf(language));
        template.AppendPreloads(head, language, segments, content);
        if (content.Event is { } shown)
        {
            EventHead.Append(head, shown, context.Request);
            if (segments.Length == EventPageSegments)
                views.CountPage(context.Request, shown.Id);
        }
        else if (content.Venue is { } venue)
            PresenterHead.Append(head, venue, context.Request);
        else if (content.Organiser is { } organiser)
            PresenterHead.Append(head, organiser, context.Request);
        else if (isPrivate)
            EventHead.AppendPrivate(head);
        else
            EventHead.AppendSite(head, context.Request);
        // Says that this page may load the provider's script: one that was come to within the app may not.
        if (segments is ["checkout", ..] && payment.ScriptUrl is not null)
            head.Append("<meta name=\"onsale-payment-script\" content=\"allowed\">");
        var html = template.Render(
            Languages.HtmlTag(language, context.Request.Cookies["onsale_theme"]), head.ToString(),
            template.ShellOf(content, language), content.Data);
        var response = context.Response;
        response.StatusCode = isKnown ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = new(["Cookie", "Accept-Language"]);
        response.Headers.ContentSecurityPolicy = Policy;
        if (segments is ["checkout", ..])
            payment.Allow(response.Headers, PolicyText);
        var body = new CompressedBody(Encoding.UTF8.GetBytes(html));
        await body.SendAsync(context, body.CodingFor(context));
    }

    /// <summary>
    /// What is at an address, and whether there is anything. Without a database the page still comes, and says so
    /// itself.
    /// </summary>
    private async Task<(bool IsKnown, PageContent Content)> ReadAsync(string[] segments, HttpContext context)
    {
        // The app asks the API, which repeats what it answered last.
        if (readOnly.AnswersFromMemory)
            return (true, new PageContent());
        try
        {
            switch (segments)
            {
                case []:
                    return (true, await contents.StartAsync());
                case ["events"] when !context.Request.QueryString.HasValue:
                    return (true, await contents.ListAsync());
                case ["events", var idOrSlug, .. var rest] when rest is [] or ["pick"] or ["queue"]:
                    var content = await contents.EventAsync(idOrSlug, rest, context.RequestAborted);
                    return (content is not null, content ?? new PageContent());
                // What is below is the members' business: the app asks for it, and says what is not there.
                case [WebEntry.OrganiseRoot, ..]:
                case [WebEntry.DoorRoot]:
                case [var operation] when WebEntry.OperationRoots.Contains(operation):
                    return (true, new PageContent());
                case ["venues", var slug]:
                    var venue = await presenters.FindVenueAsync(slug, context.RequestAborted);
                    return (venue is not null, new PageContent { Venue = venue });
                case ["organisers", var slug]:
                    var organiser = await presenters.FindOrganiserAsync(slug, context.RequestAborted);
                    return (organiser is not null, new PageContent { Organiser = organiser });
                case ["login"]:
                    return (true, new PageContent(Shells.Login));
                case ["register"]:
                    return (true, new PageContent(Shells.Register));
                case [var plain] when PlainPages.Contains(plain):
                case ["checkout" or "bookings", _, _]:
                    return (true, new PageContent());
                default:
                    return (false, new PageContent());
            }
        }
        catch (Exception exception) when (Errors.IsDatabaseUnavailable(exception))
        {
            return (true, new PageContent());
        }
    }

    /// <summary>
    /// Whether a page is asked for. At an address of the app's own also by who takes anything: messengers fetch links
    /// so, for their previews. Elsewhere such a request is a program's that has mistyped an address.
    /// </summary>
    private static bool IsPageRequest(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return false;
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("text/html", StringComparison.OrdinalIgnoreCase)
            || ((accept.Length == 0 || accept.Contains("*/*", StringComparison.Ordinal)) && IsOwn(request.Path));
    }

    private static bool IsOwn(PathString path) =>
        path.Value?.Split('/', 3) is ["", var root, ..] && Roots.Contains(root);
}
