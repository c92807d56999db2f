using System.Globalization;
using System.Runtime.InteropServices;

namespace Onsale.Bench.Reports;

/// <summary>What a figure was taken on.</summary>
internal static class Machine
{
    private const string Unknown = "unknown";

    public static async Task<string> DescribeAsync()
    {
        var processor = Unknown;
        if (File.Exists("/proc/cpuinfo"))
        {
            var lines = await File.ReadAllLinesAsync("/proc/cpuinfo");
            processor = lines.FirstOrDefault(
                line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? Unknown;
        }

        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({processor}), {memory:F0} GB, {RuntimeInformation.OSDescription}");
    }

    public static string LoadAverage() => File.Exists("/proc/loadavg")
        ? string.Join(", ", File.ReadAllText("/proc/loadavg").Split(' ')[..3])
        : Unknown;
}
