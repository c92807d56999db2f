using Microsoft.AspNetCore.Identity;
using Onsale.Platform.Text;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Length first, no recipes of digits and symbols, and none of the passwords that are tried first (NIST SP 800-63B-4,
/// section 3.1.1.2).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    /// <summary>A part of a name that is shorter says nothing about a password.</summary>
    private const int MinNameLetters = 3;

    /// <summary>
    /// The form in which passwords are hashed and compared: keyboards differ in how they compose letters.
    /// </summary>
    public static string Normalize(string password) => CanonicalText.Compose(password);

    /// <summary>The reason for a refusal, or nothing.</summary>
    public static string? Check(string? password, string email, string name)
    {
        if (string.IsNullOrEmpty(password))
            return "Give a password.";
        var characters = password.EnumerateRunes().Count();
        if (characters < AccountsLimits.PasswordMinCharacters)
        {
            return $"The password has at least {AccountsLimits.PasswordMinCharacters} characters. "
                + "A few words are easy to remember and hard to guess.";
        }

        if (characters > AccountsLimits.PasswordMaxCharacters)
            return $"The password has at most {AccountsLimits.PasswordMaxCharacters} characters.";
        if (!AccountRules.IsPlainText(password))
            return "The password has characters that cannot be typed.";
        if (CommonPasswords.Contains(password) || IsRun(password))
            return "This password is one of the first that anyone would try. Choose another.";
        return IsOwnName(password, email, name)
            ? "The password may not be your name or e-mail address, also with digits added. Choose another."
            : null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(Check(password, user.Email, user.Name) is { } refusal
            ? IdentityResult.Failed(new IdentityError { Code = nameof(PasswordRules), Description = refusal })
            : IdentityResult.Success);

    /// <summary>
    /// One character repeated, or characters that follow one another up or down: 00000000, abcdefgh, 98765432.
    /// </summary>
    private static bool IsRun(string password)
    {
        var step = password[1] - password[0];
        if (step is < -1 or > 1)
            return false;
        for (var i = 2; i < password.Length; i++)
        {
            if (password[i] - password[i - 1] != step)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether the letters of the password, without digits and punctuation around them, are the owner's: the address,
    /// what stands before its @, the name, its parts, or all its parts in another order.
    /// </summary>
    private static bool IsOwnName(string password, string email, string name)
    {
        var lower = password.ToLowerInvariant();
        var local = email.Split('@')[0];
        HashSet<string> letters =
            new(StringComparer.Ordinal) { LettersOf(lower), LettersOf(CommonPasswords.CoreOf(lower)) };
        return Owned(email, local, name).Any(owned => owned.Length >= MinNameLetters && letters.Contains(owned))
            || new[] { email, name, local }.Contains(password, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Owned(string email, string local, string name)
    {
        yield return LettersOf(email);
        foreach (var text in (string[])[local, name])
        {
            string[] parts = [.. text.Split([' ', '.', '-', '_', '+', '\'']).Select(LettersOf)];
            yield return string.Concat(parts);
            yield return string.Concat(parts.Reverse());
            foreach (var part in parts)
                yield return part;
        }
    }

    private static string LettersOf(string text) =>
        string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();
}
