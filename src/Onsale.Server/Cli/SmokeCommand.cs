using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Http.Headers;
using System.Text.Json;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Audit;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Server.Cli;

/// <summary>
/// The verb <c>smoke</c>: a real booking over HTTP at a running node, on an event that no list shows, given back
/// afterwards and audited. For after a deployment: it uses the same settings, and so the same database.
/// </summary>
internal static class SmokeCommand
{
    /// <summary>A token that takes no money, of each payment provider: the event costs nothing.</summary>
    private static readonly string[] Tokens = ["sim_success", "pm_card_visa"];

    private const int MaxRequestSeconds = 15;

    public static Command Create()
    {
        var address = new Argument<Uri>("address")
        {
            Description = "Of the node or the load balancer, such as https://shop.example",
            CustomParser = ReadAddress,
        };
        var command = new Command("smoke", "Books a free place of a hidden event over HTTP, and gives it back")
        {
            address,
        };
        command.SetAction((arguments, cancellationToken) => CommandLine.WithExistingDatabaseAsync(
            arguments,
            (services, connection) => RunAsync(
                services, connection, arguments.GetValue(address)!, arguments.InvocationConfiguration.Output,
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static Uri? ReadAddress(ArgumentResult result)
    {
        if (result.Tokens is [var token] && Uri.TryCreate(token.Value, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https")
            return address;
        result.AddError("The address looks like https://shop.example.");
        return null;
    }

    private static async Task<int> RunAsync(
        IServiceProvider services, NpgsqlConnection connection, Uri address, TextWriter output,
        CancellationToken cancellationToken)
    {
        var lanes = services.GetRequiredService<EventLanes>();
        try
        {
            var hidden = await SmokeEvent.EnsureAsync(connection, cancellationToken);
            using var client = new HttpClient
            {
                BaseAddress = address,
                Timeout = TimeSpan.FromSeconds(MaxRequestSeconds),
            };
            var run = new SmokeRun(client, hidden, output, services.GetRequiredService<TimeProvider>());
            await run.BookAsync(Tokens, booking => GiveBackAsync(lanes, hidden.EventId, booking), cancellationToken);
            var faults = await services.GetRequiredService<Auditor>().AuditAsync(
                hidden.EventId, replay: true, cancellationToken);
            foreach (var fault in faults)
                await output.WriteLineAsync(fault.ToString());
            await output.WriteLineAsync(faults.Count == 0 ? "Smoke test passed." : "Smoke test failed: the audit.");
            return faults.Count == 0 ? CommandLine.Succeeded : CommandLine.Invalid;
        }
        catch (Exception exception) when (exception is HttpRequestException or SmokeFailedException
            or JsonException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"Smoke test failed: {exception.Message}");
            return CommandLine.Failed;
        }
        finally
        {
            await lanes.StopAsync();
        }
    }

    private static async Task GiveBackAsync(EventLanes lanes, Guid eventId, Guid bookingId)
    {
        var reply = await lanes.SubmitAsync(
            eventId, new CancelCommand(bookingId, Guid.Empty) { IsBoxOffice = true });
        if (reply.Status != LaneStatus.Decided || reply.Result.Refusal is not null)
            throw new SmokeFailedException($"The booking {bookingId} could not be given back: {reply.Status}.");
    }
}

/// <summary>What a node answered is not what it should.</summary>
internal sealed class SmokeFailedException(string message) : Exception(message);

/// <summary>The requests of a smoke test, one after the other.</summary>
internal sealed class SmokeRun(HttpClient client, SmokeEvent hidden, TextWriter output, TimeProvider time)
{
    public async Task BookAsync(
        IReadOnlyList<string> tokens, Func<Guid, Task> giveBackAsync, CancellationToken cancellationToken)
    {
        await StepAsync("ready", HttpMethod.Get, "/health/ready", null, cancellationToken);
        await StepAsync("event", HttpMethod.Get, $"/api/v1/events/{hidden.EventId}", null, cancellationToken);
        var guest = await StepAsync("guest", HttpMethod.Post, "/api/v1/auth/guest", null, cancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", guest.GetProperty("accessToken").GetString());
        var bookings = $"/api/v1/events/{hidden.EventId}/bookings";
        var hold = await StepAsync("hold", HttpMethod.Post, bookings, JsonContent.Create(
            new SmokeHold([new SmokeTickets(hidden.TierId, 1)]), SmokeJson.Default.SmokeHold), cancellationToken);
        var id = hold.GetProperty("id").GetGuid();
        try
        {
            await ConfirmAsync($"{bookings}/{id}", tokens, cancellationToken);
        }
        finally
        {
            await giveBackAsync(id);
        }

        var ended = await StepAsync("given back", HttpMethod.Get, $"{bookings}/{id}", null, cancellationToken);
        if (ended.GetProperty("state").GetString() is not ("cancelled" or "released") and var state)
            throw new SmokeFailedException($"The booking is {state} after it was given back.");
    }

    private async Task ConfirmAsync(
        string booking, IReadOnlyList<string> tokens, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            try
            {
                var confirmed = await StepAsync("confirm", HttpMethod.Post, $"{booking}/confirm", JsonContent.Create(
                    new SmokePayment(new SmokeToken(tokens[i])), SmokeJson.Default.SmokePayment), cancellationToken);
                if (confirmed.GetProperty("tickets").GetArrayLength() != 1)
                    throw new SmokeFailedException("The booking was confirmed without its ticket.");
                return;
            }
            catch (SmokeFailedException) when (i + 1 < tokens.Count)
            {
                // That of another provider.
            }
        }
    }

    private async Task<JsonElement> StepAsync(
        string name, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await client.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new SmokeFailedException($"{method} {path} was answered {(int)response.StatusCode}: {body}");
        await output.WriteLineAsync($"{name}: {time.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return JsonDocument.Parse(body).RootElement;
    }
}
