using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Length first, no recipes of digits and symbols, and none of the passwords that are tried first (NIST SP 800-63B-4,
/// section 3.1.1.2).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    private static readonly FrozenSet<string> Common = CommonPasswords.Read();

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
        if (Common.Contains(password.ToLowerInvariant()) || IsRun(password))
            return "This password is one of the first that anyone would try. Choose another.";
        return IsOwnName(password, email, name)
            ? "The password may not be your name or e-mail address. Choose another."
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

    private static bool IsOwnName(string password, string email, string name)
    {
        var at = email.IndexOf('@');
        return password.Equals(email, StringComparison.OrdinalIgnoreCase)
            || password.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (at > 0 && password.AsSpan().Equals(email.AsSpan(0, at), StringComparison.OrdinalIgnoreCase));
    }
}
