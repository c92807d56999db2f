using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Selling.Bookings;

/// <summary>What a contact may be.</summary>
internal static class ContactRules
{
    private const string DefaultLanguage = "en";

    /// <summary>The contact in the form that is kept; what is wrong is noted by field.</summary>
    /// <param name="request">As it was sent.</param>
    /// <param name="prefix">Before the names of its fields: "contact.", or nothing.</param>
    /// <param name="validation">Takes the notes.</param>
    public static (string Name, string Email, string Language) Read(
        ContactRequest request, string prefix, Validation validation)
    {
        if (AccountRules.CheckName(request.Name, out var name) is { } badName)
            validation.Add($"{prefix}name", badName);
        if (AccountRules.CheckEmail(request.Email, out var email) is { } badEmail)
            validation.Add($"{prefix}email", badEmail);
        var language = request.Language ?? DefaultLanguage;
        validation.Require(
            IsLanguageTag(language), $"{prefix}language", "Must be a language tag such as en or es-MX.");
        return (name, email, language);
    }

    /// <summary>By its shape (BCP 47): which languages messages are written in is not decided here.</summary>
    internal static bool IsLanguageTag(string text)
    {
        var parts = text.Split('-');
        return text.Length <= BookingsLimits.MaxLanguageChars
            && parts[0] is { Length: 2 or 3 } language && language.All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 2 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }
}
