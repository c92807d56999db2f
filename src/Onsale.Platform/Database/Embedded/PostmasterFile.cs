using System.Diagnostics;

namespace Onsale.Platform.Database.Embedded;

/// <summary>What the postmaster writes about itself into <c>postmaster.pid</c> of its cluster.</summary>
internal sealed record PostmasterFile(
    int ProcessId, int Port, string? SocketDirectory, string? SharedMemoryId, string ClusterDirectory)
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
        if (lines.Length < 5 || !int.TryParse(lines[0], out var processId) || !int.TryParse(lines[3], out var port))
            return null;
        var socketDirectory = lines[4].Length == 0 ? null : lines[4];
        var sharedMemory = lines.Length > 6 ? lines[6].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return new PostmasterFile(
            processId, port, socketDirectory, sharedMemory.Length == 2 ? sharedMemory[1] : null, clusterDirectory);
    }

    /// <summary>
    /// Whether that process lives and is this cluster's postmaster, not another that got its number since.
    /// </summary>
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
    /// Whether processes of a killed postmaster still hold its shared memory, and with it may still write: the check
    /// that PostgreSQL makes itself as long as its pid file is there. Linux only.
    /// </summary>
    public bool HasSurvivors()
    {
        const int idColumn = 1;
        const int attachedColumn = 6;
        const string segments = "/proc/sysvipc/shm";
        return File.Exists(segments) && File.ReadLines(segments)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(segment => segment[idColumn] == SharedMemoryId && segment[attachedColumn] != "0");
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
        catch (IOException exception) when (!IsOutOfDescriptors(exception))
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// This process, or the system, has no file descriptor left, which says nothing about the postmaster.
    /// </summary>
    public static bool IsOutOfDescriptors(IOException exception)
    {
        const int systemHasNone = 23; // ENFILE
        const int processHasNone = 24; // EMFILE
        return !OperatingSystem.IsWindows() && exception.HResult is systemHasNone or processHasNone;
    }
}
