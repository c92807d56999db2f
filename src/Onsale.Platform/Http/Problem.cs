using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Onsale.Platform.Http;

/// <summary>
/// An error answer as RFC 9457 <c>application/problem+json</c>: a stable <see cref="Code"/> for programs, a
/// <see cref="Detail"/> for people, the trace id, and members of its own.
/// </summary>
/// <remarks>
/// Refusals are the most common answer of a sold-out on-sale, so this writes its JSON directly instead of going through
/// the framework's problem-details service, which allocates a dictionary and negotiates for each answer.
/// </remarks>
internal sealed class Problem(int status, string code, string detail, Action<Utf8JsonWriter>? members = null)
    : IResult, IStatusCodeHttpResult, IContentTypeHttpResult
{
    public const string ContentType = "application/problem+json";

    // What trace ids are made of.
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz:-");

    // All before and after the trace id.
    private (byte[] Before, byte[] After)? _written;

    public int Status => status;

    public string Code => code;

    public string Detail => detail;

    /// <summary>Seconds after which trying again makes sense; sent as <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>
    /// So many seconds more over which the attempts are spread: callers who are refused together must not come back
    /// together. Which of them one is told follows from the request's id.
    /// </summary>
    public int RetrySpreadSeconds { get; init; }

    int? IStatusCodeHttpResult.StatusCode => status;

    string IContentTypeHttpResult.ContentType => ContentType;

    /// <summary>400 <c>validation</c> with the messages by field.</summary>
    public static Problem Validation(params (string Field, string Message)[] errors) =>
        new(StatusCodes.Status400BadRequest, "validation",
            errors.Length == 1 ? $"{errors[0].Field}: {errors[0].Message}" : "Some fields are not valid; see errors.",
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

    /// <summary>404 <c>event-not-found</c>: also for what exists but is not for this caller.</summary>
    public static Problem EventNotFound() =>
        new(StatusCodes.Status404NotFound, "event-not-found", "There is no such event.");

    /// <summary>404 <c>not-found</c>.</summary>
    public static Problem NotFound(string detail = "There is nothing at this address.") =>
        new(StatusCodes.Status404NotFound, "not-found", detail);

    /// <summary>503 <c>unavailable</c>: the database does not answer.</summary>
    public static Problem Unavailable() =>
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", "The service cannot answer now. Try again shortly.")
        {
            RetryAfterSeconds = HostingLimits.UnavailableRetryAfterSeconds,
        };

    /// <summary>
    /// This problem with its JSON written once, for one that many will hear: each answer adds its trace id.
    /// </summary>
    public Problem Keep()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, traceId: "");
        // Quotes within texts are escaped, so that this is the member and nothing else.
        var traceId = "\"traceId\":\""u8;
        var end = buffer.WrittenSpan.IndexOf(traceId) + traceId.Length;
        _written = (buffer.WrittenSpan[..end].ToArray(), buffer.WrittenSpan[end..].ToArray());
        return this;
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        var traceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier;
        if (RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = (seconds + SpreadOf(traceId)).ToString(CultureInfo.InvariantCulture);
        if (_written is var (before, after) && !traceId.AsSpan().ContainsAnyExcept(s_plain))
        {
            JsonBody.Set(httpContext, ContentType, before, traceId, after);
        }
        else
        {
            JsonBody.Set(
                httpContext, ContentType, (Problem: this, TraceId: traceId),
                static (writer, state) => state.Problem.Write(writer, state.TraceId));
        }

        return Task.CompletedTask;
    }

    private int SpreadOf(string traceId) => RetrySpreadSeconds == 0
        ? 0
        : (int)((uint)string.GetHashCode(traceId, StringComparison.Ordinal) % (uint)(RetrySpreadSeconds + 1));

    private void Write(Utf8JsonWriter writer, string traceId)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, $"urn:onsale:problem:{code}");
        writer.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
        writer.WriteNumber("status"u8, status);
        writer.WriteString("code"u8, code);
        writer.WriteString("detail"u8, detail);
        writer.WriteString("traceId"u8, traceId);
        members?.Invoke(writer);
        writer.WriteEndObject();
    }
}
