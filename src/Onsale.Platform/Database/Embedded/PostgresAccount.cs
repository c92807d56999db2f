using System.ComponentModel;
using System.Diagnostics;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>
/// The operating system's account that PostgreSQL runs under: our own, or, because PostgreSQL refuses to run as root,
/// an unprivileged one when we are root.
/// </summary>
/// <param name="UserName">The account to switch to; null when it is our own.</param>
internal sealed record PostgresAccount(string? UserName)
{
    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    /// <summary>
    /// The account for a data directory. A command that root runs beside a service works as that service's user, to
    /// whom the directory belongs: whatever it leaves there is the service's.
    /// </summary>
    public static async Task<PostgresAccount> ForAsync(string dataDirectory) =>
        await OwnerAsync(PostgresCluster.DirectoryIn(dataDirectory))
        ?? await OwnerAsync(dataDirectory)
        ?? Current();

    /// <summary>
    /// The account that a directory belongs to; null where we are not root, or it is root's, or it is not there.
    /// </summary>
    public static async Task<PostgresAccount?> OwnerAsync(string directory)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess || !Directory.Exists(directory))
            return null;
        // What ls -l prints is the same everywhere: mode, links, owner.
        var listed = await new PostgresAccount((string?)null).RunAsync("ls", ["-ld", directory], "/");
        var fields = listed.Output.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries);
        if (!listed.Succeeded || fields.Length < 4)
            throw new StartupException($"Whose {directory} is cannot be found out: {listed.Error.Trim()}");
        // A number is of an account that this system does not know, as in a container.
        return fields[2] is "root" || char.IsAsciiDigit(fields[2][0]) ? null : new PostgresAccount(fields[2]);
    }

    public static PostgresAccount Current()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return new PostgresAccount((string?)null);

        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return new PostgresAccount(Unprivileged.FirstOrDefault(known.Contains)
            ?? throw new StartupException(
                "PostgreSQL does not run as root, and this system has neither a user 'postgres' nor 'nobody' "
                + "to run it as. "
                + "Create one, or start Onsale as an ordinary user."));
    }

    /// <summary>Runs a program to its end under this account, with nothing of our environment but the path.</summary>
    public async Task<CommandResult> RunAsync(string program, IEnumerable<string> arguments, string workingDirectory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = workingDirectory,
        };
        if (UserName is not null)
            start.UserName = UserName;
        Clean(start.Environment);
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (Win32Exception exception)
        {
            var user = UserName is null ? "" : $" as user '{UserName}'";
            throw new StartupException($"{program} cannot be run{user}: {exception.Message}", exception);
        }
    }

    /// <summary>Whether this account can enter a directory; only asked when it is not our own.</summary>
    public async Task<bool> CanEnterAsync(string directory) =>
        UserName is null || (await RunAsync("/bin/sh", ["-c", "cd \"$1\"", "sh", directory], "/")).Succeeded;

    /// <summary>Whether this account can run a program.</summary>
    public async Task<bool> CanRunAsync(string program) =>
        UserName is null || (await RunAsync("/bin/sh", ["-c", "[ -x \"$1\" ]", "sh", program], "/")).Succeeded;

    /// <summary>Whether this account can read a file.</summary>
    public async Task<bool> CanReadAsync(string file) =>
        UserName is null || (await RunAsync("/bin/sh", ["-c", "[ -r \"$1\" ]", "sh", file], "/")).Succeeded;

    /// <summary>Hands a file, or a directory with all that is in it, to this account; modes stay as they are.</summary>
    public async Task OwnTreeAsync(string path)
    {
        if (UserName is null)
            return;
        var chown = await new PostgresAccount((string?)null).RunAsync("chown", ["-R", UserName, path], "/");
        if (!chown.Succeeded)
            throw new StartupException($"{path} cannot be given to user '{UserName}': {chown.Error.Trim()}");
    }

    /// <summary>Hands a directory to this account, closed to all other accounts.</summary>
    public async Task OwnAsync(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (UserName is null)
            return;
        var chown = await new PostgresAccount((string?)null).RunAsync("chown", [UserName, directory], "/");
        if (!chown.Succeeded)
            throw new StartupException($"{directory} cannot be given to user '{UserName}': {chown.Error.Trim()}");
    }

    /// <summary>
    /// PG* variables would redirect the child, and secrets given to us are none of its business. Its messages stay
    /// English, because we read them.
    /// </summary>
    private static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.ToList())
        {
            var keep = OperatingSystem.IsWindows()
                ? !name.StartsWith("PG", StringComparison.OrdinalIgnoreCase)
                : name is "PATH" or "TMPDIR";
            if (!keep)
                environment.Remove(name);
        }

        environment["LC_ALL"] = "C";
    }
}

/// <summary>How a program that was run to its end came out.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    public bool WasSignalled => ExitCode > 128;
}
