using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Lower case. Composing (NFC) is left to the statements that store and compare the key: with invariant globalization
/// <see cref="string.Normalize()"/> does nothing.
/// </summary>
internal sealed class EmailNormalizer : ILookupNormalizer
{
    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => name?.ToLowerInvariant();

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => email?.ToLowerInvariant();
}
