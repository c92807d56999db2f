using System.Globalization;

namespace Onsale.Server.Cli;

/// <summary>Numbers with their nouns: "1 seat", "2 seats".</summary>
internal static class Counted
{
    public static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
