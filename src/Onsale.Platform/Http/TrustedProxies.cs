using Microsoft.AspNetCore.HttpOverrides;

namespace Onsale.Platform.Http;

/// <summary>
/// <c>Onsale:TrustedProxies</c> lists the networks (CIDR) whose forwarded address and scheme are believed; empty, the
/// default, believes nobody, since anyone could otherwise choose the address that limits count.
/// </summary>
internal static partial class TrustedProxies
{
    public const string Setting = "Onsale:TrustedProxies";

    public static void UseTrustedProxies(this WebApplication app)
    {
        if (app.Configuration.ReadNetworks(Setting) is { Length: > 0 } networks)
        {
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
                ForwardLimit = null, // as many hops as are trusted: the first address outside the list is the client
            };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in networks)
                options.KnownIPNetworks.Add(network);
            app.UseForwardedHeaders(options);
        }

        WarnOfUntrusted(app);
    }

    /// <summary>
    /// Behind a proxy that is not listed, all buyers share the limits of one address, and an on-sale ends after a few
    /// holds: that must be said. Said once, since anyone can send the header.
    /// </summary>
    private static void WarnOfUntrusted(WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TrustedProxies).FullName!);
        var isSaid = 0;
        app.Use(next => context =>
        {
            var headers = context.Request.Headers;
            // What a listed proxy forwarded was moved to X-Original-For.
            if (headers.ContainsKey(ForwardedHeadersDefaults.XForwardedForHeaderName)
                && !headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName)
                && Interlocked.Exchange(ref isSaid, 1) == 0)
            {
                LogUntrusted(logger, Setting);
            }

            return next(context);
        });
    }

    [LoggerMessage(EventId = 9020, Level = LogLevel.Warning,
        Message = "A request carries X-Forwarded-For from an address that {Setting} does not list: it is ignored. "
            + "If it came through a proxy of this site, all its visitors share the limits of one address")]
    private static partial void LogUntrusted(ILogger logger, string setting);
}
