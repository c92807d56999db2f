using System.Globalization;
using Onsale.Platform.Contract;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>Cells of an export. Every text that somebody may have typed goes through <see cref="Text"/>.</summary>
internal static class CsvCells
{
    /// <summary>
    /// A text that no spreadsheet takes for a formula: one that would begin one, after whatever spreadsheets skip
    /// (blanks, quotes, a byte order mark), gets an apostrophe before it.
    /// </summary>
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        var first = 0;
        while (first < text.Length && IsSkipped(text[first]))
            first++;
        var begins = text[0] is '\t' or '\r' or '\n' || (first < text.Length && BeginsFormula(text[first]));
        return begins ? $"'{text}" : text;
    }

    /// <summary>Minor units as a decimal number with a point: typed, so that a negative amount survives.</summary>
    public static string Money(long amount, string currency)
    {
        var digits = Currencies.FindExponent(currency) ?? 2;
        var unit = (decimal)Math.Pow(10, digits);
        return (amount / unit).ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    /// <summary>RFC 3339 in UTC.</summary>
    public static string Instant(DateTime instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static bool IsSkipped(char character) =>
        character is '"' or '\'' or '\uFEFF' or '\u200B' || char.IsWhiteSpace(character);

    // The full-width ones are what East Asian input methods write; spreadsheets read them alike.
    private static bool BeginsFormula(char character) =>
        character is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' or '\u2212' or '|';
}
