namespace Onsale.Server.Delivery.CheckIn;

/// <summary>What was scanned or typed, as codes are stored.</summary>
internal static class ScannedCode
{
    /// <summary>
    /// Capitals without spaces and hyphens; letters that codes do not have are read as the digits they look like
    /// (Crockford's base 32).
    /// </summary>
    public static string Normalize(string text) => string.Concat(Compact(text).Select(letter => letter switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    }));

    /// <summary>Capitals without spaces and hyphens: signed codes have all letters.</summary>
    public static string Compact(string text) => string.Concat(text
        .Where(letter => !char.IsWhiteSpace(letter) && letter != '-')
        .Select(char.ToUpperInvariant));
}
