using System.Net;

namespace Onsale.Server.Hosting.Metrics;

internal static class MetricsModule
{
    /// <summary>
    /// Who may read <c>/metrics</c> unless <c>Onsale:Metrics:AllowedNetworks</c> says otherwise: this machine and
    /// private networks, where a scraper runs.
    /// </summary>
    private static readonly string[] DefaultNetworks =
        ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

    public static void AddMetricsText(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<PrometheusMetrics>();

    public static void MapMetrics(this WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<PrometheusMetrics>(); // from now on it counts
        var allowed = Networks(app.Configuration);
        app.MapGet("/metrics", (HttpContext context) => IsAllowed(context, allowed)
            ? Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8")
            : Problem.NotFound());
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

    private static IPNetwork[] Networks(IConfiguration configuration) =>
        [.. (configuration.GetSection("Onsale:Metrics:AllowedNetworks").Get<string[]>() ?? DefaultNetworks).Select(text =>
            IPNetwork.TryParse(text, out var network) ? network : throw new StartupException(
                $"Onsale:Metrics:AllowedNetworks has '{text}', which is not a network in CIDR form such as 10.0.0.0/8."))];
}
