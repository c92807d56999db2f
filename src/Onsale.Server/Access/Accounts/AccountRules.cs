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
            _ when !IsPlainText(name) => "The name has characters that cannot be printed.",
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
            && !email.AsSpan().ContainsAny(NotInAddresses)
            && email.IndexOf('@', at + 1) < 0
            && IsDomain(email[(at + 1)..]);
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

    private static bool IsDirectionOverride(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2 && Array.TrueForAll(labels, label =>
            label.Length is > 0 and <= 63
            && label[0] != '-' && label[^1] != '-'
            && label.EnumerateRunes().All(rune => rune.Value == '-' || Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark));
    }
}
