using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Onsale.Server.Database;

namespace Onsale.Server.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can sell; if not, 503 with the part that fails.
/// </summary>
internal static partial class Health
{
    private static readonly HttpMethodMetadata s_reading = new([HttpMethods.Get, HttpMethods.Head]);

    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions
        {
            Predicate = _ => false,
            ResponseWriter = WriteAsync,
        }).WithMetadata(s_reading);
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync })
            .WithMetadata(s_reading);
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

    private sealed partial class DatabaseHealthCheck(NpgsqlDataSource dataSource, ILogger<DatabaseHealthCheck> logger)
        : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = dataSource.CreateCommand("select count(*) from schema_migrations");
                var applied = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
                return applied >= Migrator.ReadAll().Count
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy(
                        "The database lacks migrations of this version: was an older backup restored?");
            }
            catch (NpgsqlException exception)
            {
                // Anyone may ask, so the answer leaves out where the database is; and a probe comes every few seconds,
                // so the log leaves out the stack.
                LogNoAnswer(exception.InnerException?.Message ?? exception.Message);
                return HealthCheckResult.Unhealthy("PostgreSQL does not answer.");
            }
        }

        [LoggerMessage(EventId = 9012, Level = LogLevel.Warning, Message = "PostgreSQL does not answer: {Reason}")]
        private partial void LogNoAnswer(string reason);
    }
}
