using System.Net.Sockets;
using Npgsql;
using Onsale.Platform.Telemetry;

namespace Onsale.Platform.Http;

/// <summary>
/// Turns whatever goes wrong into a <see cref="Problem"/>: exceptions, and answers that have only a status.
/// </summary>
internal static class Errors
{
    public static void AddErrors(this IServiceCollection services)
    {
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<ExceptionProblems>();
    }

    public static void UseErrors(this IApplicationBuilder app)
    {
        var problems = app.ApplicationServices.GetRequiredService<ExceptionProblems>();
        app.Use(next => context =>
        {
            try
            {
                var answer = next(context);
                if (!answer.IsCompletedSuccessfully)
                    return AwaitAsync(answer, context);
                return IsBare(context.Response) ? FillAsync(context) : Task.CompletedTask;
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                return problems.AnswerAsync(context, exception);
            }
        });

        async Task AwaitAsync(Task answer, HttpContext context)
        {
            try
            {
                await answer;
                if (IsBare(context.Response))
                    await FillAsync(context);
            }
            catch (Exception exception) when (!context.Response.HasStarted)
            {
                await problems.AnswerAsync(context, exception);
            }
        }
    }

    /// <summary>Npgsql's word for it, which has no exception of its own.</summary>
    private const string NoSuitableHost = "No suitable host was found.";

    private const string ReadOnlyServer = "25006";

    /// <summary>
    /// Whether PostgreSQL is at fault for not being there, rather than this program for asking wrongly. Of several
    /// hosts, none may be the primary for a while, or one may not be it any more that still answers.
    /// </summary>
    public static bool IsDatabaseUnavailable(Exception? exception) => exception switch
    {
        PostgresException postgres =>
            postgres.IsTransient || postgres.SqlState is ['5', '7', 'P', ..] or ['0', '8', ..] or ReadOnlyServer,
        NpgsqlException { IsTransient: true }
            or NpgsqlException { InnerException: TimeoutException or IOException } => true,
        NpgsqlException { Message: NoSuitableHost, InnerException: null } => true,
        NpgsqlException npgsql => npgsql.InnerException is SocketException or NpgsqlException or AggregateException
            && IsDatabaseUnavailable(npgsql.InnerException),
        AggregateException several => several.InnerExceptions.All(IsDatabaseUnavailable),
        SocketException => true,
        _ => false,
    };

    private static bool IsBare(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted
            && response.ContentLength is null && response.ContentType is null;

    /// <summary>Whether a request is for the API, where whatever takes GET takes HEAD.</summary>
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    private static Problem MethodNotAllowed(HttpContext context)
    {
        var allow = context.Response.Headers.Allow.ToString();
        if (IsApi(context.Request))
            allow = allow.Replace(HttpMethods.Get, $"{HttpMethods.Get}, {HttpMethods.Head}", StringComparison.Ordinal);
        context.Response.Headers.Allow = allow;
        return new Problem(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", $"This address takes {allow}.");
    }

    private static Task FillAsync(HttpContext context)
    {
        var problem = context.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => new Problem(
                401, "unauthenticated", "Send a valid access token: Authorization: Bearer …"),
            StatusCodes.Status403Forbidden => new Problem(403, "forbidden", "This is not for you."),
            StatusCodes.Status404NotFound => Problem.NotFound(),
            StatusCodes.Status405MethodNotAllowed => MethodNotAllowed(context),
            StatusCodes.Status413PayloadTooLarge => BadRequests.TooLarge(),
            StatusCodes.Status415UnsupportedMediaType => BadRequests.UnsupportedMediaType(),
            var status and < 500 => new Problem(status, "bad-request", "The request cannot be taken."),
            StatusCodes.Status503ServiceUnavailable => Problem.Unavailable(),
            var status => new Problem(status, "internal", "Something went wrong on our side."),
        };
        return problem.ExecuteAsync(context);
    }
}

/// <summary>
/// Answers exceptions. The framework's handler would clear all headers first, those of the rate limits among them,
/// which a caller needs most after a mistake.
/// </summary>
internal sealed partial class ExceptionProblems(SecurityHeaders headers, ILogger<ExceptionProblems> logger)
{
    // Set only where the client is gone: nobody reads it, but access logs should not call it a success.
    private const int ClientClosedRequest = 499;

    private static readonly string[] KeptHeaders = ["RateLimit-Policy", "RateLimit"];

    /// <summary>Answers a request whose response has not started.</summary>
    public Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested
            && exception is (OperationCanceledException or IOException or BadHttpRequestException))
        {
            context.Response.StatusCode = ClientClosedRequest;
            return Task.CompletedTask;
        }

        // What else the half-made answer set speaks of something that is not sent.
        var response = context.Response;
        var kept = Array.ConvertAll(KeptHeaders, name => response.Headers[name]);
        response.Clear();
        headers.Apply(context);
        for (var i = 0; i < kept.Length; i++)
            response.Headers[KeptHeaders[i]] = kept[i];
        return Describe(context, exception).ExecuteAsync(context);
    }

    private Problem Describe(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException badRequest)
            return BadRequests.Describe(context, badRequest);
        if (Errors.IsDatabaseUnavailable(exception))
        {
            Traces.KeepError(exception);
            LogUnavailable(exception, context.Request.Method, context.Request.Path);
            return Problem.Unavailable();
        }

        Traces.KeepError(exception);
        LogUnhandled(exception, context.Request.Method, context.Request.Path);
        return new Problem(StatusCodes.Status500InternalServerError, "internal",
            "Something went wrong on our side. The traceId finds it in our logs.");
    }

    [LoggerMessage(EventId = 9001, Level = LogLevel.Error, Message = "Unhandled exception in {Method} {Path}")]
    private partial void LogUnhandled(Exception exception, string method, string path);

    [LoggerMessage(EventId = 9002, Level = LogLevel.Warning, Message = "The database did not answer {Method} {Path}")]
    private partial void LogUnavailable(Exception exception, string method, string path);
}
