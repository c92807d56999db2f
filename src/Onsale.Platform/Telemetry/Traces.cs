using System.Diagnostics;

namespace Onsale.Platform.Telemetry;

/// <summary>Spans of the source <c>Onsale</c>, for what goes on with a trace after its request.</summary>
internal static class Traces
{
    public const string SourceName = "Onsale";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>What to keep with work that is done later, in W3C's form; null where this is not sampled.</summary>
    public static string? Current => Activity.Current is { Recorded: true, Id: { } id } ? id : null;

    /// <summary>A span that goes on with a trace, current until it is disposed of; null where there is none.</summary>
    public static Activity? Continue(string name, string? parent, ActivityKind kind = ActivityKind.Internal) =>
        parent is not null && ActivityContext.TryParse(parent, null, out var context)
            ? s_source.StartActivity(name, kind, context)
            : null;

    /// <summary>
    /// Keeps an error of a request that was not sampled: one span of its trace, which its log lines name as well.
    /// </summary>
    public static void KeepError(Exception exception)
    {
        if (Activity.Current is not { } request)
            return;
        request.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        using var span = s_source.StartActivity("error", ActivityKind.Internal, new ActivityContext(
            request.TraceId, request.SpanId, ActivityTraceFlags.Recorded));
        span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        // Not its message, which may name a buyer.
        span?.SetTag("exception.type", exception.GetType().FullName);
        span?.SetTag("exception.stacktrace", exception.StackTrace);
    }
}
