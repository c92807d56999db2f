using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Contract;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;

namespace Onsale.Server;

/// <summary>
/// From the first line to the exit code: a start that fails for a reason an operator can mend says so in one sentence,
/// and whatever was started by then is stopped again.
/// </summary>
internal static class ProgramRun
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const string UnknownSettings = "properties were not found on the instance of ";
    private static readonly TimeSpan SignalPatience = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        var doing = "start";
        try
        {
            await using var app = build();
            if (!await StartAsync(app))
                return Succeeded;
            doing = "stop";
            if (!OpenApiModule.IsBeingGenerated)
                app.Services.GetRequiredService<StartupBanner>().Print(Console.Out, app.Urls);
            await app.WaitForShutdownAsync();
            return Succeeded;
        }
        catch (Exception exception)
        {
            // The last resort: what nobody foresaw is shown whole.
            await Console.Error.WriteLineAsync($"Onsale cannot {doing}: {Explain(exception) ?? exception.ToString()}");
            return Failed;
        }
    }

    /// <summary>Answers false when it was told to stop before it was ready.</summary>
    private static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (Exception failure)
        {
            // A signal goes to the whole process group: what fails on the way out is no failure to start.
            var toldToStop = await IsToldToStopAsync(app);
            // The services that did start are working on the database that goes away next.
            try
            {
                await app.StopAsync();
            }
            catch (Exception) when (!toldToStop)
            {
                // A host whose services could not even be made cannot be stopped: why they could not is what counts.
                ExceptionDispatchInfo.Throw(failure);
            }

            if (toldToStop)
                return false;
            throw;
        }
    }

    /// <summary>A child that the signal ended may be heard of a moment before the signal itself is.</summary>
    private static async Task<bool> IsToldToStopAsync(WebApplication app)
    {
        try
        {
            await Task.Delay(
                SignalPatience, app.Services.GetRequiredService<TimeProvider>(), app.Lifetime.ApplicationStopping);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>The sentence for a failure that needs no stack trace; null for one that does.</summary>
    internal static string? Explain(Exception exception) => exception switch
    {
        StartupException or OptionsValidationException => exception.Message,
        IOException { InnerException: AddressInUseException } =>
            $"{exception.Message} Stop the program that uses it, "
            + "or choose another address with --urls http://localhost:8081.",
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } =>
            $"it may not listen on the given address ({exception.Message}). "
            + "Choose another with --urls http://localhost:8081.",
        FormatException when exception.Message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            $"{exception.Message}. An address looks like http://localhost:8081.",
        ArgumentOutOfRangeException { ParamName: "port" } =>
            "a port is a number up to 65535. An address looks like http://localhost:8081.",
        InvalidOperationException
            when exception.Message.StartsWith("Unable to configure HTTPS", StringComparison.Ordinal) =>
            "an https address needs a certificate: set Kestrel:Certificates:Default:Path and :KeyPath, "
            + "or listen on http behind a proxy that ends TLS.",
        InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } => exception.Message,
        InvalidOperationException when IsSetting(exception.Message) => ExplainSetting(exception.Message),
        InvalidOperationException { Source: "Microsoft.Extensions.Logging.Configuration" } =>
            $"{exception.Message} See Logging:LogLevel.",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } full =>
            $"The disk that holds the database is full ({full.MessageText}). Make room and start again.",
        NpgsqlException when Errors.IsDatabaseUnavailable(exception) =>
            $"the database went away meanwhile ({exception.Message}). Start again when it answers.",
        InvalidDataException => $"{exception.Message} {exception.InnerException?.Message}".TrimEnd(),
        _ => null,
    };

    /// <summary>Thrown by the configuration binder, or by the code that it generates in an assembly of ours.</summary>
    private static bool IsSetting(string message) =>
        message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal)
        || message.Contains(UnknownSettings, StringComparison.Ordinal);

    /// <summary>
    /// A setting that cannot be read, as the binder says it; one that does not exist, in our own
    /// words.
    /// </summary>
    private static string ExplainSetting(string message)
    {
        if (!message.Contains(UnknownSettings, StringComparison.Ordinal))
            return message;
        var names = message[(message.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
        return $"there is no setting {names}: see docs/operations.md.";
    }
}
