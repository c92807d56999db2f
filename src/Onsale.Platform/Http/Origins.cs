namespace Onsale.Platform.Http;

/// <summary>Compares the <c>Origin</c> of a page as URLs are compared: host and port, a missing port being its scheme's
/// default (RFC 6454, section 5).</summary>
internal static class Origins
{
    /// <summary>
    /// Whether a page's origin has the host and port that this request was sent to. Schemes are not compared: TLS may
    /// end at a proxy that does not say so.
    /// </summary>
    /// <param name="origin">The <c>Origin</c> header, such as <c>https://shop.example</c>.</param>
    /// <param name="request">The request, with or without a port in its <c>Host</c>.</param>
    public static bool IsOwn(string? origin, HttpRequest request) =>
        TryParse(origin, out var page)
        && page.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (request.Host.Port is { } port ? page.Port == port : page.IsDefaultPort);

    /// <summary>Whether both name the same scheme, host and port.</summary>
    public static bool AreSame(string? origin, string? other) =>
        TryParse(origin, out var one) && TryParse(other, out var two)
        && one.Scheme == two.Scheme && one.Port == two.Port
        && one.Host.Equals(two.Host, StringComparison.OrdinalIgnoreCase);

    private static bool TryParse(string? origin, out Uri uri) =>
        Uri.TryCreate(origin, UriKind.Absolute, out uri!)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
}
