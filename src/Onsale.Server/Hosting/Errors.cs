using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Onsale.Server.Hosting;

/// <summary>
/// Turns whatever goes wrong into a <see cref="Problem"/>: exceptions, and answers that have only a status.
/// </summary>
internal static class Errors
{
    public static void AddErrors(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<ExceptionProblems>();
        services.AddSingleton<IExceptionHandler>(provider => provider.GetRequiredService<ExceptionProblems>());
        services.AddProblemDetails(); // the middleware refuses to start without; ExceptionProblems always answers first
    }

    public static void UseErrors(this IApplicationBuilder app)
    {
        app.Use(next => context =>
        {
            var answer = next(context);
            if (!answer.IsCompletedSuccessfully)
                return AwaitAsync(answer, context);
            return IsBare(context.Response) ? FillAsync(context) : Task.CompletedTask;
        });
        app.UseExceptionHandler();

        static async Task AwaitAsync(Task answer, HttpContext context)
        {
            await answer;
            if (IsBare(context.Response))
                await FillAsync(context);
        }
    }

    /// <summary>
    /// Whether PostgreSQL is at fault for not being there, rather than this program for asking wrongly.
    /// </summary>
    public static bool IsDatabaseUnavailable(Exception? exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient || postgres.SqlState is ['5', '7', 'P', ..] or ['0', '8', ..],
        NpgsqlException { IsTransient: true } or NpgsqlException { InnerException: TimeoutException or IOException } => true,
        NpgsqlException npgsql => npgsql.InnerException is SocketException or NpgsqlException
            && IsDatabaseUnavailable(npgsql.InnerException),
        SocketException => true,
        _ => false,
    };

    private static bool IsBare(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted
            && response.ContentLength is null && response.ContentType is null;

    private static Task FillAsync(HttpContext context)
    {
        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => new Problem(
                401, "unauthenticated", "Send a valid access token: Authorization: Bearer …"),
            StatusCodes.Status403Forbidden => new Problem(403, "forbidden", "This is not for you."),
            StatusCodes.Status404NotFound => Problem.NotFound(),
            StatusCodes.Status405MethodNotAllowed => new Problem(
                405, "method-not-allowed", $"This address takes {context.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => BadRequests.TooLarge(),
            StatusCodes.Status415UnsupportedMediaType => BadRequests.UnsupportedMediaType(),
            var status and < 500 => new Problem(status, "bad-request", "The request cannot be taken."),
            StatusCodes.Status503ServiceUnavailable => Problem.Unavailable(),
            var status => new Problem(status, "internal", "Something went wrong on our side."),
        };
        return problem.ExecuteAsync(context);
    }
}

internal sealed partial class ExceptionProblems(ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    // Set only where the client is gone: nobody reads it, but access logs should not call it a success.
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        // The middleware cleared the headers with the half-made answer.
        SecurityHeaders.Apply(httpContext);
        await Describe(httpContext, exception).ExecuteAsync(httpContext);
        return true;
    }

    private Problem Describe(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException badRequest)
            return BadRequests.Describe(badRequest);
        if (Errors.IsDatabaseUnavailable(exception))
        {
            LogUnavailable(exception, context.Request.Method, context.Request.Path);
            return Problem.Unavailable();
        }

        LogUnhandled(exception, context.Request.Method, context.Request.Path);
        return new Problem(StatusCodes.Status500InternalServerError, "internal",
            "Something went wrong on our side. The traceId finds it in our logs.");
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "Unhandled exception in {Method} {Path}")]
    private partial void LogUnhandled(Exception exception, string method, string path);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Warning, Message = "The database did not answer {Method} {Path}")]
    private partial void LogUnavailable(Exception exception, string method, string path);
}
