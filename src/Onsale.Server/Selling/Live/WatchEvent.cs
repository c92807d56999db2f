using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Onsale.Server.Catalog.Events;

namespace Onsale.Server.Selling.Live;

/// <summary>GET /events/{id}/live: the feed as a WebSocket, or as server-sent events.</summary>
internal sealed class WatchEvent(
    LiveHub hub, EventLookup events, ColdReadLimit limit, IOptions<LiveOptions> options, RateLimitBudgets budgets,
    LiveMetrics metrics, TimeProvider time)
{
    private static readonly Problem TooMany = new(
        503, "too-many-connections", "Too many live connections. Ask for availability instead.")
    {
        RetryAfterSeconds = LiveLimits.RefusedRetryAfterSeconds,
    };

    public async Task<IResult> HandleAsync(string id, string? version, HttpContext context)
    {
        // Its route ends the pipeline before the limits of others.
        var range = AddressRange.Of(context.Connection.RemoteIpAddress);
        if ((budgets.Take(context, RateLimitPolicy.Live, range) ?? limit.Take(id, context)) is { } refusal)
            return refusal;
        var selling = await events.RequireVisibleAsync(id);
        if (selling.Problem is not null)
            return selling.Problem;
        if (!TryReadVersion(version, out var since))
            return Problem.Validation(("version", "Must be the version of the last message you have."));
        var isWebSocket = WebSocketHandshake.IsAskedFor(context);
        if (!isWebSocket && !AcceptsEventStream(context.Request))
        {
            WebSocketHandshake.SayHow(context.Response);
            return new Problem(426, "upgrade-required",
                "Open this address as a WebSocket (version 13, with a key), or ask for text/event-stream.");
        }

        // A browser that reconnects repeats the address it opened first, and says here what it has had since.
        if (TryReadVersion(context.Request.Headers["Last-Event-ID"], out var last) && !(last < since))
            since = last ?? since;

        return IsAllowedOrigin(context.Request, options.Value)
            ? new Watching(this, selling.Terms!.EventId, since, isWebSocket)
            : new Problem(403, "origin-not-allowed", "Pages of this origin may not open the feed.");
    }

    private Task WatchAsync(HttpContext context, Guid eventId, long? since, bool isWebSocket)
    {
        if (!hub.TryEnter(context.Connection.RemoteIpAddress))
            return TooMany.ExecuteAsync(context);
        return isWebSocket
            ? WatchByWebSocketAsync(context, eventId, since)
            : WatchByServerSentEventsAsync(context, eventId, since);
    }

    private async Task WatchByWebSocketAsync(HttpContext context, Guid eventId, long? since)
    {
        var address = context.Connection.RemoteIpAddress;
        LiveConnection? watcher = null;
        try
        {
            var transport = await WebSocketTransport.AcceptAsync(context, options.Value, time);
            watcher = hub.Join(eventId, transport, since);
            metrics.Connected("websocket");
            var reading = transport.ReadAsync(watcher);
            await watcher.Ended;
            await transport.ReadRestAsync(reading);
        }
        finally
        {
            await LeaveAsync(watcher, address, "websocket");
        }
    }

    private async Task WatchByServerSentEventsAsync(HttpContext context, Guid eventId, long? since)
    {
        var address = context.Connection.RemoteIpAddress;
        LiveConnection? watcher = null;
        try
        {
            var transport = new ServerSentEventsTransport(context, options.Value);
            await transport.StartAsync();
            watcher = hub.Join(eventId, transport, since);
            metrics.Connected("sse");
            await using var registration = context.RequestAborted.Register(
                state => ((LiveConnection)state!).End(WatchEnd.Left), watcher);
            await watcher.Ended;
        }
        finally
        {
            await LeaveAsync(watcher, address, "sse");
        }
    }

    private async ValueTask LeaveAsync(LiveConnection? watcher, IPAddress? address, string transport)
    {
        if (watcher is not null)
        {
            await watcher.Feed.LeaveAsync(watcher);
            metrics.Disconnected(transport);
        }

        hub.Exit(address);
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
    /// listed. Programs send none.
    /// </summary>
    private static bool IsAllowedOrigin(HttpRequest request, LiveOptions options)
    {
        string? origin = request.Headers.Origin;
        return origin is null
            || Origins.IsOwn(origin, request)
            || Array.Exists(options.AllowedOrigins, allowed => Origins.AreSame(origin, allowed));
    }

    /// <summary>
    /// The answer, which lasts as long as the connection. What has found it is given back by then.
    /// </summary>
    private sealed class Watching(WatchEvent endpoint, Guid eventId, long? since, bool isWebSocket) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            endpoint.WatchAsync(httpContext, eventId, since, isWebSocket);
    }
}
