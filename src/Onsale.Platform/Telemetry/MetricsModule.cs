using System.Diagnostics.Metrics;
using System.Net;
using Onsale.Platform.Http;
using OpenTelemetry.Metrics;

namespace Onsale.Platform.Telemetry;

/// <summary>
/// OpenTelemetry's metrics of this program, the framework and Npgsql, as Prometheus text at <c>/metrics</c>.
/// </summary>
internal static class MetricsModule
{
    private const string Setting = "Onsale:Metrics:AllowedNetworks";
    private const string Path = "/metrics";

    private const string RequestDuration = "http.server.request.duration";

    /// <summary>
    /// Series of one metric; further label sets are counted together, so that no caller can grow memory. All of them
    /// are allocated at the start: some 90 bytes each.
    /// </summary>
    private const int MaxSeriesPerMetric = 128;

    /// <summary>The same where a series is a method, a route and a status.</summary>
    private const int MaxRequestSeries = 2000;

    /// <summary>A text younger than this is served again: each scrape reads every instrument.</summary>
    private const int CachedMilliseconds = 1000;

    /// <summary>Of a site that nothing says is public: this machine.</summary>
    private static readonly IPNetwork[] ThisMachine = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    private static readonly string[] ProxyHeaders =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"];

    /// <summary>Those that trusted proxies' own are taken from: one that is left comes from further away.</summary>
    private static readonly string[] AddressHeaders = ["X-Forwarded-For", "Forwarded"];

    /// <summary>
    /// The meters that are exported, and of the framework's only what a dashboard shows: each instrument more costs
    /// every request.
    /// </summary>
    private static readonly Dictionary<string, string[]?> Meters = new(StringComparer.Ordinal)
    {
        ["Onsale.*"] = null,
        ["Microsoft.AspNetCore.Hosting"] = [RequestDuration],
        ["Microsoft.AspNetCore.Server.Kestrel"] = ["kestrel.active_connections", "kestrel.rejected_connections"],
        ["System.Runtime"] = null,
        ["Npgsql"] = null,
    };

    public static void AddMetrics(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter([.. Meters.Keys])
            .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = CachedMilliseconds))
            .Services.ConfigureOpenTelemetryMeterProvider((services, metrics) =>
            {
                var own = services.GetRequiredService<IMeterFactory>();
                metrics.AddView(instrument => ViewOf(instrument, own));
            });

    /// <summary>Serves <c>/metrics</c> to those who may read it; for others there is no such page.</summary>
    public static void UseMetrics(this WebApplication app)
    {
        var chosen = app.Configuration.ReadNetworks(Setting);
        var allowed = chosen ?? DefaultNetworks(app.Configuration);
        var refused = chosen is null ? ProxyHeaders : AddressHeaders;
        app.UseWhen(context => context.Request.Path == Path, metrics =>
        {
            metrics.Use((HttpContext context, RequestDelegate next) => IsAllowed(context, allowed, refused)
                ? next(context)
                : Problem.NotFound().ExecuteAsync(context));
            metrics.UseOpenTelemetryPrometheusScrapingEndpoint(_ => true);
        });
    }

    private static MetricStreamConfiguration? ViewOf(Instrument instrument, IMeterFactory own)
    {
        // Several nodes may run in one process, as in tests; each exports its own meters.
        if (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, own))
            return MetricStreamConfiguration.Drop;
        if (Meters.TryGetValue(instrument.Meter.Name, out var chosen)
            && chosen?.Contains(instrument.Name, StringComparer.Ordinal) is false)
            return MetricStreamConfiguration.Drop;
        return new MetricStreamConfiguration
        {
            CardinalityLimit = instrument.Name == RequestDuration ? MaxRequestSeries : MaxSeriesPerMetric,
        };
    }

    /// <summary>
    /// A proxy on this machine makes everybody look like this machine: behind one, or where the site has a public name,
    /// the figures are nobody's until the setting says whose they are.
    /// </summary>
    private static IPNetwork[] DefaultNetworks(IConfiguration configuration)
    {
        var isPublic = configuration.ReadNetworks(TrustedProxies.Setting) is { Length: > 0 }
            || configuration[AllowedHosts.Setting] is { Length: > 0 } and not "*";
        return isPublic ? [] : ThisMachine;
    }

    private static bool IsAllowed(HttpContext context, IPNetwork[] allowed, string[] refusedHeaders)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || Array.Exists(refusedHeaders, context.Request.Headers.ContainsKey))
            return false;
        return Array.Exists(
            allowed, network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
    }
}
