using System.Diagnostics;
using Onsale.Platform.Startup;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Onsale.Platform.Telemetry;

/// <summary>
/// Traces, metrics and logs by OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it nothing is collected.
/// </summary>
internal static class TracingModule
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string RatioSetting = "Onsale:Tracing:Ratio";
    private const double DefaultRatio = 0.01;

    public static void AddTracing(this WebApplicationBuilder builder)
    {
        var ratio = ReadRatio(builder.Configuration);
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]))
            return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                "onsale", serviceVersion: typeof(TracingModule).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation()
                .AddSource("Npgsql", Traces.SourceName, "Onsale.*")
                .SetSampler(new RequestSampler(ratio)))
            .WithLogging()
            .UseOtlpExporter();
    }

    private static double ReadRatio(IConfiguration configuration) =>
        configuration.GetValue(RatioSetting, DefaultRatio) is >= 0 and <= 1 and var ratio
            ? ratio
            : throw new StartupException(
                $"{RatioSetting} is {configuration[RatioSetting]}; it must be between 0 and 1.");
}

/// <summary>
/// A share of the requests, and with one all that follows from it. Work that no request asked for begins no trace. What
/// a caller says about sampling is not obeyed: anybody could have everything kept.
/// </summary>
internal sealed class RequestSampler(double ratio) : Sampler
{
    private static readonly SamplingResult s_drop = new(SamplingDecision.Drop);
    private static readonly SamplingResult s_keep = new(SamplingDecision.RecordAndSample);

    private readonly TraceIdRatioBasedSampler _share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        var isRequest = samplingParameters.Kind == ActivityKind.Server;
        if (isRequest)
            return _share.ShouldSample(samplingParameters);
        return parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? s_keep : s_drop;
    }
}
