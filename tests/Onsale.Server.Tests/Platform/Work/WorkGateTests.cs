using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;
using Onsale.Platform.Work;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Work;

/// <summary>What depends on time: challenges that were given long ago, or in calmer times.</summary>
public sealed class WorkGateTests : IAsyncLifetime
{
    private static readonly IPAddress s_address = IPAddress.Parse("198.51.100.7");

    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private NpgsqlDataSource _dataSource = null!;

    public async Task InitializeAsync() =>
        _dataSource = NpgsqlDataSource.Create(await TestCluster.SharedDatabaseAsync());

    public async Task DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task A_challenge_given_too_long_ago_is_not_taken()
    {
        var gate = Gate(new WorkOptions { Mode = WorkMode.Always, Hashes = 100 });
        var solution = Solve(gate);
        _time.Advance(TimeSpan.FromMinutes(WorkGate.ChallengeMinutes) + TimeSpan.FromSeconds(2));

        (await CheckAsync(gate, solution)).ShouldNotBeNull().Detail.ShouldContain("too long ago");

        var fresh = Solve(gate);
        _time.Advance(TimeSpan.FromMinutes(WorkGate.ChallengeMinutes) - TimeSpan.FromSeconds(2));
        (await CheckAsync(gate, fresh)).ShouldBeNull();
    }

    [Fact]
    public async Task A_challenge_of_calm_times_is_too_easy_in_a_rush()
    {
        var gate = Gate(new WorkOptions { GuestsPerMinute = 10, Hashes = 100 });
        var solution = Solve(gate);
        for (var i = 0; i < 60; i++)
            await CheckAsync(gate, solution: null);

        (await CheckAsync(gate, solution)).ShouldNotBeNull().Detail.ShouldContain("too easy");

        (await CheckAsync(gate, Solve(gate))).ShouldBeNull();
    }

    [Fact]
    public async Task An_address_that_has_calmed_down_is_not_asked_any_more()
    {
        var gate = Gate(new WorkOptions { GuestsPerMinute = 10, Hashes = 100 });
        for (var i = 0; i < 11; i++)
            await CheckAsync(gate, solution: null);
        (await CheckAsync(gate, solution: null)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMinutes(2));
        (await CheckAsync(gate, solution: null)).ShouldBeNull();
    }

    private WorkGate Gate(WorkOptions options)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        return new WorkGate(
            Options.Create(options), Options.Create(new RateLimitOptions()), new WorkRates(_time),
            new UsedWorkStore(_dataSource), new KeyedHash(), meters, _time);
    }

    private static string Solve(WorkGate gate) => Solver.Solve(JsonSerializer.SerializeToElement(
        gate.Challenge(Context(solution: null), WorkAction.Guest), WorkJson.Default.WorkChallenge));

    private static async Task<Problem?> CheckAsync(WorkGate gate, string? solution) =>
        await gate.CheckAsync(Context(solution), WorkAction.Guest);

    private static DefaultHttpContext Context(string? solution)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = s_address;
        if (solution is not null)
            context.Request.Headers[WorkGate.Header] = solution;
        return context;
    }
}
