using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Onsale.Platform.Http;

/// <summary>
/// Refuses bodies that the framework would not call a bad request but an error of this program (an unknown charset),
/// and says of those that do not fit the route's contract what is wrong with which field.
/// </summary>
internal static class JsonRequests
{
    /// <summary>
    /// A convention for the end of a route's making. It comes around the handler, hence after authentication and rate
    /// limits: no body is read for a request that these refuse.
    /// </summary>
    public static void CheckBody(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RequestDelegate: { } next } route
            || endpoint.Metadata.OfType<IAcceptsMetadata>().LastOrDefault() is not { RequestType: { } type } accepts
            || !accepts.ContentTypes.Contains("application/json", StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        route.RequestDelegate = context => HandleAsync(context, type, accepts.IsOptional, next);
    }

    private static async Task HandleAsync(HttpContext context, Type type, bool isOptional, RequestDelegate next)
    {
        if (!CanHaveBody(context))
        {
            await (isOptional ? next(context) : BadRequests.BodyMissing().ExecuteAsync(context));
            return;
        }

        if (RefuseType(context.Request) is { } unsupported)
        {
            await unsupported.ExecuteAsync(context);
            return;
        }

        var body = await PeekAsync(context.Request, context.RequestAborted);
        if (!isOptional && IsEmpty(body))
        {
            await BadRequests.BodyMissing().ExecuteAsync(context);
            return;
        }

        // A document that is taken as it is: the framework compares its members' names as texts, and takes for an error
        // of this program that one is none.
        if (type == typeof(JsonElement) && !Utf8.IsValid(body))
        {
            await Problem.Validation(("body", "Is not valid UTF-8.")).ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception)
            when (exception.InnerException is JsonException && !context.Response.HasStarted)
        {
            var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await JsonErrors.Describe(body, options.GetTypeInfo(type)).ExecuteAsync(context);
        }
        catch (InvalidOperationException) when (!context.Response.HasStarted && !Utf8.IsValid(body))
        {
            // The same in a document that is a member of what the route takes.
            await Problem.Validation(("body", "Is not valid UTF-8.")).ExecuteAsync(context);
        }
    }

    private static bool CanHaveBody(HttpContext context) =>
        context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is not false;

    private static Problem? RefuseType(HttpRequest request)
    {
        if (request.ContentType is "application/json" or "application/json; charset=utf-8")
            return null;
        if (!request.HasJsonContentType() || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return BadRequests.UnsupportedMediaType();
        if (type.Charset.HasValue && !HeaderUtilities.RemoveQuotes(type.Charset)
            .Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            return BadRequests.UnsupportedCharset();
        }

        // The framework reads it once more, and takes a charset in quotes for an unknown one.
        request.ContentType = "application/json";
        return null;
    }

    /// <summary>The whole body, which is bounded by the route's limit, and stays to be read by the handler.</summary>
    private static async ValueTask<byte[]> PeekAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken);
            if (read.IsCompleted || read.Buffer.Length == request.ContentLength)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.Start);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsEmpty(ReadOnlySpan<byte> body)
    {
        body = body.Trim(" \t\r\n"u8);
        return body.IsEmpty || body.SequenceEqual("null"u8);
    }
}
