using Microsoft.Net.Http.Headers;

namespace Onsale.Server.Web;

/// <summary>The languages that the app speaks, and which of them a visitor gets.</summary>
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

    public static string HtmlTag(string language, string? theme)
    {
        var direction = language == "ar" ? "rtl" : "ltr";
        var scheme = theme is "light" or "dark" ? $" data-mantine-color-scheme=\"{theme}\"" : "";
        return $"<html lang=\"{language}\" dir=\"{direction}\"{scheme}>";
    }

    private static bool Matches(ReadOnlySpan<char> wanted, string known) =>
        wanted.StartsWith(known, StringComparison.OrdinalIgnoreCase)
        && (wanted.Length == known.Length || wanted[known.Length] == '-');
}
