using System.Globalization;
using Microsoft.Extensions.Options;
using Onsale.Server.Bookings;
using Onsale.Server.Hosting;
using Onsale.Server.Inventory;

namespace Onsale.Server.Live;

/// <summary>GET /events/{id}/live: the feed as a WebSocket, or as server-sent events.</summary>
internal static class WatchEvent
{
    public static async Task<IResult> HandleAsync(
        string id, string? version, HttpContext context, LiveHub hub, EventLanes lanes, IOptions<LiveOptions> options,
        LiveMetrics metrics, TimeProvider time)
    {
        var selling = await SellingEvent.FindAsync(id, lanes);
        if (selling.Problem is not null)
            return selling.Problem;
        if (!TryReadVersion(version ?? context.Request.Headers["Last-Event-ID"], out var since))
            return Problem.Validation(("version", "Must be the version of the last message you have."));
        var isWebSocket = context.WebSockets.IsWebSocketRequest;
        if (!isWebSocket && !AcceptsEventStream(context.Request))
        {
            return new Problem(426, "upgrade-required",
                "Open this address as a WebSocket, or ask for text/event-stream.");
        }

        if (!IsAllowedOrigin(context.Request, options.Value))
            return new Problem(403, "origin-not-allowed", "Pages of this origin may not open the feed.");
        var address = context.Connection.RemoteIpAddress;
        if (!hub.TryEnter(address))
        {
            return new Problem(503, "too-many-connections", "Too many live connections. Ask for availability instead.")
            {
                RetryAfterSeconds = LiveLimits.RefusedRetryAfterSeconds,
            };
        }

        try
        {
            var eventId = selling.Settings!.EventId;
            if (isWebSocket)
                await WatchByWebSocketAsync(
                    await WebSocketTransport.AcceptAsync(context, options.Value, time), eventId, since, hub, metrics);
            else
                await WatchByServerSentEventsAsync(context, options.Value, eventId, since, hub, metrics);
        }
        finally
        {
            hub.Exit(address);
        }

        return Results.Empty;
    }

    private static async Task WatchByWebSocketAsync(
        WebSocketTransport transport, Guid eventId, long? since, LiveHub hub, LiveMetrics metrics)
    {
        var watcher = hub.Join(eventId, transport, since);
        metrics.Connected("websocket");
        try
        {
            var reading = transport.ReadAsync(watcher);
            await watcher.Ended;
            await transport.ReadRestAsync(reading);
        }
        finally
        {
            await watcher.Feed.LeaveAsync(watcher);
            metrics.Disconnected("websocket");
        }
    }

    private static async Task WatchByServerSentEventsAsync(
        HttpContext context, LiveOptions options, Guid eventId, long? since, LiveHub hub, LiveMetrics metrics)
    {
        var transport = new ServerSentEventsTransport(context, options);
        await transport.StartAsync();
        var watcher = hub.Join(eventId, transport, since);
        metrics.Connected("sse");
        try
        {
            await using var registration = context.RequestAborted.Register(() => watcher.End(WatchEnd.Left));
            await watcher.Ended;
        }
        finally
        {
            await watcher.Feed.LeaveAsync(watcher);
            metrics.Disconnected("sse");
        }
    }

    private static bool TryReadVersion(string? text, out long? since)
    {
        since = null;
        if (string.IsNullOrEmpty(text))
            return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return false;
        since = version;
        return true;
    }

    private static bool AcceptsEventStream(HttpRequest request) =>
        request.Headers.Accept.Any(
            value => value?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>
    /// No preflight protects a WebSocket from pages of other sites: the page's own origin must be this server or
    /// listed. Programs send none. Schemes are not compared, since TLS may end before this server, unknown to it.
    /// </summary>
    private static bool IsAllowedOrigin(HttpRequest request, LiveOptions options)
    {
        string? origin = request.Headers.Origin;
        return origin is null
            || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
                && HostString.FromUriComponent(page).Equals(Normal(request, page.Scheme)))
            || options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The host asked for, without a port that the scheme implies.</summary>
    private static HostString Normal(HttpRequest request, string scheme) =>
        request.Host.Port == (scheme == Uri.UriSchemeHttps ? 443 : 80) ? new HostString(request.Host.Host) : request.Host;
}
