using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform;

public sealed class UnreadyTests
{
    [Fact]
    public async Task A_node_whose_database_is_gone_is_alive_but_not_ready_and_answers_503()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        await using var gate = new Gate(database);
        await gate.CloseAsync();

        (await node.Client.GetAsync("/health/live")).EnsureSuccessStatusCode();
        await Eventually.ShouldPassAsync(async () =>
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("database")
                .GetProperty("detail").GetString().ShouldBe("PostgreSQL does not answer.");
        });
        await (await node.Client.GetAsync("/api/v1/events")).ShouldBeProblemAsync(503, "unavailable");

        await gate.OpenAsync();
        await Eventually.ShouldPassAsync(async () =>
        {
            (await node.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();
            (await node.Client.GetAsync("/api/v1/events")).EnsureSuccessStatusCode();
        });
    }

    [Fact]
    public async Task The_log_says_when_readiness_changes_and_why_not_at_each_probe()
    {
        const string Refused = "is not currently accepting connections";
        var database = await TestCluster.PrivateDatabaseAsync();
        using var log = new LogLines("Onsale.Platform.Http", "Microsoft.Extensions.Diagnostics", "Npgsql");
        await using var node = await OnsaleNode.StartAsync(
            database, [("Logging:LogLevel:Default", "Information")], log.Use);
        await using var gate = new Gate(database);
        await ProbeAsync(HttpStatusCode.OK);
        log.All.ShouldBeEmpty();

        await gate.CloseAsync();
        await Eventually.ShouldPassAsync(async () =>
        {
            await ProbeAsync(HttpStatusCode.ServiceUnavailable);
            log.All.ShouldContain(line => line.Contains(Refused, StringComparison.Ordinal));
        });
        var lines = log.All;
        for (var probe = 0; probe < 5; probe++)
            await ProbeAsync(HttpStatusCode.ServiceUnavailable);
        log.All.ShouldBe(lines);
        lines.ShouldAllBe(line => line.StartsWith("Not ready: PostgreSQL does not answer.", StringComparison.Ordinal));

        await gate.OpenAsync();
        await Eventually.ShouldPassAsync(() => ProbeAsync(HttpStatusCode.OK));
        await ProbeAsync(HttpStatusCode.OK);
        log.All.Count(line => line is "Ready again").ShouldBe(1);

        async Task ProbeAsync(HttpStatusCode status)
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(status);
        }
    }

    [Fact]
    public async Task Node_that_cannot_write_is_not_ready_until_it_can()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var node = await OnsaleNode.StartAsync(database);
        await using var gate = new Gate(database);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await Booker.GuestAsync(node);
        (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);

        // As a full disk or a failed-over standby: questions are answered, nothing can be written.
        await gate.ForbidWritesAsync();
        await Eventually.ShouldPassAsync(
            async () => (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(503));

        // Each pooled connection that the server ended fails once more, which is the database check's to say.
        await Eventually.ShouldPassAsync(async () =>
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            var checks = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks");
            checks.GetProperty("database").GetProperty("status").GetString().ShouldBe("healthy");
            checks.GetProperty("inventory").GetProperty("detail").GetString()
                .ShouldBe("Sales cannot be written to the database.");
        });

        await gate.AllowWritesAsync();
        await Eventually.ShouldPassAsync(
            async () => (await node.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode());
        await Eventually.ShouldPassAsync(
            async () => (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201));
    }

    [Fact]
    public async Task Process_that_ran_out_of_memory_is_not_ready()
    {
        await using var node = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());
        (await node.Client.GetAsync("/health/ready")).EnsureSuccessStatusCode();

        node.Services.GetRequiredService<WriteHealth>().Observe(
            new LaneEvent(LaneEventKind.Retrying, 1, Exception: new OutOfMemoryException()));

        // The answer to the first probe is kept for a second.
        await Eventually.ShouldPassAsync(async () =>
        {
            using var response = await node.Client.GetAsync("/health/ready");
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadAsStringAsync()).ShouldContain("runs out of memory");
        });
    }

    [Theory]
    [InlineData(59, HttpStatusCode.OK)]
    [InlineData(61, HttpStatusCode.ServiceUnavailable)]
    [InlineData(-61, HttpStatusCode.ServiceUnavailable)]
    public async Task Node_is_ready_only_near_the_clock_of_its_database(int minutes, HttpStatusCode expected)
    {
        var clock = new ShiftedClock { Shift = TimeSpan.FromMinutes(minutes) };
        await using var node = await OnsaleNode.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(clock));

        using var response = await node.Client.GetAsync("/health/ready");

        response.StatusCode.ShouldBe(expected);
        if (expected != HttpStatusCode.OK)
            (await response.Content.ReadAsStringAsync()).ShouldContain("differ by 61 minutes; at most 60 are safe");
    }

    /// <summary>Lets nobody into one database of a server, or everybody again; or takes their right to write.</summary>
    private sealed class Gate : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _server;
        private readonly string _name;

        public Gate(string database)
        {
            var settings = new NpgsqlConnectionStringBuilder(database);
            _name = settings.Database!;
            settings.Database = "postgres";
            _server = NpgsqlDataSource.Create(settings.ConnectionString);
        }

        public async Task CloseAsync()
        {
            await ExecuteAsync($"alter database {_name} allow_connections false");
            await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_name}'");
        }

        public Task ForbidWritesAsync() => SetWritesAsync("default_transaction_read_only = on");

        public Task AllowWritesAsync() => SetWritesAsync("default_transaction_read_only = off");

        public Task OpenAsync() => ExecuteAsync($"alter database {_name} allow_connections true");

        private async Task SetWritesAsync(string setting)
        {
            await ExecuteAsync($"alter database {_name} set {setting}");
            await ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_name}'");
        }

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        private async Task ExecuteAsync(string sql)
        {
            await using var command = _server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}
