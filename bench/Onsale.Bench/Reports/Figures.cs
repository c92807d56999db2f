using System.Globalization;

namespace Onsale.Bench.Reports;

/// <summary>How figures are summed up and written.</summary>
internal static class Figures
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Ratio(double value) => value.ToString(value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);

    public static string Milliseconds(double milliseconds) =>
        milliseconds.ToString(
            milliseconds < 10 ? "F2" : milliseconds < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);

    public static string Range(IEnumerable<double> values)
    {
        var all = values.ToList();
        return $"{Whole(all.Min())} to {Whole(all.Max())}";
    }

    public static string Verdict(bool met) => met ? "met" : "**not met**";
}
