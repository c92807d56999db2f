using System.Globalization;

namespace Onsale.Platform.Telemetry;

/// <summary>
/// Names and values as Prometheus writes them, by OpenTelemetry's rules for the change between the two.
/// </summary>
internal static class MetricNames
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["By"] = "bytes",
        ["%"] = "percent",
    };

    public static string OfMetric(string name, string? unit, bool isCounter)
    {
        var result = Sanitize(name);
        if (unit is not null && Units.TryGetValue(unit, out var word)
            && !result.EndsWith($"_{word}", StringComparison.Ordinal))
        {
            result += $"_{word}";
        }

        if (isCounter && !result.EndsWith("_total", StringComparison.Ordinal))
            result += "_total";
        return result;
    }

    /// <summary><c>a="x",b="y"</c>, by name.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags)
            labels[Sanitize(name)] = Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    public static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Escape(string value) =>
        EscapeHelp(value).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Sanitize(string name)
    {
        var result = string.Concat(name.Select(character =>
            char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return char.IsAsciiDigit(result[0]) ? $"_{result}" : result;
    }
}
