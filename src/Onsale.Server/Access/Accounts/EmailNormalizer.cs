using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Onsale.Platform.Text;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// The key by which two ways to write an e-mail address are one: lower case, composed (NFC), and the domain in its
/// ASCII form, which some browsers put in place of what was typed (RFC 5891).
/// </summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    private static readonly IdnMapping s_idn = new();

    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => NormalizeEmail(name);

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email)
    {
        if (email is null)
            return null;
        var text = CanonicalText.Compose(email.ToLowerInvariant());
        var at = text.LastIndexOf('@') + 1;
        return TryGetAscii(text[at..], out var ascii) ? text[..at] + ascii : text;
    }

    /// <summary>The domain as the name system knows it; false: it has no such form.</summary>
    public static bool TryGetAscii(string domain, [NotNullWhen(true)] out string? ascii)
    {
        try
        {
            ascii = s_idn.GetAscii(domain).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            // An empty or too long label: the only ways in which the framework reports one.
            ascii = null;
            return false;
        }
    }
}
