using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Accounts;

/// <summary>What a signing-in answered: who, the access token and the refresh cookie as it was set.</summary>
internal sealed record Signed(JsonElement User, string AccessToken, int ExpiresIn, string SetCookie)
{
    public Guid Id => User.GetProperty("id").GetGuid();

    public string Kind => User.GetProperty("kind").GetString()!;

    public string RefreshToken => SetCookie.Split(';')[0][$"{RefreshCookie.PlainName}=".Length..];
}

/// <summary>The auth routes as a client without a browser calls them: cookies by hand.</summary>
internal static class Auth
{
    public const string Password = "a few words to remember";

    private static int _emails;

    /// <summary>An e-mail nobody else in this process uses.</summary>
    public static string NewEmail() => $"person{Interlocked.Increment(ref _emails)}@example.com";

    public static Task<HttpResponseMessage> PostAsync(
        this OnsaleNode node, string route, object? body = null, string? accessToken = null,
        string? refreshToken = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/auth/{route}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (accessToken is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        if (refreshToken is not null)
            request.Headers.Add("Cookie", $"{RefreshCookie.PlainName}={refreshToken}");
        return node.Client.SendAsync(request);
    }

    public static async Task<Signed> GuestAsync(this OnsaleNode node) =>
        await (await node.PostAsync("guest")).ShouldSignInAsync(201);

    public static async Task<Signed> RegisterAsync(
        this OnsaleNode node, string? email = null, string? accessToken = null) =>
        await (await node.PostAsync(
                "register", new { email = email ?? NewEmail(), password = Password, name = "Bea" }, accessToken))
            .ShouldSignInAsync(201);

    public static Task<HttpResponseMessage> LoginAsync(
        this OnsaleNode node, string email, string password = Password) =>
        node.PostAsync("login", new { email, password });

    public static Task<HttpResponseMessage> RefreshAsync(this OnsaleNode node, string refreshToken) =>
        node.PostAsync("refresh", refreshToken: refreshToken);

    public static Task<HttpResponseMessage> MeAsync(this OnsaleNode node, string? accessToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        if (accessToken is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {accessToken}");
        return node.Client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> PatchMeAsync(this OnsaleNode node, string accessToken, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/me") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return node.Client.SendAsync(request);
    }

    /// <summary>The cookie of that name as it was set; null: it was not.</summary>
    public static string? SetCookie(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.SingleOrDefault(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal))
            : null;

    /// <summary>A request to a route below <c>/api/v1/me</c>.</summary>
    public static Task<HttpResponseMessage> SendMeAsync(
        this OnsaleNode node, HttpMethod method, string route, string accessToken, object? body = null)
    {
        var request = new HttpRequestMessage(method, $"/api/v1/me{route}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        return node.Client.SendAsync(request);
    }

    public static async Task<Signed> ShouldSignInAsync(this HttpResponseMessage response, int status)
    {
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync());
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new Signed(
            body.GetProperty("user"), body.GetProperty("accessToken").GetString()!,
            body.GetProperty("expiresIn").GetInt32(), response.SetCookie(RefreshCookie.PlainName)!);
    }
}
