using System.Collections.Frozen;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Passwords that guessers try first, and the variants that their tools make of them: other case, symbols for letters
/// (<c>p@ssw0rd</c>), digits and punctuation before or after (<c>Summer2026!</c>).
/// </summary>
internal static class CommonPasswords
{
    /// <summary>Shorter words with digits around them are no closer to a guess than any other short text.</summary>
    private const int MinWordLetters = 4;

    private static readonly Lazy<FrozenSet<string>> s_words = new(Read);

    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        var word = CoreOf(lower);
        return s_words.Value.Contains(lower) || s_words.Value.Contains(Unleet(lower))
            || (word.Length >= MinWordLetters && s_words.Value.Contains(word));
    }

    /// <summary>
    /// What is left without digits and punctuation at both ends, with letters for the symbols between:
    /// <c>passw0rd!!</c>
    /// gives <c>password</c>.
    /// </summary>
    public static string CoreOf(string lowerCasePassword)
    {
        var first = 0;
        var last = lowerCasePassword.Length - 1;
        while (first <= last && !IsLetterOrStandIn(lowerCasePassword[first]))
            first++;
        while (last >= first && !char.IsLetter(lowerCasePassword[last]))
            last--;
        return Unleet(lowerCasePassword[first..(last + 1)]);
    }

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        HashSet<string> words = new(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith("# ", StringComparison.Ordinal))
                words.Add(line);
        }

        return words.ToFrozenSet(StringComparer.Ordinal);
    }

    private static bool IsLetterOrStandIn(char character) => char.IsLetter(character) || character is '@' or '$';

    private static string Unleet(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch
            {
                '@' or '4' => 'a',
                '3' => 'e',
                '1' or '!' => 'i',
                '0' => 'o',
                '$' or '5' => 's',
                '7' => 't',
                var other => other,
            };
        }
    });
}
