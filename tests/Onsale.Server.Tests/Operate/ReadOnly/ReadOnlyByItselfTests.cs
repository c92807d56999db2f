using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Onsale.Platform.Database.Embedded;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Operate.ReadOnly;

/// <summary>
/// PostgreSQL stops answering (SIGSTOP of all its processes): the program becomes read-only by itself, shows what it
/// knows, loses no hold, and takes changes again by itself.
/// </summary>
public sealed class ReadOnlyByItselfTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(20);

    [LongFact]
    public async Task PostgreSQL_freezes_for_twenty_seconds_and_no_hold_is_lost()
    {
        var options = new ServerOptions(ServerProcess.CreateDataDirectory());
        await using var server = await ServerProcess.StartAsync(options);
        await using var dataSource = NpgsqlDataSource.Create(
            EmbeddedPostgres.FindRunning(options.DataDirectory)!);
        var @event = await TestEvent.WithPoolsAsync(dataSource, [1, 50], made => made with { HoldMinutes = 1 });
        var buyer = await GuestAsync(server.Client);
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        var other = await buyer.HoldTicketsAsync(@event, 1, tier: 1);
        (await server.Client.GetAsync($"/api/v1/events/{@event.Id}")).EnsureSuccessStatusCode();
        (await server.Client.GetAsync($"/api/v1/events/{@event.Id}/availability")).EnsureSuccessStatusCode();
        var until = hold["expiresAt"].GetDateTimeOffset();
        // It would end while nothing can be done about it.
        await Eventually.ShouldBeTrueAsync(
            () => Task.FromResult(TimeProvider.System.GetUtcNow() > until.AddSeconds(-12)), "the hold is about to end",
            TimeSpan.FromSeconds(60));

        var frozen = PostgresProcesses(server);
        frozen.Count.ShouldBeGreaterThan(3);
        await SignalAsync("STOP", frozen);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await Eventually.ShouldPassAsync(async () => (await StatusAsync(server)).ShouldBeTrue(), Frozen);
            output.WriteLine($"Read-only after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
            await ShouldGoOnFromMemoryAsync(server, @event, buyer, hold.Id);
            await Eventually.ShouldBeTrueAsync(
                () => Stopwatch.GetElapsedTime(began) >= Frozen, "twenty seconds have passed", 2 * Frozen);
        }
        finally
        {
            await SignalAsync("CONT", frozen);
        }

        var thawed = Stopwatch.GetTimestamp();
        await Eventually.ShouldPassAsync(async () => (await StatusAsync(server)).ShouldBeFalse());
        output.WriteLine($"Takes changes again after {Stopwatch.GetElapsedTime(thawed).TotalSeconds:0.0} s");
        until.ShouldBeLessThan(TimeProvider.System.GetUtcNow());

        var kept = await buyer.GetAsync(@event, hold.Id);
        kept.State.ShouldBe("held");
        var gained = kept["expiresAt"].GetDateTimeOffset() - until;
        output.WriteLine($"The hold was prolonged by {gained.TotalSeconds:0.0} s");
        gained.TotalSeconds.ShouldBeInRange(Frozen.TotalSeconds - 3, Frozen.TotalSeconds + 15);
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        (await buyer.GetAsync(@event, other.Id)).State.ShouldBe("held");
        (await dataSource.CountAsync("read_only_periods", "begun_by is null and settled_at is not null")).ShouldBe(1);
        server.Output.ShouldContain("this node takes no changes until it can");
    }

    /// <summary>The control: a shorter freeze is no reason, and holds end at their time.</summary>
    [LongFact]
    public async Task A_moment_without_an_answer_is_no_outage()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions(ServerProcess.CreateDataDirectory()));
        var frozen = PostgresProcesses(server);
        await SignalAsync("STOP", frozen);
        var began = Stopwatch.GetTimestamp();
        await Eventually.ShouldBeTrueAsync(
            () => Stopwatch.GetElapsedTime(began).TotalSeconds >= 5, "five seconds have passed");
        await SignalAsync("CONT", frozen);
        await Eventually.ShouldBeTrueAsync(
            () => Stopwatch.GetElapsedTime(began).TotalSeconds >= 14, "nine more have passed");
        (await StatusAsync(server)).ShouldBeFalse();
        server.Output.ShouldNotContain("takes no changes");
    }

    private static async Task ShouldGoOnFromMemoryAsync(
        ServerProcess server, TestEvent @event, Booker buyer, Guid hold)
    {
        foreach (var path in new[] { $"/api/v1/events/{@event.Id}", $"/api/v1/events/{@event.Id}/availability" })
        {
            using var shown = await server.Client.GetAsync(path);
            shown.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            shown.Headers.Age.ShouldNotBeNull(path).TotalSeconds.ShouldBeGreaterThan(2);
        }

        foreach (var refused in new[]
        {
            await buyer.HoldTicketsAsync(@event, 1, tier: 1), await buyer.ConfirmAsync(@event, hold),
        })
        {
            (refused.Status, refused.Code).ShouldBe((503, "read-only"));
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }
    }

    private static async Task<bool> StatusAsync(ServerProcess server) =>
        (await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/status")).TryGetProperty("readOnly", out _);

    private static async Task<Booker> GuestAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("/api/v1/auth/guest", content: null);
        var guest = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return new Booker(
            client, guest.GetProperty("accessToken").GetString()!,
            guest.GetProperty("user").GetProperty("id").GetGuid());
    }

    /// <summary>The postmaster, which names its directory, and its children, which do not.</summary>
    private static List<int> PostgresProcesses(ServerProcess server)
    {
        var masters = server.Processes().Where(id => id != server.Id).ToHashSet();
        var children = Directory.GetDirectories("/proc")
            .Where(entry => int.TryParse(Path.GetFileName(entry), out _) && masters.Contains(ParentOf(entry)))
            .Select(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
        return [.. masters.Union(children)];
    }

    private static int ParentOf(string entry)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(entry, "stat"));
            return int.Parse(
                status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it ended while we looked
        }
    }

    private static Task SignalAsync(string signal, List<int> processes) =>
        Task.WhenAll(processes.Select(
            process => ServerProcess.SignalAsync(signal, process.ToString(CultureInfo.InvariantCulture))));
}
