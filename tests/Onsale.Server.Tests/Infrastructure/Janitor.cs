using System.Diagnostics;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// Removes what a test process started, however the process ends: a shell that waits for the end of the pipe to us,
/// kills what still runs on our directories and deletes them. An exit handler would not do: a test host is often
/// killed.
/// </summary>
internal static class Janitor
{
    // A process belongs to a directory when its command line names it; the names are random, so nothing else matches.
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        directories=$(grep .) || exit 0
        signal() { # name; fails when there is nobody to tell
          # Its exit code tells nothing: processes end while it looks.
          files=$(grep -alF -- "$directories" /proc/[0-9]*/cmdline)
          [ -n "$files" ] || return 1
          for file in $files; do
            process=${file#/proc/}
            kill "-$1" "${process%/cmdline}"
          done
        }
        # PostgreSQL takes its shared memory away when it is asked to go, not when it is killed.
        signal QUIT
        for try in 1 2 3 4 5 6 7 8 9 10; do signal 0 || break; sleep 0.2; done
        signal KILL
        for try in 1 2 3 4 5 6 7 8 9 10; do echo "$directories" | xargs rm -rf && break; sleep 0.2; done
        """;

    private static readonly Lock Gate = new();
    private static Process? _shell;

    /// <summary>A new directory with a random name, gone when this process is.</summary>
    public static string CreateDirectory(string prefix)
    {
        var directory = Path.Combine(Path.GetTempPath(), prefix + Path.GetRandomFileName());
        Watch(directory);
        return directory;
    }

    private static void Watch(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        lock (Gate)
        {
            _shell ??= Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script])
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
            })!;
            _shell.StandardInput.WriteLine(directory);
            _shell.StandardInput.Flush();
        }
    }
}
