using System.CommandLine;
using Npgsql;
using Onsale.Platform.Database;
using Onsale.Platform.Database.Embedded;
using Onsale.Platform.Startup;

namespace Onsale.Server.Cli;

/// <summary>
/// The program's verbs for operators. Without a verb it serves; its settings (<c>--urls …</c>) begin with a hyphen, so
/// a first word that does not is a verb.
/// </summary>
internal static class CommandLine
{
    /// <summary>It was done.</summary>
    public const int Succeeded = 0;

    /// <summary>It could not be done; standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>What was given to work on is not valid; standard error says where.</summary>
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
            PlanCommands.Create(),
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
            // The last resort: what nobody foresaw is shown whole.
            await Console.Error.WriteLineAsync(Explain(exception) ?? exception.ToString());
            return Failed;
        }
    }

    /// <summary>
    /// Runs a verb with the program's services and its database, but without serving or working in the background:
    /// beside a running Onsale it uses the database that is running already.
    /// </summary>
    public static async Task<int> WithDatabaseAsync(
        ParseResult arguments, Func<IServiceProvider, NpgsqlConnection, Task<int>> run,
        CancellationToken cancellationToken)
    {
        await using var app = OnsaleApp.Build(SettingsOf(arguments), UseRunningDatabase);
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
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Postgres"))
            && EmbeddedPostgres.FindRunning(DataDirectory.Resolve(builder.Configuration)) is { } running)
            builder.Configuration["ConnectionStrings:Postgres"] = running;
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
