using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Platform.Startup;

namespace Onsale.Server.Cli;

/// <summary>The verb <c>backup</c>: a copy of the program's own database, also while it sells.</summary>
internal static class BackupCommand
{
    private const int DefaultKeep = 7;
    private const int MaxKeep = 1_000;

    public static Command Create()
    {
        var directory = new Argument<string?>("directory")
        {
            Description = "Where backups go; without one, Onsale__Backup__Directory",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var keep = new Option<int>("--keep")
        {
            Description = "How many backups stay there; older ones go, and the log that only they needed",
            DefaultValueFactory = _ => DefaultKeep,
        };
        keep.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaxKeep)
                result.AddError($"--keep is between 1 and {MaxKeep}.");
        });
        var command = new Command("backup", "Backs the program's own database up, also while it is selling")
        {
            directory, keep,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            CommandLine.ConfigurationOf(arguments), arguments.GetValue(directory), arguments.GetValue(keep),
            arguments.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    /// <summary>The archive of a directory that was named, or else of the settings.</summary>
    public static WalArchive ArchiveOf(IConfiguration configuration, string? directory) =>
        directory is { Length: > 0 } ? WalArchive.In(directory)
            : WalArchive.From(configuration)
            ?? throw new StartupException("Name a directory for backups, or set Onsale__Backup__Directory.");

    private static async Task<int> RunAsync(
        IConfiguration configuration, string? directory, int keep, TextWriter output,
        CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new StartupException("Backups are not supported on Windows: use pg_basebackup of PostgreSQL 18.");
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 })
        {
            throw new StartupException(
                "ConnectionStrings:Postgres names a server that is not the program's own: docs/backup.md says how to "
                + "back that one up with pgBackRest.");
        }

        var folder = new BackupFolder(ArchiveOf(configuration, directory));
        await using var database = await ExistingDatabase.FindAsync(configuration, TimeProvider.System);
        var made = await new ClusterBackup(folder, TimeProvider.System).RunAsync(
            database.ConnectionString, ProgramVersion, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Backed up to {made.Directory}: {Counted.Of(made.Manifest.Files.Count, "file")}, "
            + $"{made.Manifest.TotalBytes >> 20} MB, PostgreSQL {made.Manifest.PostgresVersion}, complete at "
            + $"{made.Manifest.StoppedAt:yyyy-MM-ddTHH:mm:ss.fffZ}."));
        var gone = folder.Prune(keep);
        if (gone != default)
        {
            await output.WriteLineAsync(
                $"Removed {Counted.Of(gone.Backups, "older backup")} and {Counted.Of(gone.Segments, "segment")} of "
                + "the log.");
        }

        foreach (var trouble in folder.Unreadable())
        {
            await Console.Error.WriteLineAsync(
                $"{trouble} Until that backup is removed, no segment of the log is.");
        }

        foreach (var warning in made.Warnings)
            await Console.Error.WriteLineAsync(warning);
        return CommandLine.Succeeded;
    }

    private static string ProgramVersion =>
        typeof(BackupCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";
}
