using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Onsale.Server.Delivery.Tickets;

/// <summary>
/// Names of places in a reader's language. What seating plans usually call their parts is in
/// <c>openapi/places/*.json</c>, which the web app is built with too; a name with a word that is not there is the
/// house's own, and stays as it is.
/// </summary>
internal static partial class PlaceNames
{
    private const int MostWords = 3;

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> s_languages =
        new[] { "de", "es", "ar" }.ToFrozenDictionary(language => language, Read, StringComparer.Ordinal);

    /// <summary>"Orchestra, row C, seat 14", or the name of a tier: in German "Parkett, Reihe C, Platz 14".</summary>
    /// <param name="label">A place's label, as a booking has it.</param>
    /// <param name="language">One of <see cref="Onsale.Platform.Http.Languages.All"/>.</param>
    public static string OfLabel(string label, string language)
    {
        if (!s_languages.TryGetValue(language, out var words))
            return label;
        var parts = SeatLabel().Match(label);
        if (!parts.Success)
            return Of(label, language);
        string[] names =
        [
            Of(parts.Groups["section"].Value, language),
            $"{words[parts.Groups["kind"].Value]} {parts.Groups["row"].Value}",
            $"{words[parts.Groups["seat"].Value]} {parts.Groups["number"].Value}",
        ];
        return string.Join(language == "ar" ? "، " : ", ", names.Where(name => name != ""));
    }

    /// <summary>A section, an area or a tier: "Loge Left" of "loge" and "left", "Section 101" of "section".</summary>
    /// <param name="name">As the plan or the organiser has it.</param>
    /// <param name="language">One of <see cref="Onsale.Platform.Http.Languages.All"/>.</param>
    public static string Of(string name, string language)
    {
        if (!s_languages.TryGetValue(language, out var words))
            return name;
        var parts = name.Split(' ');
        List<string> named = [];
        var isKnown = false;
        for (var at = 0; at < parts.Length;)
        {
            var (word, length) = LongestAt(words, parts, at);
            if (word is null && !Mark().IsMatch(parts[at]))
                return name;
            named.Add(word ?? parts[at]);
            isKnown |= word is not null;
            at += length;
        }

        return isKnown ? string.Join(' ', named) : name;
    }

    private static (string? Word, int Length) LongestAt(
        FrozenDictionary<string, string> words, string[] parts, int at)
    {
        for (var length = Math.Min(MostWords, parts.Length - at); length > 0; length--)
        {
            if (words.TryGetValue(string.Join(' ', parts, at, length).ToLowerInvariant(), out var word))
                return (word, length);
        }

        return (null, 1);
    }

    private static FrozenDictionary<string, string> Read(string language)
    {
        using var json = typeof(PlaceNames).Assembly.GetManifestResourceStream($"places/{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(json)!.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // "101", "B", "A1": what tells one part from another is the same in every language.
    [GeneratedRegex(
        @"^(?:\p{L}?[0-9]+|[0-9]*\p{Lu})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(
        @"^((?<section>.+), )?(?<kind>row|table|box) (?<row>[^,]+), (?<seat>seat|chair) (?<number>[^,]+)\z",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SeatLabel();
}
