using System.Security.Cryptography;
using Onsale.Server.Hosting;

namespace Onsale.Server.Database.Embedded;

/// <summary>The files of a cluster, and the programs that make, start and stop it.</summary>
internal sealed partial class PostgresCluster
{
    private readonly PostgresAccount _account;

    private PostgresCluster(string directory, PostgresBinaries binaries, string? password, PostgresAccount account)
    {
        Directory = directory;
        Binaries = binaries;
        Password = password;
        _account = account;
    }

    public string Directory { get; }

    public PostgresBinaries Binaries { get; }

    /// <summary>Only where it listens on the loopback address, which any user of the machine can reach.</summary>
    public string? Password { get; }

    private string StartLog => Path.Combine(Directory, "start.log");

    public static async Task<PostgresCluster> OpenAsync(string dataDirectory, PostgresAccount account, ILogger logger)
    {
        var directory = Path.Combine(dataDirectory, "postgres");
        var versionFile = Path.Combine(directory, "PG_VERSION");
        int? version = File.Exists(versionFile) ? int.Parse((await File.ReadAllTextAsync(versionFile)).Trim()) : null;
        var binaries = await PostgresBinaries.FindAsync(account, version);
        var passwordFile = Path.Combine(dataDirectory, "postgres.password");
        if (version is null)
            await MakeAsync(directory, passwordFile, binaries, account, logger);
        var password = OperatingSystem.IsWindows() ? await File.ReadAllTextAsync(passwordFile) : null;
        return new PostgresCluster(directory, binaries, password, account);
    }

    /// <summary>Made beside its place and moved there when complete, so that an interrupted first start leaves no half.</summary>
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
        // Written over, not replaced: the file stays its owner's.
        File.WriteAllText(path, settings);
        return true;
    }

    /// <summary>Starts the postmaster and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        if (PostmasterFile.Read(Directory) is { IsAlive: false })
        {
            // PostgreSQL takes any living process of that number for its own. We hold the data directory's lock and know
            // better: numbers start anew in a restarted container.
            File.Delete(PostmasterFile.PathIn(Directory));
        }

        File.Delete(StartLog);
        var seconds = DatabaseLimits.EmbeddedStartSeconds.ToString();
        var result = await _account.RunAsync(
            Binaries.Control, ["start", "-D", Directory, "-l", StartLog, "-w", "-t", seconds, "-s"], Directory);
        if (!result.Succeeded)
            throw Failure("started", Directory, NewestLog() ?? result.Error);
    }

    /// <summary>Tells the postmaster to stop and does not wait.</summary>
    public async Task SignalStopAsync(string mode) =>
        await _account.RunAsync(Binaries.Control, ["stop", "-D", Directory, "-m", mode, "-W", "-s"], Directory);

    private string? NewestLog()
    {
        var logs = new DirectoryInfo(Path.Combine(Directory, "log"));
        var files = logs.Exists ? logs.GetFiles("postgresql-*.log").Append(new FileInfo(StartLog)) : [new FileInfo(StartLog)];
        return files.Where(file => file is { Exists: true, Length: > 0 }).MaxBy(file => file.LastWriteTimeUtc) is { } newest
            ? File.ReadAllText(newest.FullName)
            : null;
    }

    private static StartupException Failure(string verb, string directory, string output)
    {
        if (output.Contains("No space left on device", StringComparison.Ordinal))
        {
            return new StartupException(
                $"The disk that holds {directory} is full: PostgreSQL could not be {verb}. Make room and start again.");
        }

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var told = lines.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal)
            || line.Contains("error:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it says nothing";
        return new StartupException($"PostgreSQL could not be {verb} in {directory}: {told}");
    }

    [LoggerMessage(EventId = 1021, Level = LogLevel.Information,
        Message = "First start: making a cluster of PostgreSQL {Version} in {Directory}")]
    private static partial void LogMaking(ILogger logger, int version, string directory);
}
