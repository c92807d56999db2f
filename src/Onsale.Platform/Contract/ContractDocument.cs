using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Onsale.Platform.Contract;

/// <summary>What the document says once for all routes.</summary>
internal static class ContractDocument
{
    public const string BearerScheme = "bearer";
    public const string ProblemSchema = "Problem";

    public static Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Onsale",
            Version = "1",
            Description = "Finds events and books places, never the same one twice. Amounts are in minor units; "
                + "instants are UTC; every error is a problem (RFC 9457) with a stable code. "
                + "Fields that a request does not have are refused, and so are bodies with a Content-Encoding "
                + "and query parameters given twice; query parameters that a route does not have are ignored.",
        };
        // The server is where the document came from: the same file serves every installation.
        document.Servers = [];
        document.Tags = new HashSet<OpenApiTag>(new TagByName())
        {
            new() { Name = "Accounts", Description = "Accounts, guest sessions and access tokens." },
            new() { Name = "Events", Description = "Finding events, and what is free." },
            new() { Name = "Bookings", Description = "Holding, confirming and releasing places." },
            new() { Name = "Organisations", Description = "Who sells: profile, members, invitations, activity." },
            new() { Name = "Organiser events", Description = "Making, publishing and changing events." },
            new() { Name = "Organiser bookings", Description = "Selling at the counter, refunds, exports, reports." },
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[BearerScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The accessToken of an account or a guest session.",
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[ProblemSchema] = Problem();
        // The framework's own shape of errors, which no route answers.
        document.Components.Schemas.Remove("ProblemDetails");
        document.Components.Schemas.Remove("HttpValidationProblemDetails");
        return Task.CompletedTask;
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An error (RFC 9457). A code may bring members of its own, such as the seats that are taken.",
        Required = new HashSet<string>(StringComparer.Ordinal)
        {
            "type", "title", "status", "code", "detail", "traceId",
        },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("urn:onsale:problem: and the code."),
            ["title"] = Text("The status in words."),
            ["status"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Description = "The HTTP status.",
            },
            ["code"] = Text("For programs: stable, one for each reason."),
            ["detail"] = Text("For people: what is wrong and what to do."),
            ["traceId"] = Text("Finds this answer in the logs."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With code validation: the messages by field.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        },
        AdditionalPropertiesAllowed = true,
        Examples = [JsonNode.Parse("""
            {"type":"urn:onsale:problem:validation","title":"Bad Request","status":400,"code":"validation",
             "detail":"limit: Must be a whole number between 1 and 50.","traceId":"0af7651916cd43dd8448eb211c80319c",
             "errors":{"limit":["Must be a whole number between 1 and 50."]}}
            """)!],
    };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };

    private sealed class TagByName : IEqualityComparer<OpenApiTag>
    {
        public bool Equals(OpenApiTag? x, OpenApiTag? y) => string.Equals(x?.Name, y?.Name, StringComparison.Ordinal);

        public int GetHashCode(OpenApiTag obj) => obj.Name?.GetHashCode(StringComparison.Ordinal) ?? 0;
    }
}
