using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Onsale.Server.Selling.Bookings;

/// <summary>
/// Order codes: nine characters that can be read from paper and said on the telephone, shown as <c>K7M-F2Q-XDH</c>.
/// </summary>
/// <remarks>
/// Of digits and letters that look alike only the digits are used (2 and Z, 5 and S, 8 and B), and neither 0, O, 1, I
/// nor L. Without vowels no word can come about. 25 characters at nine places are 3.8 × 10^12 codes, 41 bits. A code
/// opens nothing without its e-mail address: who knows the address of a buyer with ten orders and makes the 28,800
/// attempts a day that one address range is allowed needs 18,000 years on average.
/// </remarks>
internal static class OrderCodes
{
    public const int Length = 9;

    private const string Alphabet = "23456789CDFGHJKMNPQRTVWXY";
    private const int GroupLength = 3;

    /// <summary>A code nobody can foresee.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>As people see it: in groups of three.</summary>
    public static string Show(string code) =>
        string.Join('-', code.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>
    /// Reads what somebody typed: in any case, with or without hyphens and spaces, with look-alike letters.
    /// </summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? code)
    {
        code = null;
        if (text is null or { Length: > BookingsLimits.MaxOrderCodeChars })
            return false;
        Span<char> read = stackalloc char[Length];
        var length = 0;
        foreach (var character in text)
        {
            if (character is '-' or '\u2010' or '\u2011' or '\u2013' || char.IsWhiteSpace(character))
                continue;
            var known = char.ToUpperInvariant(character) switch
            {
                'Z' => '2',
                'S' => '5',
                'B' => '8',
                var other => other,
            };
            if (length == Length || !Alphabet.Contains(known, StringComparison.Ordinal))
                return false;
            read[length++] = known;
        }

        if (length < Length)
            return false;
        code = new string(read);
        return true;
    }
}
