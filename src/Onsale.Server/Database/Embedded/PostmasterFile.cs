using System.Diagnostics;

namespace Onsale.Server.Database.Embedded;

/// <summary>What the postmaster writes about itself into <c>postmaster.pid</c> of its cluster.</summary>
internal sealed record PostmasterFile(int ProcessId, int Port, string? SocketDirectory, string ClusterDirectory)
{
    public static string PathIn(string clusterDirectory) => Path.Combine(clusterDirectory, "postmaster.pid");

    /// <summary>Null when there is none, or when it is only half written yet.</summary>
    public static PostmasterFile? Read(string clusterDirectory)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(clusterDirectory));
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        // Lines: process id, data directory, start time, port, socket directory, listen address, shared memory, status.
        return lines.Length >= 5 && int.TryParse(lines[0], out var processId) && int.TryParse(lines[3], out var port)
            ? new PostmasterFile(processId, port, lines[4].Length == 0 ? null : lines[4], clusterDirectory)
            : null;
    }

    /// <summary>Whether that process lives and is this cluster's postmaster, not another that got its number since.</summary>
    public bool IsAlive
    {
        get
        {
            if (OperatingSystem.IsLinux())
                return LivesOnLinux();
            try
            {
                using var process = Process.GetProcessById(ProcessId);
                return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase);
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Read from <c>/proc</c>, because a dead postmaster whose adoptive parent does not collect it (a container without
    /// an init) still has a process id. Its command line is empty then.
    /// </summary>
    private bool LivesOnLinux()
    {
        try
        {
            var arguments = File.ReadAllText($"/proc/{ProcessId}/cmdline").Split('\0');
            return arguments.Contains(ClusterDirectory, StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
