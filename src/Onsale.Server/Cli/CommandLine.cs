using System.CommandLine;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Database.Embedded.Backups;
using Onsale.Platform.Startup;

namespace Onsale.Server.Cli;

/// <summary>
/// The program's verbs for operators. Without a verb it serves; its settings (<c>--urls …</c>) begin with a hyphen, so
/// a first word without one is a verb.
/// </summary>
internal static class CommandLine
{
    /// <summary>Exit code: done.</summary>
    public const int Succeeded = 0;

    /// <summary>Exit code: not possible; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>Exit code: the input is not valid or the audit found faults; the output says where.</summary>
    public const int Invalid = 2;

    private static readonly Option<string?> DatabaseOption = new("--database")
    {
        Description = "PostgreSQL's connection string, if not ConnectionStrings__Postgres",
        HelpName = "connection string",
        Recursive = true,
    };

    private static readonly Option<string?> DirectoryOption = new("--data-directory")
    {
        Description = "Where the program's own database lives, if not Onsale__DataDirectory",
        HelpName = "directory",
        Recursive = true,
    };

    public static bool Handles(string[] args) =>
        args is [var first, ..] && (!first.StartsWith('-') || first is "--help" or "-h" or "-?" or "--version");

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Onsale sells tickets. Without a command it serves; see the settings in the README.")
        {
            AuditCommand.Create(),
            BackupCommand.Create(),
            PlanCommands.Create(),
            RehearseCommand.Create(),
            RestoreCommand.Create(),
            SmokeCommand.Create(),
            VerifyDrawCommand.Create(),
        };
        root.Options.Add(DatabaseOption);
        root.Options.Add(DirectoryOption);
        try
        {
            return await root.Parse(args)
                .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception)
        {
            // The last resort: an unexpected exception is shown with its stack trace.
            await Console.Error.WriteLineAsync(Explain(exception) ?? exception.ToString());
            return Failed;
        }
    }

    /// <summary>
    /// Runs a verb that writes, with the program's services and its database, but without serving or working in the
    /// background: beside a running Onsale it uses the database that is running already. Where there is none, it makes
    /// one and says so.
    /// </summary>
    public static async Task<int> WithDatabaseAsync(
        ParseResult arguments, Func<IServiceProvider, NpgsqlConnection, Task<int>> run,
        CancellationToken cancellationToken)
    {
        await using var app = OnsaleApp.Build(SettingsOf(arguments), UseRunningDatabase);
        return await RunAsync(app, run, cancellationToken);
    }

    /// <summary>
    /// Runs a verb that only reads, with the program's services and a database that is there already. Nothing is made
    /// or changed for it: see <see cref="ExistingDatabase"/>.
    /// </summary>
    /// <exception cref="StartupException">There is no such database.</exception>
    public static async Task<int> WithExistingDatabaseAsync(
        ParseResult arguments, Func<IServiceProvider, NpgsqlConnection, Task<int>> run,
        CancellationToken cancellationToken)
    {
        var settings = SettingsOf(arguments);
        // Pools are constructed with the program: which database it is has to be known before.
        var configuration = ConfigurationOf(settings);
        await using var database = await ExistingDatabase.OpenAsync(
            configuration, OnsaleApp.Migrations, TimeProvider.System, cancellationToken);
        await using var app = OnsaleApp.Build(
            [.. settings, $"--ConnectionStrings:Postgres={database.ConnectionString}", $"--{WalArchive.Setting}="]);
        return await RunAsync(app, run, cancellationToken);
    }

    /// <summary>The settings of a verb that needs nothing else of the program.</summary>
    public static IConfiguration ConfigurationOf(ParseResult arguments) => ConfigurationOf(SettingsOf(arguments));

    private static ConfigurationManager ConfigurationOf(string[] settings) =>
        WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = settings,
            ContentRootPath = AppContext.BaseDirectory,
        }).Configuration;

    private static async Task<int> RunAsync(
        WebApplication app, Func<IServiceProvider, NpgsqlConnection, Task<int>> run,
        CancellationToken cancellationToken)
    {
        var database = app.Services.GetRequiredService<DatabaseServer>();
        await database.StartingAsync(cancellationToken);
        try
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            return await run(app.Services, connection);
        }
        finally
        {
            await database.StoppedAsync(CancellationToken.None);
        }
    }

    private static void UseRunningDatabase(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Postgres")))
            return;
        var directory = DataDirectory.Resolve(builder.Configuration);
        // Of a cluster that is started for a moment only, the archive goes on without a gap.
        builder.Configuration[WalArchive.Setting] ??= WalArchive.OfLastStart(directory)?.Directory;
        if (EmbeddedPostgres.FindRunning(directory) is { } running)
        {
            builder.Configuration["ConnectionStrings:Postgres"] = running;
            builder.Configuration[WalArchive.Setting] = null;
        }
        else if (!ExistingDatabase.IsIn(directory))
        {
            Console.Error.WriteLine($"There is no Onsale database in {directory} yet: making one.");
        }
    }

    private static string[] SettingsOf(ParseResult arguments)
    {
        // Standard output is the verb's answer alone: it may go to a file or another program.
        List<string> settings =
            ["--Logging:LogLevel:Default=Warning", "--Logging:Console:LogToStandardErrorThreshold=Trace"];
        if (arguments.GetValue(DatabaseOption) is { Length: > 0 } database)
            settings.Add($"--ConnectionStrings:Postgres={database}");
        if (arguments.GetValue(DirectoryOption) is { Length: > 0 } directory)
            settings.Add($"--{DataDirectory.Setting}={directory}");
        return [.. settings];
    }

    private static string? Explain(Exception exception) => exception switch
    {
        StartupException or IOException or UnauthorizedAccessException or InvalidDataException => exception.Message,
        OperationCanceledException => "Stopped.",
        NpgsqlException => $"The database refused: {exception.Message}",
        _ => null,
    };
}
