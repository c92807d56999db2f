using CookieHeaderValue = Microsoft.Net.Http.Headers.CookieHeaderValue;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// The cookie of the refresh token: no script reads it, and no other host of the domain can set it. The prefix of its
/// name makes browsers refuse one that is not Secure, has a Domain, or has another path (RFC 6265bis, section 4.1.3);
/// its path must therefore be the whole site, but nothing except the auth routes looks at it.
/// </summary>
internal static class RefreshCookie
{
    public const string Name = "__Host-onsale_refresh";
    public const string Path = "/";

    /// <summary>The value; nothing without the cookie.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isDoubled">
    /// Whether there are several: no browser sends that, and which of them is the owner's cannot be told. The value is
    /// nothing then.
    /// </param>
    public static string? Read(HttpRequest request, out bool isDoubled)
    {
        isDoubled = false;
        if (!CookieHeaderValue.TryParseList(request.Headers.Cookie, out var cookies))
            return null;
        var values = cookies.Where(cookie => cookie.Name == Name).Select(cookie => cookie.Value.ToString()).ToList();
        isDoubled = values.Count > 1;
        return values.Count == 1 ? values[0] : null;
    }

    public static void Write(HttpResponse response, RefreshToken token)
    {
        var options = Attributes();
        options.MaxAge = TimeSpan.FromDays(AccountsLimits.RefreshTokenDays);
        response.Cookies.Append(Name, token.ToString(), options);
        // The body carries an access token.
        response.Headers.CacheControl = "no-store";
    }

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Attributes());

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
