using System.Globalization;

namespace Onsale.Platform.Http;

/// <summary>How many connections the file descriptors of this process allow.</summary>
internal static class DescriptorLimit
{
    private const string LimitsFile = "/proc/self/limits";
    private const string LineStart = "Max open files";

    /// <summary>
    /// Connections of clients beside everything else that needs descriptors: when the last one is taken, the process
    /// can open neither a file nor a connection to its database, and may die.
    /// </summary>
    public static int MaxConnections() => ConnectionsOf(Read());

    /// <param name="limit">Open files of the process; null: not known or not limited.</param>
    internal static int ConnectionsOf(long? limit)
    {
        if (limit is not { } files)
            return HostingLimits.MaxConcurrentConnections;
        var reserve = Math.Clamp(
            files / 4, HostingLimits.MinReservedDescriptors, HostingLimits.MaxReservedDescriptors);
        return (int)Math.Clamp(
            files - reserve, HostingLimits.MinConcurrentConnections, HostingLimits.MaxConcurrentConnections);
    }

    /// <summary>The soft limit as Linux has it, which the runtime has raised to the hard one by now.</summary>
    private static long? Read()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(LimitsFile))
            return null;
        var line = File.ReadLines(LimitsFile)
            .FirstOrDefault(text => text.StartsWith(LineStart, StringComparison.Ordinal));
        var soft = line?[LineStart.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
