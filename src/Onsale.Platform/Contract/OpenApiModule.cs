using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Onsale.Platform.Http;
using Onsale.Platform.RateLimits;
using Scalar.AspNetCore;

namespace Onsale.Platform.Contract;

/// <summary>
/// The contract as OpenAPI 3.1: served at <c>/openapi/v1.json</c>, shown at <c>/docs</c>, and written by the build to
/// <c>openapi/onsale.v1.json</c>, from which clients are generated.
/// </summary>
internal static class OpenApiModule
{
    // 128 bits: a script that an attacker smuggled in could not guess it.
    private const int NonceDigits = 32;

    public static void AddContract(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ContractFile>();
    }

    /// <summary>
    /// What the document holds and how it is written. The program itself calls <c>AddOpenApi</c> with it: the
    /// framework's generator reads the XML comments of the project that makes the call.
    /// </summary>
    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = description =>
            description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) ?? false;
        options.AddDocumentTransformer(ContractDocument.TransformAsync);
        options.AddOperationTransformer(ContractOperations.TransformAsync);
        options.AddSchemaTransformer(ContractSchemas.TransformAsync);
    }

    /// <summary>
    /// Whether the build runs the program only to read its routes: then nothing may start, least of all a database.
    /// </summary>
    public static bool IsBeingGenerated { get; } = Assembly.GetEntryAssembly()?.GetName().Name is "GetDocument.Insider";

    /// <summary>The contract and its page.</summary>
    public static void MapContract(this WebApplication app)
    {
        app.MapMethods($"/openapi/{ContractFile.DocumentName}.json", [HttpMethods.Get, HttpMethods.Head], ServeAsync)
            .RequireRateLimit(RateLimitPolicy.Reads);
        app.MapScalarApiReference("/docs", ConfigureDocs);
    }

    /// <summary>
    /// The page comes from its package with nothing from elsewhere: no fonts, no telemetry, no chat, no proxy. Its one
    /// inline script runs by a nonce.
    /// </summary>
    private static void ConfigureDocs(ScalarOptions options, HttpContext context)
    {
        var nonce = RandomNumberGenerator.GetHexString(NonceDigits);
        SecurityHeaders.AllowInlineScript(context, nonce);
        options.WithTitle("Onsale API")
            .WithOpenApiRoutePattern($"/openapi/{ContractFile.DocumentName}.json")
            .WithNonce(nonce)
            .DisableAgent()
            .DisableMcp()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .HideClientButton();
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
    }

    private static Task ServeAsync(HttpContext context) =>
        context.RequestServices.GetRequiredService<ContractFile>().ServeAsync(context);

    /// <summary>Names the refusals of a route, beside the problems that every route can answer.</summary>
    /// <param name="endpoints">A route or a group.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="codes">The stable codes it can carry.</param>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoints, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new RefusalMetadata(status, codes));
}

/// <summary>A status and the codes a route refuses with.</summary>
internal sealed record RefusalMetadata(int Status, string[] Codes);
