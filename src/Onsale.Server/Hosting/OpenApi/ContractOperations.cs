using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Onsale.Server.Hosting.RateLimits;

namespace Onsale.Server.Hosting.OpenApi;

/// <summary>What follows for each route from its metadata: security, problems, rate limits.</summary>
internal static class ContractOperations
{
    public static Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var responses = operation.Responses ??= [];
        var problem = new OpenApiSchemaReference(ContractDocument.ProblemSchema, context.Document);

        foreach (var refusal in metadata.OfType<RefusalMetadata>().GroupBy(refusal => refusal.Status))
            responses[refusal.Key.ToString()] = Answer(string.Join(", ", refusal.SelectMany(one => one.Codes).Select(Code)), problem);
        if (metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(ContractDocument.BearerScheme, context.Document)] = [],
                },
            ];
            responses.TryAdd("401", Answer(Code("unauthenticated"), problem));
        }

        if (metadata.OfType<RateLimitMetadata>().Any())
            DescribeRateLimit(responses, problem);
        responses["default"] = Answer("Any other problem; its code says which.", problem);
        foreach (var (status, response) in responses)
        {
            if (response.Content?.ContainsKey(Problem.ContentType) is true)
                responses[status] = Answer(response.Description ?? "A problem.", problem, response.Headers);
        }

        return Task.CompletedTask;
    }

    private static string Code(string code) => $"`{code}`";

    private static OpenApiResponse Answer(
        string description, OpenApiSchemaReference problem, IDictionary<string, IOpenApiHeader>? headers = null) => new()
        {
            Description = description,
            Headers = headers,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.ContentType] = new OpenApiMediaType { Schema = problem },
            },
        };

    private static void DescribeRateLimit(OpenApiResponses responses, OpenApiSchemaReference problem)
    {
        foreach (var (status, response) in responses)
        {
            if (status[0] is not '2' || response is not OpenApiResponse success)
                continue;
            success.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            success.Headers["RateLimit"] = Header("What is left: r requests now, all of them in t seconds.", "\"reads\";r=999;t=1");
            success.Headers["RateLimit-Policy"] = Header("The limit: q requests in w seconds.", "\"reads\";q=1000;w=10");
        }

        responses["429"] = Answer(Code("rate-limited"), problem, new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
        {
            ["Retry-After"] = Header("Seconds until one more request is taken.", "3"),
        });
    }

    private static OpenApiHeader Header(string description, string example) => new()
    {
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = example,
    };
}
