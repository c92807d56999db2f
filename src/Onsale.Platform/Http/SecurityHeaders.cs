using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Onsale.Platform.Http;

/// <summary>
/// What browsers are told not to do with our answers. All values are made once: setting them allocates nothing. The API
/// answers data, so it gets the policy that forbids everything; pages get one that lets them use this origin only.
/// </summary>
internal sealed class SecurityHeaders(IOptions<StrictTransportOptions> strictTransport)
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

    private readonly StringValues _strictTransport = strictTransport.Value.ToHeader();

    /// <summary>Lets a page run the inline scripts that carry a nonce, beside this origin's own files.</summary>
    /// <param name="context">The request of the page.</param>
    /// <param name="nonce">Random, for this one answer.</param>
    public static void AllowInlineScript(HttpContext context, string nonce) =>
        context.Response.Headers["Content-Security-Policy"] = PagePolicyText.Replace(
            OwnScripts, $"{OwnScripts} 'nonce-{nonce}'", StringComparison.Ordinal);

    public void Apply(HttpContext context)
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

        if (context.Request.IsHttps && _strictTransport.Count > 0)
            headers["Strict-Transport-Security"] = _strictTransport;
    }
}

/// <summary>
/// Configuration section <c>Onsale:StrictTransport</c> (RFC 6797): how long browsers may ask this site by https only.
/// </summary>
internal sealed class StrictTransportOptions
{
    public const string Section = "Onsale:StrictTransport";

    private const int MaxDays = 3650;

    /// <summary>Days; 0 sends no header.</summary>
    public int MaxAgeDays { get; set; } = 365;

    /// <summary>Also all subdomains, which must then be served by https, too.</summary>
    public bool IncludeSubDomains { get; set; }

    public StringValues ToHeader() => MaxAgeDays == 0
        ? StringValues.Empty
        : new StringValues($"max-age={MaxAgeDays * 86_400L}{(IncludeSubDomains ? "; includeSubDomains" : "")}");

    internal sealed class Validator : IValidateOptions<StrictTransportOptions>
    {
        public ValidateOptionsResult Validate(string? name, StrictTransportOptions options) =>
            options.MaxAgeDays is >= 0 and <= MaxDays
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{Section}:{nameof(MaxAgeDays)} is {options.MaxAgeDays}; it must be between 0 and {MaxDays}.");
    }
}

internal static class SecurityHeadersModule
{
    public static void AddSecurityHeaders(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StrictTransportOptions>()
            .BindConfiguration(StrictTransportOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<StrictTransportOptions>, StrictTransportOptions.Validator>();
        builder.Services.AddSingleton<SecurityHeaders>();
    }

    public static void UseSecurityHeaders(this IApplicationBuilder app)
    {
        var headers = app.ApplicationServices.GetRequiredService<SecurityHeaders>();
        app.Use(next => context =>
        {
            headers.Apply(context);
            return next(context);
        });
    }
}
