using System.Net.Http.Json;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Tests.Platform;

/// <summary>The shared hosting over real HTTP on a free port, with a test's own routes and no database.</summary>
internal sealed class HostingApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostingApp(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<HostingApp> StartAsync(
        Action<WebApplication> map,
        IEnumerable<KeyValuePair<string, string?>>? settings = null,
        bool identify = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.AddHosting();
        var app = builder.Build();
        app.UseHosting();
        app.UseRoutes();
        if (identify)
            app.Use(Identify);
        app.UseRateLimits();
        map(app);
        await app.StartAsync();
        return new HostingApp(app);
    }

    /// <summary>Stands in for authentication: whoever <c>?buyer=</c> names is the caller.</summary>
    private static Task Identify(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Query["buyer"] is [{ } buyer])
            context.User = new ClaimsPrincipal(
                new ClaimsIdentity([new Claim(TokenClaims.Subject, buyer)], "test"));
        return next(context);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class ProblemAssertions
{
    /// <summary>Asserts a complete problem answer and returns its body.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(
        this HttpResponseMessage response, int status, string code)
    {
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("code").GetString().ShouldBe(code, body.GetRawText());
        body.GetProperty("status").GetInt32().ShouldBe(status);
        body.GetProperty("type").GetString().ShouldBe($"urn:onsale:problem:{code}");
        body.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        body.GetProperty("traceId").GetString().ShouldNotBeNullOrWhiteSpace();
        return body;
    }

    /// <summary>Asserts a 400 <c>validation</c> answer that names exactly these fields.</summary>
    public static async Task ShouldRefuseAsync(this HttpResponseMessage response, params string[] fields)
    {
        var body = await response.ShouldBeProblemAsync(400, "validation");
        body.GetProperty("errors").EnumerateObject().Select(field => field.Name).ShouldBe(fields, ignoreOrder: true);
    }

    public static Task<HttpResponseMessage> PostTextAsync(
        this HttpClient client, string path, string body, string type = "application/json") =>
        client.PostAsync(path, new StringContent(body, Encoding.UTF8, type));
}
