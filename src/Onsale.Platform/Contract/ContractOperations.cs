using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;

namespace Onsale.Platform.Contract;

/// <summary>What follows for each route from its metadata: security, problems, rate limits.</summary>
internal static class ContractOperations
{
    public static Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        DescribePath(operation, context.Description.RelativePath ?? "");
        var responses = operation.Responses ??= [];
        var problem = new OpenApiSchemaReference(ContractDocument.ProblemSchema, context.Document);

        foreach (var refusals in Refusals(operation, metadata, context.Description.HttpMethod)
            .GroupBy(refusal => refusal.Status))
        {
            var codes = refusals.SelectMany(refusal => refusal.Codes).Distinct(StringComparer.Ordinal)
                .Select(code => $"`{code}`");
            responses[refusals.Key.ToString()] = Answer(string.Join(", ", codes), problem);
        }

        if (NeedsToken(metadata))
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(ContractDocument.BearerScheme, context.Document)] = [],
                },
            ];
        }

        if (metadata.OfType<RateLimitMetadata>().Any())
            DescribeRateLimit(responses);
        responses["default"] = Answer("Any other problem; its code says which.", problem);
        foreach (var (status, response) in responses)
        {
            if (response.Content?.ContainsKey(Problem.ContentType) is true)
                responses[status] = Answer(response.Description ?? "A problem.", problem, response.Headers);
        }

        return Task.CompletedTask;
    }

    /// <summary>Parts of the path that stand before the handler, which does not read them itself.</summary>
    private static void DescribePath(OpenApiOperation operation, string path)
    {
        foreach (var part in path.Split('/').Where(part => part is ['{', .., '}']).Reverse())
        {
            var name = part[1..^1];
            if (operation.Parameters?.Any(parameter => parameter.Name == name) is true)
                continue;
            operation.Parameters ??= [];
            operation.Parameters.Insert(0, new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Path,
                Required = true,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    /// <summary>What a route says itself, and what its metadata brings with it.</summary>
    private static IEnumerable<RefusalMetadata> Refusals(
        OpenApiOperation operation, IList<object> metadata, string? method)
    {
        foreach (var refusal in metadata.OfType<RefusalMetadata>())
            yield return refusal;
        if (operation.RequestBody is not null)
        {
            yield return new RefusalMetadata(StatusCodes.Status400BadRequest, ["malformed-json"]);
            yield return new RefusalMetadata(StatusCodes.Status413PayloadTooLarge, ["too-large"]);
            yield return new RefusalMetadata(StatusCodes.Status415UnsupportedMediaType, ["unsupported-media-type"]);
        }

        if (operation.Parameters?.Any(parameter => parameter.In == ParameterLocation.Query) is true)
            yield return new RefusalMetadata(StatusCodes.Status400BadRequest, ["validation"]);
        if (NeedsToken(metadata))
            yield return new RefusalMetadata(StatusCodes.Status401Unauthorized, ["unauthenticated"]);
        if (metadata.OfType<RateLimitMetadata>().Any())
            yield return new RefusalMetadata(StatusCodes.Status429TooManyRequests, ["rate-limited"]);
        yield return new RefusalMetadata(StatusCodes.Status503ServiceUnavailable, ["unavailable", "shutting-down"]);
        if (method is not "GET" && !metadata.OfType<WorksReadOnly>().Any())
            yield return new RefusalMetadata(StatusCodes.Status503ServiceUnavailable, ["read-only"]);
    }

    private static bool NeedsToken(IList<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();

    private static OpenApiResponse Answer(
        string description, OpenApiSchemaReference problem,
        IDictionary<string, IOpenApiHeader>? headers = null) => new()
        {
            Description = description,
            Headers = headers,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.ContentType] = new OpenApiMediaType { Schema = problem },
            },
        };

    private static void DescribeRateLimit(OpenApiResponses responses)
    {
        foreach (var (status, response) in responses)
        {
            if (status[0] is not '2' || response is not OpenApiResponse success)
                continue;
            success.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            success.Headers["RateLimit"] = Header(
                "What is left: r requests now, all of them in t seconds.", "\"reads\";r=999;t=1");
            success.Headers["RateLimit-Policy"] = Header(
                "The limit: q requests in w seconds.", "\"reads\";q=1000;w=10");
        }

        ((OpenApiResponse)responses["429"]).Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
        {
            ["Retry-After"] = Header("Seconds until one more request is taken.", "3"),
        };
    }

    private static OpenApiHeader Header(string description, string example) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };
}
