using System.Text.RegularExpressions;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Server.Access.Accounts;

namespace Onsale.Server.Access.Organisations;

/// <summary>What the fields of an organisation may be.</summary>
internal static partial class OrganisationRules
{
    /// <summary>Room for "-9999" behind a slug that is taken.</summary>
    private const int SlugSuffixCharacters = 5;

    /// <summary>What the web app speaks.</summary>
    private static readonly string[] s_languages = ["en", "de", "es", "ar"];

    /// <summary>Whether a text can be an organisation's name in addresses. An id never is one.</summary>
    public static bool IsSlug(string text) =>
        text.Length is >= OrganisationsLimits.MinSlugCharacters and <= OrganisationsLimits.MaxSlugCharacters
        && SlugPattern().IsMatch(text) && !Guid.TryParse(text, out _);

    /// <summary>A slug made of a name that was folded for searching: "lantern sohne" gives "lantern-sohne".</summary>
    /// <returns>Empty where no letter of it can be in an address.</returns>
    public static string SlugOf(string foldedName)
    {
        var words = foldedName.Split(' ')
            .Select(word => string.Concat(word.Where(char.IsAsciiLetterOrDigit)))
            .Where(word => word.Length > 0);
        var slug = string.Join('-', words);
        return slug[..Math.Min(slug.Length, OrganisationsLimits.MaxSlugCharacters - SlugSuffixCharacters)].TrimEnd('-');
    }

    /// <summary>The changed row; what is wrong is noted by field, and an empty text clears an optional one.</summary>
    public static OrganisationRow Apply(OrganisationRow row, OrganisationChange change, Validation validation) =>
        row with
        {
            Name = change.Name is { } name ? CheckName(name, validation) : row.Name,
            Slug = change.Slug is { } slug ? CheckSlug(slug, validation) : row.Slug,
            ContactEmail = change.ContactEmail is { } email ? CheckEmail(email, validation) : row.ContactEmail,
            ContactPhone = change.ContactPhone is { } phone
                ? validation.Text("contactPhone", phone, 0, OrganisationsLimits.MaxPhoneCharacters)
                : row.ContactPhone,
            Website = change.Website is { } website ? CheckAddress("website", website, validation) : row.Website,
            ImprintUrl = change.ImprintUrl is { } imprint
                ? CheckAddress("imprintUrl", imprint, validation) : row.ImprintUrl,
            TermsUrl = change.TermsUrl is { } terms ? CheckAddress("termsUrl", terms, validation) : row.TermsUrl,
            PrivacyUrl = change.PrivacyUrl is { } privacy
                ? CheckAddress("privacyUrl", privacy, validation) : row.PrivacyUrl,
            DefaultCurrency = change.DefaultCurrency is { } currency
                ? CheckCurrency(currency, validation) : row.DefaultCurrency,
            TimeZone = change.TimeZone is { } zone ? CheckTimeZone(zone, validation) : row.TimeZone,
            Language = change.Language is { } language ? CheckLanguage(language, validation) : row.Language,
            AccentColour = change.AccentColour is { } colour ? CheckColour(colour, validation) : row.AccentColour,
        };

    public static string CheckName(string name, Validation validation)
    {
        if (AccountRules.CheckName(name, out var trimmed) is { } refusal)
            validation.Add("name", refusal);
        return trimmed;
    }

    public static string CheckSlug(string slug, Validation validation)
    {
        validation.Require(IsSlug(slug), "slug",
            $"Must be {OrganisationsLimits.MinSlugCharacters} to {OrganisationsLimits.MaxSlugCharacters} lower-case "
            + "letters, digits and single hyphens.");
        return slug;
    }

    public static string CheckCurrency(string currency, Validation validation)
    {
        validation.Require(Currencies.IsKnown(currency), "defaultCurrency", "Must be an ISO 4217 code such as EUR.");
        return currency;
    }

    public static string CheckTimeZone(string zone, Validation validation)
    {
        validation.Require(TimeZones.IsKnown(zone), "timeZone", "Must be an IANA time zone such as Europe/Berlin.");
        return zone;
    }

    public static string CheckLanguage(string language, Validation validation)
    {
        validation.Require(Array.IndexOf(s_languages, language) >= 0, "language",
            $"Must be one of {string.Join(", ", s_languages)}.");
        return language;
    }

    private static string CheckEmail(string email, Validation validation)
    {
        if (string.IsNullOrWhiteSpace(email))
            return "";
        if (AccountRules.CheckEmail(email, out var trimmed) is { } refusal)
            validation.Add("contactEmail", refusal);
        return trimmed;
    }

    private static string CheckColour(string colour, Validation validation)
    {
        validation.Require(ColourPattern().IsMatch(colour), "accentColour", "Must be a colour such as #4f46e5.");
        return colour.ToLowerInvariant();
    }

    /// <summary>Only what a link may safely lead to: no <c>javascript:</c>, no <c>data:</c>.</summary>
    private static string CheckAddress(string field, string address, Validation validation)
    {
        var text = validation.Text(field, address, 0, OrganisationsLimits.MaxAddressCharacters);
        var isWeb = Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);
        validation.Require(
            text.Length == 0 || isWeb, field, "Must be an address that begins with https:// or http://.");
        return text;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugPattern();

    [GeneratedRegex("^#[0-9a-fA-F]{6}\\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ColourPattern();
}
