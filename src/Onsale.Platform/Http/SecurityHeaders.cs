using Microsoft.Extensions.Primitives;

namespace Onsale.Platform.Http;

/// <summary>
/// What browsers are told not to do with our answers. All values are constants: setting them allocates nothing. The API
/// answers data, so it gets the policy that forbids everything; pages get one that lets them use this origin only.
/// </summary>
internal static class SecurityHeaders
{
    private static readonly StringValues DataPolicy = "default-src 'none'; frame-ancestors 'none'";

    private const string OwnScripts = "script-src 'self'";

    private const string PagePolicyText =
        $"default-src 'none'; {OwnScripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private static readonly StringValues PagePolicy = PagePolicyText;

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues StrictReferrer = "strict-origin-when-cross-origin";
    private static readonly StringValues SameOrigin = "same-origin";
    private static readonly StringValues Permissions =
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()";
    private static readonly StringValues OneYear = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(next => context =>
    {
        Apply(context);
        return next(context);
    });

    /// <summary>Lets a page run the inline scripts that carry a nonce, beside this origin's own files.</summary>
    /// <param name="context">The request of the page.</param>
    /// <param name="nonce">Random, for this one answer.</param>
    public static void AllowInlineScript(HttpContext context, string nonce) =>
        context.Response.Headers["Content-Security-Policy"] = PagePolicyText.Replace(
            OwnScripts, $"{OwnScripts} 'nonce-{nonce}'", StringComparison.Ordinal);

    public static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["X-Content-Type-Options"] = NoSniff;
        headers["Cross-Origin-Resource-Policy"] = SameOrigin;
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            headers["Content-Security-Policy"] = DataPolicy;
            headers["Referrer-Policy"] = NoReferrer;
        }
        else
        {
            headers["Content-Security-Policy"] = PagePolicy;
            headers["Referrer-Policy"] = StrictReferrer;
            headers["Permissions-Policy"] = Permissions;
            headers["Cross-Origin-Opener-Policy"] = SameOrigin;
        }

        if (context.Request.IsHttps)
            headers["Strict-Transport-Security"] = OneYear;
    }
}
