using Microsoft.Net.Http.Headers;

namespace Onsale.Platform.Http;

/// <summary>The languages that pages and mails are in, and which of them a visitor gets.</summary>
internal static class Languages
{
    private const string Default = "en";

    public static readonly string[] All = [Default, "de", "es", "ar"];

    /// <summary>The one chosen in the app before; else the best of the browser's; else English.</summary>
    public static string Choose(HttpRequest request)
    {
        if (request.Cookies["onsale_language"] is { } chosen && All.Contains(chosen, StringComparer.Ordinal))
            return chosen;
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted))
            return Default;
        foreach (var language in wanted.OrderByDescending(value => value.Quality ?? 1))
        {
            if (Array.Find(All, known => Matches(language.Value.AsSpan(), known)) is { } known)
                return known;
        }

        return Default;
    }

    /// <summary>A tag such as "de-AT" as one of the languages; English for any other, and for none.</summary>
    public static string Of(string? tag) =>
        tag is null ? Default : Array.Find(All, known => Matches(tag, known)) ?? Default;

    /// <summary>Which way a language is written, as HTML says it.</summary>
    public static string DirectionOf(string language) => language == "ar" ? "rtl" : "ltr";

    public static string HtmlTag(string language, string? theme)
    {
        var direction = DirectionOf(language);
        var scheme = theme is "light" or "dark" ? $" data-mantine-color-scheme=\"{theme}\"" : "";
        return $"<html lang=\"{language}\" dir=\"{direction}\"{scheme}>";
    }

    private static bool Matches(ReadOnlySpan<char> wanted, string known) =>
        wanted.StartsWith(known, StringComparison.OrdinalIgnoreCase)
        && (wanted.Length == known.Length || wanted[known.Length] == '-');
}
