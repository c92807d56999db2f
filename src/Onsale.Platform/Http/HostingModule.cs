using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Onsale.Platform.Contract;
using Onsale.Platform.Jobs;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Telemetry;

namespace Onsale.Platform.Http;

/// <summary>What every module shares around HTTP: limits, JSON, errors, headers.</summary>
internal static class HostingModule
{
    public static void AddHosting(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(SetLimits);
        builder.Services.AddOptions<ConnectionOptions>()
            .BindConfiguration(ConnectionOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ConnectionOptions>, ConnectionOptions.Validator>();
        builder.Services.AddSingleton<ConnectionLimiter>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<ConnectionLimiter>((kestrel, limiter) =>
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(limiter.Apply)));
        builder.Services.AddSingleton<OpenConnections>();
        // The last one is asked first.
        builder.Services.AddSingleton<IConnectionListenerFactory, BoundedListenerFactory>();
        builder.Services.ConfigureHttpJsonOptions(options => Json.Configure(options.SerializerOptions));
        builder.Services.AddErrors();
        builder.Services.AddReadOnlyMode();
        builder.AddSecurityHeaders();
        builder.AddAllowedHosts();
        builder.Services.AddSingleton<SimulatedCallers>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddRateLimits();
        builder.AddContract();
        builder.AddMetrics();
        builder.Services.AddSingleton<JobBoard>();
        builder.AddTracing();
        builder.Logging.AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        builder.AddHealth();
    }

    /// <summary>
    /// The outermost middlewares: errors, since whatever follows may throw or answer with a bare status; whose address
    /// it is; headers that every answer has.
    /// </summary>
    public static void UseHosting(this WebApplication app)
    {
        app.UseErrors();
        app.UseTrustedProxies();
        var simulated = app.Services.GetRequiredService<SimulatedCallers>();
        app.Use((HttpContext context, RequestDelegate next) => simulated.InvokeAsync(context, next));
        app.UseSecurityHeaders();
        RefuseLongRequestLines(app);
        app.UseAllowedHosts();
    }

    public static void UseRoutes(this WebApplication app)
    {
        AnswerHead(app);
        app.UseRouting();
        RefuseLargeBodies(app);
        RefuseCodedBodies(app);
    }

    /// <summary>The group that all routes of the API's first version belong to.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        ((IEndpointConventionBuilder)api).Finally(NameAsDocumented);
        ((IEndpointConventionBuilder)api).Finally(QueryParameters.RefuseRepeated);
        ((IEndpointConventionBuilder)api).Finally(JsonRequests.CheckBody);
        return api;
    }

    /// <summary>
    /// The route of a group itself gets a slash at its end, which its address and its documentation do not have;
    /// metrics and logs name requests by it.
    /// </summary>
    private static void NameAsDocumented(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } text } route && text.EndsWith('/'))
            route.RoutePattern = RoutePatternFactory.Parse(text.TrimEnd('/'));
    }

    /// <summary>
    /// HEAD is GET without the content (RFC 9110, section 9.3.2). The API's routes are mapped for GET; the server
    /// itself sends no content to who asked with HEAD.
    /// </summary>
    private static void AnswerHead(WebApplication app) => app.Use(next => context =>
    {
        if (HttpMethods.IsHead(context.Request.Method) && Errors.IsApi(context.Request))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    /// <summary>
    /// The server's own limits are twice as high: up to there the answer is a problem, above it a bare 414 or 431.
    /// </summary>
    private static void RefuseLongRequestLines(WebApplication app) => app.Use(next => context =>
    {
        if (context.Features.Get<IHttpRequestFeature>()!.RawTarget.Length > HostingLimits.MaxRequestTargetChars)
        {
            return new Problem(StatusCodes.Status414UriTooLong, "uri-too-long",
                $"The address is longer than {HostingLimits.MaxRequestTargetChars} characters.").ExecuteAsync(context);
        }

        if (context.Request.Headers.Count > HostingLimits.MaxRequestHeadersCount)
        {
            return new Problem(StatusCodes.Status431RequestHeaderFieldsTooLarge, "too-many-headers",
                $"The request has more than {HostingLimits.MaxRequestHeadersCount} header fields.")
                .ExecuteAsync(context);
        }

        return next(context);
    });

    /// <summary>
    /// Answers 413 before the body is read, then lets the server read and forget a bounded rest of it: a client that is
    /// still sending when the connection closes would see a reset instead of the answer, and one that was refused for
    /// another reason would send its next request on a connection that closes.
    /// </summary>
    private static void RefuseLargeBodies(WebApplication app) => app.Use(next => context =>
    {
        if (context.Request.ContentLength is not > 0)
            return next(context);
        var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is null or { IsReadOnly: true } || limit.MaxRequestBodySize >= context.Request.ContentLength)
            return next(context);
        limit.MaxRequestBodySize = HostingLimits.MaxForgottenBodyBytes;
        return BadRequests.TooLarge().ExecuteAsync(context);
    });

    /// <summary>
    /// Answers 415 where a route would read a compressed body as if it were JSON. None is decompressed: those that the
    /// API takes are small, and a limit of their size would have to hold for what they unpack to.
    /// </summary>
    private static void RefuseCodedBodies(WebApplication app) => app.Use(next => context =>
    {
        if (!ContentEncodings.IsCoded(context.Request.Headers.ContentEncoding)
            || context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null)
            return next(context);
        context.Response.Headers.AcceptEncoding = ContentEncodings.Identity; // RFC 9110, section 15.5.16
        return BadRequests.CompressedBody().ExecuteAsync(context);
    });

    private static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = HostingLimits.MaxRequestBodyBytes;
        limits.MaxRequestLineSize = 2 * HostingLimits.MaxRequestTargetChars;
        limits.MaxRequestHeadersTotalSize = HostingLimits.MaxRequestHeadersBytes;
        limits.MaxRequestHeaderCount = 2 * HostingLimits.MaxRequestHeadersCount;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(HostingLimits.RequestHeadersTimeoutSeconds);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(HostingLimits.KeepAliveTimeoutSeconds);
        limits.MaxConcurrentConnections = null; // OpenConnections
        limits.MaxConcurrentUpgradedConnections = HostingLimits.MaxUpgradedConnections;
        limits.MinRequestBodyDataRate = new MinDataRate(
            HostingLimits.MinRequestBodyBytesPerSecond, TimeSpan.FromSeconds(HostingLimits.BodyRateGraceSeconds));
        limits.Http2.MaxStreamsPerConnection = HostingLimits.MaxHttp2StreamsPerConnection;
    }
}
