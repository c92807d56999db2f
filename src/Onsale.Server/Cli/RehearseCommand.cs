using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;
using Onsale.Server.Operate.Rehearsals;

namespace Onsale.Server.Cli;

/// <summary>
/// The verb <c>rehearse</c>: asks the running node that looks first to sell a hidden copy of an event to simulated
/// buyers,
/// follows it and prints its report.
/// </summary>
internal static class RehearseCommand
{
    private const int DefaultBuyers = 500;
    private const int DefaultMinutes = 5;
    private const int DefaultRequests = 100;

    public static Command Create()
    {
        var @event = new Argument<Guid>("event") { Description = "The event's id" };
        var buyers = new Option<int>("--buyers")
        {
            Description = "Simulated buyers",
            DefaultValueFactory = _ => DefaultBuyers,
        };
        var minutes = new Option<int>("--minutes")
        {
            Description = "When it ends at the latest",
            DefaultValueFactory = _ => DefaultMinutes,
        };
        var requests = new Option<int>("--requests-per-second")
        {
            Description = "The budget of requests",
            DefaultValueFactory = _ => DefaultRequests,
        };
        var seed = new Option<long>("--seed") { Description = "Decides what each does", DefaultValueFactory = _ => 1 };
        var profile = new Option<FileInfo?>("--profile")
        {
            Description = "JSON of who comes and how they behave, as the API takes it",
            HelpName = "file",
        };
        var command = new Command("rehearse", "Sells a hidden copy of an event to simulated buyers, and reports")
        {
            @event, buyers, minutes, requests, seed, profile,
        };
        command.SetAction((arguments, cancellationToken) => CommandLine.WithExistingDatabaseAsync(
            arguments,
            async (services, connection) =>
            {
                var request = new StartRehearsalRequest(
                    arguments.GetValue(buyers), arguments.GetValue(minutes), arguments.GetValue(requests),
                    arguments.GetValue(seed), await ReadProfileAsync(services, arguments.GetValue(profile)));
                return await RunAsync(
                    services, connection, arguments.GetValue(@event), request,
                    arguments.InvocationConfiguration.Output, cancellationToken);
            },
            cancellationToken));
        return command;
    }

    private static async Task<RehearsalProfile?> ReadProfileAsync(IServiceProvider services, FileInfo? file)
    {
        if (file is null)
            return null;
        var form = (JsonTypeInfo<RehearsalProfile>)services.GetRequiredService<IOptions<JsonOptions>>()
            .Value.SerializerOptions.GetTypeInfo(typeof(RehearsalProfile));
        try
        {
            await using var stream = file.OpenRead();
            return await JsonSerializer.DeserializeAsync(stream, form);
        }
        catch (JsonException exception)
        {
            throw new StartupException($"{file.Name} is not a profile: {exception.Message}");
        }
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, NpgsqlConnection connection, Guid eventId, StartRehearsalRequest request,
        TextWriter output, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<RehearsalStore>();
        if (await FindOrganisationAsync(connection, eventId, cancellationToken) is not { } organisationId)
        {
            await Console.Error.WriteLineAsync($"There is no event {eventId} in this database.");
            return CommandLine.Failed;
        }

        var validation = new Validation();
        RehearsalRules.Check(request, services.GetRequiredService<IOptions<RehearsalOptions>>().Value, validation);
        foreach (var (field, message) in validation.Errors)
            await Console.Error.WriteLineAsync($"{field}: {message}");
        if (validation.HasErrors)
            return CommandLine.Invalid;
        var (id, refusal) = await services.GetRequiredService<RehearsalStart>().StartAsync(
            organisationId, eventId, request, actor: null, cancellationToken);
        if (refusal is not null)
        {
            await Console.Error.WriteLineAsync(refusal.Detail);
            return CommandLine.Failed;
        }

        try
        {
            var ended = await FollowAsync(
                store, id, services.GetRequiredService<TimeProvider>(), output, cancellationToken);
            return ended is null ? CommandLine.Failed : await RehearsalText.WriteAsync(ended, output);
        }
        finally
        {
            // After an interruption: nobody is there to see it.
            await store.StopAsync(id, activity: null, CancellationToken.None);
        }
    }

    private static async Task<Guid?> FindOrganisationAsync(
        NpgsqlConnection connection, Guid eventId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select organisation_id from events where id = $1", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = eventId } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>Null: no node took it.</summary>
    private static async Task<RehearsalResponse?> FollowAsync(
        RehearsalStore store, Guid id, TimeProvider time, TextWriter output, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        long said = -1;
        while (true)
        {
            var now = (await store.FindAsync(id, cancellationToken))!.Shown;
            if (now.EndedAt is not null)
                return now;
            if (now.State == RehearsalState.Waiting
                && time.GetElapsedTime(asked).TotalSeconds > RehearsalsLimits.MaxTakeSeconds)
            {
                await Console.Error.WriteLineAsync(
                    "No node took the rehearsal: start Onsale on this database, with Onsale:Rehearsals:Enabled.");
                return null;
            }

            // Every ten seconds of the sale.
            if (now.Progress is { Seconds: >= 0 } progress && (long)progress.Seconds / 10 > said)
            {
                said = (long)progress.Seconds / 10;
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{progress.Seconds:0} s: {progress.Arrived} came, {progress.Waiting} wait, "
                    + $"{progress.Done} are done; "
                    + $"{progress.PlacesSold} of {progress.PlacesTotal} places sold, {progress.Requests} requests"));
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }
}
