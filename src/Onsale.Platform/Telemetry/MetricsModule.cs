using System.Net;
using System.Text;
using Onsale.Platform.Http;

namespace Onsale.Platform.Telemetry;

internal static class MetricsModule
{
    private const string Setting = "Onsale:Metrics:AllowedNetworks";

    /// <summary>
    /// Who may read <c>/metrics</c> unless <see cref="Setting"/> says otherwise: this machine and private networks,
    /// where a scraper runs.
    /// </summary>
    private static readonly IPNetwork[] DefaultNetworks =
    [
        IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fc00::/7"),
    ];

    public static void AddMetricsText(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<PrometheusMetrics>();

    public static void MapMetrics(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<PrometheusMetrics>(); // from now on it counts
        var allowed = app.Configuration.ReadNetworks(Setting) ?? DefaultNetworks;
        app.MapGet("/metrics", context => IsAllowed(context, allowed)
            ? SendAsync(context, metrics.Write())
            : Problem.NotFound().ExecuteAsync(context));
    }

    private static Task SendAsync(HttpContext context, string text)
    {
        var body = new CompressedBody(Encoding.UTF8.GetBytes(text));
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return body.SendAsync(context, body.CodingFor(context));
    }

    /// <summary>
    /// A forwarding header that is still there was not taken by the trusted proxies: the request comes from further
    /// away than its address says.
    /// </summary>
    private static bool IsAllowed(HttpContext context, IPNetwork[] allowed)
    {
        if (context.Request.Headers.ContainsKey("X-Forwarded-For") || context.Request.Headers.ContainsKey("Forwarded"))
            return false;
        var address = context.Connection.RemoteIpAddress;
        if (address is null)
            return false;
        return Array.Exists(
            allowed, network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
    }
}
