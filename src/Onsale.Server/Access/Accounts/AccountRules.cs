using System.Buffers;
using System.Globalization;
using System.Text;

namespace Onsale.Server.Access.Accounts;

/// <summary>What an e-mail and a name may be. Each check answers with the reason for a refusal, or nothing.</summary>
internal static class AccountRules
{
    private static readonly SearchValues<char> NotInAddresses = SearchValues.Create(" \t\"(),:;<>[\\]");

    public static readonly string EmailTooLong =
        $"The e-mail address has at most {AccountsLimits.EmailCharacters} characters.";

    public static string? CheckName(string? value, out string name)
    {
        name = value?.Trim() ?? "";
        return name switch
        {
            "" => "Give a name.",
            { Length: > AccountsLimits.NameCharacters } =>
                $"The name has at most {AccountsLimits.NameCharacters} characters.",
            _ when !IsPlainText(name) || HasInvisible(name, allowJoiners: true) =>
                "The name has characters that cannot be seen.",
            _ when !name.EnumerateRunes().Any(rune => IsVisible(rune) && !IsMark(rune)) => "Give a name.",
            _ => null,
        };
    }

    /// <remarks>
    /// Lenient on purpose: only mail that arrives proves an address. What is refused is what no mail server would take,
    /// and what would look like another address to a reader.
    /// </remarks>
    public static string? CheckEmail(string? value, out string email)
    {
        email = value?.Trim() ?? "";
        if (email.Length == 0)
            return "Give an e-mail address.";
        if (email.Length > AccountsLimits.EmailCharacters)
            return EmailTooLong;
        var at = email.IndexOf('@');
        var wellFormed = at is > 0 and <= AccountsLimits.EmailLocalPartCharacters
            && IsPlainText(email)
            && !HasInvisible(email, allowJoiners: false)
            && !email.AsSpan().ContainsAny(NotInAddresses)
            && email.IndexOf('@', at + 1) < 0
            && IsDomain(email[(at + 1)..]);
        if (wellFormed && new EmailNormalizer().NormalizeEmail(email).Length > AccountsLimits.EmailCharacters)
            return EmailTooLong;
        return wellFormed ? null : "This is not an e-mail address: it looks like name@example.com.";
    }

    /// <summary>No control or formatting characters (NUL, line ends, direction overrides), no half of a pair.</summary>
    public static bool IsPlainText(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune) || Rune.IsControl(rune) || IsDirectionOverride(rune))
                return false;
            i += rune.Utf16SequenceLength;
        }

        return true;
    }

    /// <summary>
    /// Whether the text has characters that take no room and make it look like another (zero-width space, soft hyphen),
    /// or look like a space without being one. Joiners are part of Persian and Indic names and of emoji: allowed where
    /// asked for, between two characters that can be seen.
    /// </summary>
    private static bool HasInvisible(string text, bool allowJoiners)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        for (var i = 0; i < runes.Length; i++)
        {
            var isJoiner = runes[i].Value is 0x200C or 0x200D;
            var joins = i > 0 && i < runes.Length - 1 && IsVisible(runes[i - 1]) && IsVisible(runes[i + 1]);
            if (isJoiner ? !allowJoiners || !joins : IsInvisible(runes[i]))
                return true;
        }

        return false;
    }

    private static bool IsVisible(Rune rune) =>
        !IsInvisible(rune) && rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.SpaceSeparator;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    // Hangul fillers and the blank Braille pattern are letters and symbols by category, and show nothing.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;

    private static bool IsDirectionOverride(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2 && EmailNormalizer.TryGetAscii(domain, out _) && Array.TrueForAll(labels, label =>
            label.Length is > 0 and <= 63
            && label[0] != '-' && label[^1] != '-'
            && label.EnumerateRunes().All(rune => rune.Value == '-' || Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark));
    }
}
