using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Platform.Startup;

namespace Onsale.Server.Cli;

/// <summary>The verb <c>restore</c>: makes a data directory of a backup, up to a moment where one is given.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var directory = new Argument<string?>("directory")
        {
            Description = "Where the backups are; without one, Onsale__Backup__Directory",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var to = new Option<DateTimeOffset?>("--to")
        {
            Description = "The last moment to restore, such as 2026-11-30T20:15:00Z; without one, all there is",
            HelpName = "time",
            CustomParser = ReadTime,
        };
        var timeline = new Option<string?>("--timeline")
        {
            Description = "After an earlier restore: latest follows what came after it, previous what was before; or "
                + "its number",
            HelpName = "latest|previous|number",
        };
        timeline.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not (BackupChoice.Latest or BackupChoice.Previous) and var given
                && !(uint.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number > 0))
                result.AddError("--timeline is latest, previous or a number.");
        });
        var backup = new Option<string?>("--backup")
        {
            Description = "The backup to begin with, such as 20261130T041500Z; without one, the newest that leads "
                + "there",
            HelpName = "name",
        };
        var command = new Command("restore", "Restores the program's own database into an empty data directory")
        {
            directory, to, timeline, backup,
        };
        command.SetAction((arguments, cancellationToken) => RunAsync(
            CommandLine.ConfigurationOf(arguments), arguments.GetValue(directory),
            new RestoreOrder(
                DataDirectory.Resolve(CommandLine.ConfigurationOf(arguments)), arguments.GetValue(to),
                arguments.GetValue(timeline), arguments.GetValue(backup), OnsaleApp.Migrations.All[^1].Number),
            arguments.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    /// <summary>With its offset: a local time would mean another moment on another machine.</summary>
    private static DateTimeOffset? ReadTime(ArgumentResult result)
    {
        if (result.Tokens is not [var token])
            return null;
        if (DateTimeOffset.TryParseExact(
            token.Value,
            ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
            && (token.Value.EndsWith('Z') || token.Value.LastIndexOfAny(['+', '-']) > "yyyy-MM-ddT".Length))
            return time;
        result.AddError($"\"{token.Value}\" is not a time with its offset, such as 2026-11-30T20:15:00Z.");
        return null;
    }

    private static async Task<int> RunAsync(
        IConfiguration configuration, string? directory, RestoreOrder order, TextWriter output,
        CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new StartupException("Restoring is not supported on Windows.");
        var restore = new ClusterRestore(
            new BackupFolder(BackupCommand.ArchiveOf(configuration, directory)), TimeProvider.System,
            NullLogger.Instance);
        var restored = await restore.RunAsync(order, cancellationToken);
        await output.WriteLineAsync(
            $"Restored {restored.Backup.Directory} into {order.DataDirectory}; last transaction: "
            + $"{restored.LastTransaction ?? "none after the backup"}; timeline {restored.Timeline}.");
        await output.WriteLineAsync(
            "Prove it with the command audit, make a new backup once it runs, and settle payments made since that "
            + "moment: see docs/backup.md.");
        return CommandLine.Succeeded;
    }
}
