using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Database.Embedded;

/// <summary>The files of a cluster, and the programs that make, start and stop it.</summary>
internal sealed partial class PostgresCluster
{
    private readonly PostgresAccount _account;
    private readonly TimeProvider _time;

    private PostgresCluster(
        string directory, PostgresBinaries binaries, string? password, PostgresAccount account, TimeProvider time)
    {
        Directory = directory;
        Binaries = binaries;
        Password = password;
        _account = account;
        _time = time;
    }

    public string Directory { get; }

    public PostgresBinaries Binaries { get; }

    /// <summary>Only where it listens on the loopback address, which any user of the machine can reach.</summary>
    public string? Password { get; }

    public static string DirectoryIn(string dataDirectory) => Path.Combine(dataDirectory, "postgres");

    public static string? ReadPassword(string dataDirectory) =>
        OperatingSystem.IsWindows() ? File.ReadAllText(PasswordFileIn(dataDirectory)) : null;

    private static string PasswordFileIn(string dataDirectory) => Path.Combine(dataDirectory, "postgres.password");

    private string StartLog => Path.Combine(Directory, "start.log");

    public static async Task<PostgresCluster> OpenAsync(
        string dataDirectory, PostgresAccount account, TimeProvider time, ILogger logger)
    {
        var directory = DirectoryIn(dataDirectory);
        var versionFile = Path.Combine(directory, "PG_VERSION");
        int? version = File.Exists(versionFile) ? int.Parse((await File.ReadAllTextAsync(versionFile)).Trim()) : null;
        var binaries = await PostgresBinaries.FindAsync(account, version);
        var passwordFile = PasswordFileIn(dataDirectory);
        if (version is null)
            await MakeAsync(directory, passwordFile, binaries, account, logger);
        var password = ReadPassword(dataDirectory);
        return new PostgresCluster(directory, binaries, password, account, time);
    }

    /// <summary>
    /// Made beside its place and moved there when complete, so that an interrupted first start leaves no half.
    /// </summary>
    private static async Task MakeAsync(
        string directory, string passwordFile, PostgresBinaries binaries, PostgresAccount account, ILogger logger)
    {
        LogMaking(logger, binaries.MajorVersion, directory);
        var scratch = directory + ".new";
        if (System.IO.Directory.Exists(scratch))
            System.IO.Directory.Delete(scratch, recursive: true);
        System.IO.Directory.CreateDirectory(scratch);
        await account.OwnAsync(scratch);

        List<string> arguments = ["-D", scratch, "-U", "onsale", "--encoding=UTF8", "--auth-local=trust"];
        // Sorting and case by Unicode, the same on every machine, and faster than the system's libraries.
        if (binaries.MajorVersion >= 17)
            arguments.AddRange(["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
        else
            arguments.Add(OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C");
        // One flush of the file system instead of a thousand files': as durable, and half the time on a busy disk.
        if (binaries.MajorVersion >= 17 && OperatingSystem.IsLinux())
            arguments.Add("--sync-method=syncfs");
        if (OperatingSystem.IsWindows())
        {
            await File.WriteAllTextAsync(passwordFile, RandomNumberGenerator.GetHexString(32));
            arguments.AddRange(["--auth-host=scram-sha-256", $"--pwfile={passwordFile}"]);
        }

        var result = await account.RunAsync(binaries.InitDb, arguments, Path.GetDirectoryName(directory)!);
        if (!result.Succeeded)
        {
            System.IO.Directory.Delete(scratch, recursive: true);
            throw Failure("made", directory, result.Error);
        }

        System.IO.Directory.Move(scratch, directory);
    }

    /// <summary>Answers whether the settings differ from those of the last start.</summary>
    public bool WriteSettings(string settings)
    {
        var path = Path.Combine(Directory, "postgresql.conf");
        if (File.ReadAllText(path) == settings)
            return false;
        // Beside it first: a full disk must not leave half a settings file.
        var scratch = path + ".new";
        File.WriteAllText(scratch, settings);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(scratch, UnixFileMode.UserRead | UnixFileMode.UserWrite
                | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        File.Move(scratch, path, overwrite: true);
        return true;
    }

    /// <summary>What PostgreSQL has said since its last start, until it had a log of its own.</summary>
    public string StartOutput() => File.Exists(StartLog) ? File.ReadAllText(StartLog) : "";

    /// <summary>Starts the postmaster and waits until it takes connections.</summary>
    /// <param name="maxSeconds">For so long, recovery included.</param>
    public async Task StartAsync(int maxSeconds = DatabaseLimits.EmbeddedStartSeconds)
    {
        if (OperatingSystem.IsLinux() && PostmasterFile.Read(Directory) is { IsAlive: false } dead)
            await ForgetAsync(dead);
        File.Delete(StartLog);
        var seconds = maxSeconds.ToString();
        var result = await _account.RunAsync(
            Binaries.Control, ["start", "-D", Directory, "-l", StartLog, "-w", "-t", seconds, "-s"], Directory);
        if (result.Succeeded)
            return;
        if (result.WasSignalled)
            await ExpectPostmasterAsync();
        // On a full disk PostgreSQL may not even get to write why it stopped.
        throw new DriveInfo(Directory).AvailableFreeSpace < DatabaseLimits.FullDiskBytes
            ? DiskFull("started", Directory)
            : Failure("started", Directory, NewestLog() ?? result.Error);
    }

    /// <summary>
    /// A signal to our process group ends <c>pg_ctl</c> and not the postmaster that it has begun, which must be known
    /// before it can be stopped.
    /// </summary>
    private async Task ExpectPostmasterAsync()
    {
        var started = _time.GetTimestamp();
        while (PostmasterFile.Read(Directory) is not { IsAlive: true }
            && _time.GetElapsedTime(started).TotalSeconds < 2)
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time);
    }

    /// <summary>
    /// Removes what a killed postmaster left. PostgreSQL takes any process of that number for its own and would not
    /// start: one that nobody has collected yet, or a stranger in a restarted container, where numbers begin anew. We
    /// hold the data directory's lock and have looked; what must still be waited for is the end of the workers it left.
    /// </summary>
    private async Task ForgetAsync(PostmasterFile dead)
    {
        var started = _time.GetTimestamp();
        while (dead.HasSurvivors())
        {
            if (_time.GetElapsedTime(started).TotalSeconds > DatabaseLimits.WaitForServerSeconds)
            {
                throw new StartupException(
                    $"Processes of a PostgreSQL that was killed still work on {Directory}. End them and start again.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), _time);
        }

        foreach (var socketLock in System.IO.Directory.GetFiles(Directory, ".s.PGSQL.*.lock"))
            File.Delete(socketLock);
        File.Delete(PostmasterFile.PathIn(Directory));
    }

    /// <summary>Tells the postmaster to stop and does not wait.</summary>
    public async Task SignalStopAsync(string mode) =>
        await _account.RunAsync(Binaries.Control, ["stop", "-D", Directory, "-m", mode, "-W", "-s"], Directory);

    /// <summary>Why it ended by itself, in PostgreSQL's own words.</summary>
    public StartupException WhyItEnded() => Failure("started", Directory, NewestLog() ?? "");

    /// <summary>Whether its postmaster runs.</summary>
    public bool IsRunning => PostmasterFile.Read(Directory) is { IsAlive: true };

    /// <summary>Stops it, if it runs, and waits for its end.</summary>
    public async Task StopAsync()
    {
        if (IsRunning)
            await _account.RunAsync(Binaries.Control, ["stop", "-D", Directory, "-m", "fast", "-w", "-s"], Directory);
    }

    private string? NewestLog()
    {
        var logs = new DirectoryInfo(Path.Combine(Directory, "log"));
        var files = logs.Exists
            ? logs.GetFiles("postgresql-*.log").Append(new FileInfo(StartLog))
            : [new FileInfo(StartLog)];
        return files.Where(file => file is { Exists: true, Length: > 0 })
            .MaxBy(file => file.LastWriteTimeUtc) is { } newest
            ? File.ReadAllText(newest.FullName)
            : null;
    }

    private static StartupException Failure(string verb, string directory, string output)
    {
        return output.Contains("No space left on device", StringComparison.Ordinal)
            ? DiskFull(verb, directory)
            : new StartupException($"PostgreSQL could not be {verb} in {directory}: {Reason(output)}");
    }

    private static StartupException DiskFull(string verb, string directory) => new(
        $"The disk that holds {directory} is full: PostgreSQL could not be {verb}. Make room and start again.");

    private static string Reason(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var index = Array.FindLastIndex(lines, line => line.Contains("FATAL", StringComparison.Ordinal)
            || line.Contains("error:", StringComparison.Ordinal));
        if (index < 0)
            return LogPrefix().Replace(lines.LastOrDefault() ?? "it does not say why", "");
        // "The configuration file contains errors" tells nothing without the line before, which names one.
        var told = index > 0 && lines[index].Contains("configuration file", StringComparison.Ordinal)
            ? $"{lines[index - 1]} {lines[index]}"
            : lines[index];
        return LogPrefix().Replace(told, "");
    }

    /// <summary>The <c>log_line_prefix</c> of <see cref="PostgresSettings"/>: time, zone and process.</summary>
    [GeneratedRegex(@"\d{4}-\d\d-\d\d \S+ \S+ \[\d+\] ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogPrefix();

    [LoggerMessage(EventId = 1021, Level = LogLevel.Information,
        Message = "First start: making a cluster of PostgreSQL {Version} in {Directory}")]
    private static partial void LogMaking(ILogger logger, int version, string directory);
}
