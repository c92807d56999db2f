using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Onsale.Server.Hosting;

/// <summary>
/// An error answer as RFC 9457 <c>application/problem+json</c>: a stable <see cref="Code"/> for programs, a
/// <see cref="Detail"/> for people, the trace id, and members of its own.
/// </summary>
/// <remarks>
/// Refusals are the most common answer of a sold-out on-sale, so this writes its JSON directly instead of going through
/// the framework's problem-details service, which allocates a dictionary and negotiates for each answer.
/// </remarks>
internal sealed class Problem(int status, string code, string detail, Action<Utf8JsonWriter>? members = null)
    : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public const string ContentType = "application/problem+json";

    public int Status => status;

    public string Code => code;

    public string Detail => detail;

    /// <summary>Seconds after which trying again makes sense; sent as <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    int? IStatusCodeHttpResult.StatusCode => status;

    /// <summary>400 <c>validation</c> with the messages by field.</summary>
    public static Problem Validation(params (string Field, string Message)[] errors) =>
        new(StatusCodes.Status400BadRequest, "validation",
            errors.Length == 1 ? errors[0].Message : "Some fields are not valid; see errors.",
            writer =>
            {
                writer.WriteStartObject("errors");
                foreach (var group in errors.GroupBy(error => error.Field, StringComparer.Ordinal))
                {
                    writer.WriteStartArray(group.Key);
                    foreach (var (_, message) in group)
                        writer.WriteStringValue(message);
                    writer.WriteEndArray();
                }

                writer.WriteEndObject();
            });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString();

        await using (var writer = new Utf8JsonWriter(response.BodyWriter))
        {
            writer.WriteStartObject();
            writer.WriteString("type", $"urn:onsale:problem:{code}");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            writer.WriteString("code", code);
            writer.WriteString("detail", detail);
            writer.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier);
            members?.Invoke(writer);
            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(
            StatusCodes.Status400BadRequest, typeof(ProblemDetails), [ContentType]));
}
