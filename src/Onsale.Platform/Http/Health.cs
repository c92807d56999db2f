using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Onsale.Platform.Http;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can sell; if not, 503 with the part that fails.
/// </summary>
internal static partial class Health
{
    private static readonly HttpMethodMetadata s_reading = new([HttpMethods.Get, HttpMethods.Head]);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ReadinessLog>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHealthChecks();
        // The framework says it at every probe, and not why: ReadinessLog does, when it changes.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions
        {
            Predicate = _ => false,
            ResponseWriter = WriteAsync,
        }).WithMetadata(s_reading);
        routes.MapMethods("/health/ready", s_reading.HttpMethods, ReadyAsync);
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        if (context.RequestServices.GetService<DrainService>() is { IsLeaving: true })
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsJsonAsync(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["status"] = "leaving" },
                ReadinessJson.Default.DictionaryStringString);
            return;
        }

        var report = await context.RequestServices.GetRequiredService<Readiness>().AskAsync();
        context.Response.StatusCode = report.Status is HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        await WriteAsync(context, report);
    }

    private static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status", Word(report.Status));
        writer.WriteStartObject("checks");
        foreach (var (name, check) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status", Word(check.Status));
            if (check.Description is not null)
                writer.WriteString("detail", check.Description);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}

/// <summary>
/// The state of this node, asked of its parts at most once a second however many ask: probes need no sign-in and have
/// no budget, and each would be a query.
/// </summary>
internal sealed class Readiness(HealthCheckService checks, ReadinessLog log, TimeProvider time)
{
    private readonly Lock _asking = new();
    private Task<HealthReport>? _report;
    private long _askedAt;

    public Task<HealthReport> AskAsync()
    {
        lock (_asking)
        {
            if (_report is { IsCompleted: false } || (_report is { IsCompletedSuccessfully: true }
                && time.GetElapsedTime(_askedAt).TotalMilliseconds < HostingLimits.ReadinessCacheMilliseconds))
            {
                return _report;
            }

            _askedAt = time.GetTimestamp();
            return _report = CheckAsync();
        }
    }

    private async Task<HealthReport> CheckAsync()
    {
        // Not on the caller's thread, which holds the lock.
        await Task.Yield();
        var report = await checks.CheckHealthAsync(CancellationToken.None);
        log.Note(report);
        return report;
    }
}

/// <summary>
/// Says in the log when this node gets ready or unready, or is so for another reason: a probe comes every few seconds,
/// and says the same each time.
/// </summary>
internal sealed partial class ReadinessLog(ILogger<ReadinessLog> logger)
{
    // What was said last; null: ready.
    private string? _reason;

    public void Note(HealthReport report)
    {
        var reason = ReasonOf(report);
        if (Interlocked.Exchange(ref _reason, reason) == reason)
            return;
        if (reason is null)
            LogReady();
        else
            LogNotReady(UnexpectedOf(report), reason);
    }

    private static string? ReasonOf(HealthReport report) => report.Status is HealthStatus.Healthy
        ? null
        : string.Join("; ", report.Entries.Values.Where(check => check.Status is not HealthStatus.Healthy)
            .Select(check => check.Exception is { } exception
                ? $"{check.Description} ({(exception.InnerException ?? exception).Message})"
                : check.Description));

    /// <summary>A fault of this program, whose stack is worth having; a database that is away needs none.</summary>
    private static Exception? UnexpectedOf(HealthReport report) => report.Entries.Values
        .Select(check => check.Exception).FirstOrDefault(one => one is not (null or NpgsqlException));

    [LoggerMessage(EventId = 9012, Level = LogLevel.Warning, Message = "Not ready: {Reason}")]
    private partial void LogNotReady(Exception? exception, string reason);

    [LoggerMessage(EventId = 9013, Level = LogLevel.Information, Message = "Ready again")]
    private partial void LogReady();
}

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
