namespace Onsale.Server.Access.Accounts;

/// <summary>
/// The cookie of the refresh token: no script reads it. Over HTTPS no other host of the domain can set it: the prefix
/// of its name makes browsers refuse one that is not Secure, has a Domain, or has another path than the whole site
/// (RFC 6265bis, section 4.1.3); nothing except the auth routes looks at it. Browsers refuse such a name from
/// http://localhost, where development happens: there it is without the prefix.
/// </summary>
internal static class RefreshCookie
{
    public const string HostName = "__Host-onsale_refresh";
    public const string PlainName = "onsale_refresh";
    public const string PlainPath = "/api/v1/auth";

    /// <summary>The value; nothing without the cookie.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isDoubled">
    /// Whether there are several: no browser sends that, and which of them is the owner's cannot be told. The value is
    /// nothing then.
    /// </param>
    public static string? Read(HttpRequest request, out bool isDoubled)
    {
        var name = NameFor(request);
        // The framework keeps one of several. Cookies of other makers may break its stricter parser.
        var count = request.Headers.Cookie
            .SelectMany(header => (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            .Count(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal));
        isDoubled = count > 1;
        return count == 1 ? request.Cookies[name] : null;
    }

    public static void Write(HttpResponse response, RefreshToken token)
    {
        var request = response.HttpContext.Request;
        var options = Attributes(request);
        options.MaxAge = TimeSpan.FromDays(AccountsLimits.RefreshTokenDays);
        response.Cookies.Append(NameFor(request), token.ToString(), options);
        // The body carries an access token.
        response.Headers.CacheControl = "no-store";
    }

    public static void Clear(HttpResponse response)
    {
        var request = response.HttpContext.Request;
        response.Cookies.Delete(NameFor(request), Attributes(request));
    }

    private static string NameFor(HttpRequest request) => request.IsHttps ? HostName : PlainName;

    // Browsers take a Secure cookie from http://localhost too, so that development needs no exception.
    private static CookieOptions Attributes(HttpRequest request) => new()
    {
        Path = request.IsHttps ? "/" : PlainPath,
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
    };
}
