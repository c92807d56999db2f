namespace Onsale.Server.Access.Accounts;

/// <summary>
/// The cookie of the refresh token: no script reads it, and only the auth routes of this site receive it.
/// </summary>
internal static class RefreshCookie
{
    public const string Name = "onsale_refresh";
    public const string Path = "/api/v1/auth";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, RefreshToken token)
    {
        var options = Attributes();
        options.MaxAge = TimeSpan.FromDays(AccountsLimits.RefreshTokenDays);
        response.Cookies.Append(Name, token.ToString(), options);
        NeverCache(response);
    }

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Attributes());

    // The body carries an access token.
    private static void NeverCache(HttpResponse response) => response.Headers.CacheControl = "no-store";

    // Browsers take a Secure cookie from http://localhost too, so that development needs no exception.
    private static CookieOptions Attributes() => new()
    {
        Path = Path,
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
    };
}
