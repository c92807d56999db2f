namespace Onsale.Platform.Identity;

/// <summary>The header <c>Authorization: Bearer …</c> of RFC 6750.</summary>
internal static class BearerHeader
{
    /// <summary>The framework's scheme has a name of its own, "BearerToken".</summary>
    private const string Prefix = "Bearer ";

    /// <summary>
    /// The token of the request; false: there is none, or more than one header. The scheme's name is compared without
    /// regard to case (RFC 9110, section 11.1).
    /// </summary>
    public static bool TryRead(HttpRequest request, out ReadOnlySpan<char> token)
    {
        var isBearer = request.Headers.Authorization is [{ } header]
            && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);
        token = isBearer ? request.Headers.Authorization[0].AsSpan(Prefix.Length) : default;
        return isBearer;
    }
}
