using Npgsql;
using Onsale.Platform.Database;
using Onsale.Server.Operate.Rehearsals;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using static Onsale.Server.Tests.Operate.Rehearsals.RehearsalHouse;

namespace Onsale.Server.Tests.Operate.Rehearsals;

/// <summary>What ends a rehearsal before its buyers are done.</summary>
public sealed class RehearsalEndTests
{
    private static readonly int[] s_atOnce = [1];

    /// <summary>Buyers who hold places at once and pay in ten minutes.</summary>
    private static object Slow => Plan(buyers: 20, minutes: 10, profile: new
    {
        arrivalSeconds = 1,
        preQueueSeconds = 0,
        chooseSeconds = new { from = 0, to = 0 },
        checkoutSeconds = new { from = 600, to = 600 },
    });

    [Fact]
    public async Task Run_that_fails_has_no_request_under_way_when_it_says_so()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [2000], house.Own);
        // Somebody comes all the time.
        var started = await house.StartAsync(made, Plan(buyers: 400, minutes: 10, profile: new
        {
            arrivals = s_atOnce,
            arrivalSeconds = 120,
            preQueueSeconds = 0,
            chooseSeconds = new { from = 0, to = 0 },
            checkoutSeconds = new { from = 600, to = 600 },
        }));
        var copy = await house.CopyOfAsync(started.Id);
        await Eventually.ShouldBeTrueAsync(
            async () => await house.Node.DataSource.CountAsync("bookings", $"event_id = '{copy}'") > 0,
            "places are held");
        await using var connection = await house.Node.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(
            "select from inventory where event_id = $1 for update", connection, transaction))
        {
            command.Parameters.AddWithValue(copy);
            await command.ExecuteNonQueryAsync();
        }

        await Eventually.ShouldBeTrueAsync(
            async () => await house.Node.DataSource.CountAsync(
                "pg_stat_activity", $"{connection.ProcessID} = any (pg_blocking_pids(pid))") > 0,
            "a simulated buyer's request waits for the inventory");

        // The node cannot note how far it is: a fault of the database as any other.
        await house.Node.DataSource.ExecuteAsync("alter table rehearsals rename column progress to progress_of_before");
        (await SaysFailedAsync(house, started.Id)).ShouldBeFalse("the request is under way");
        await transaction.RollbackAsync();

        await Eventually.ShouldBeAsync(
            () => house.ScalarAsync<short>("select state from rehearsals where id = $1", started.Id),
            (short)RehearsalState.Failed);
        await house.Node.DataSource.ExecuteAsync("alter table rehearsals rename column progress_of_before to progress");
        await house.EndAsync(made, started.Id, "failed");
        (await house.TracesOfAsync(copy)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_whose_lease_is_lost_ends_and_is_removed_under_the_next_one()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [50], house.Own);
        var started = await house.StartAsync(made, Slow);
        var copy = await house.CopyOfAsync(started.Id);
        await Eventually.ShouldBeTrueAsync(
            async () => await house.Node.DataSource.CountAsync("bookings", $"event_id = '{copy}'") > 5,
            "places are held");

        (await house.ScalarAsync<long>(
            """
            select count(pg_terminate_backend(pid)) from pg_locks l join pg_database d on d.oid = l.database
            where d.datname = current_database() and locktype = 'advisory'
                and ((classid::bigint << 32) | objid::bigint) = $1
            """, DatabaseLocks.Rehearsals)).ShouldBe(1);

        var ended = await house.EndAsync(made, started.Id, "abandoned");
        ended.GetProperty("audit").GetArrayLength().ShouldBe(0, ended.GetProperty("audit").ToString());
        (await house.TracesOfAsync(copy)).ShouldBeEmpty();
        (await house.StartAsync(made, Plan(buyers: 1))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Sale_that_is_put_forward_stops_the_run()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [50], house.Own);
        var other = await TestEvent.WithPoolsAsync(house.Node.DataSource, [5], one => one with
        {
            OnSaleAt = TimeProvider.System.GetUtcNow().AddMinutes(40),
        });
        var started = await house.StartAsync(made, Slow);
        started.Status.ShouldBe(201, started.Body.ToString());
        await Eventually.ShouldBeTrueAsync(
            async () => (await house.GetAsync(made, started.Id)).Body.TryGetProperty("progress", out _), "it runs");

        await house.Node.DataSource.ExecuteAsync(
            "update events set on_sale_at = now() + interval '4 minutes' where id = $1", other.Id);

        var ended = await house.EndAsync(made, started.Id, "stopped");
        ended.GetProperty("failure").GetString()!.ShouldContain("a sale of this installation");
        ended.GetProperty("report").GetProperty("outcomes")[0].GetProperty("code").GetString().ShouldBe("cut-off");
    }

    [Fact]
    public async Task Home_of_copies_is_no_presenter_and_needs_no_slug_that_others_can_have()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        await house.Node.DataSource.ExecuteAsync(
            "update organisations set slug = 'onsale-rehearsals' where id = $1", house.Organisation.Id);
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [50], house.Own);
        var started = await house.StartAsync(made, Slow);
        var copy = await house.CopyOfAsync(started.Id);
        await Eventually.ShouldBeTrueAsync(
            async () => await house.Node.DataSource.CountAsync("bookings", $"event_id = '{copy}'") > 0, "it runs");

        var organiser = await house.ScalarAsync<string>(
            "select o.slug from events e join organisations o on o.id = e.organisation_id where e.id = $1", copy);
        var venue = await house.ScalarAsync<string>(
            "select v.slug from events e join venues v on v.id = e.venue_id where e.id = $1", copy);

        organiser.ShouldNotBe("onsale-rehearsals");
        (await house.Node.AskAsync(HttpMethod.Get, $"organisers/{organiser}", token: null)).Status.ShouldBe(404);
        (await house.Node.AskAsync(HttpMethod.Get, $"venues/{venue}", token: null)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://10.1.2.3:8080", "http://10.1.2.3:8080/")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080/")]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://localhost:8080", "http://127.0.0.1:8080/")]
    [InlineData("https://tickets.example.com:8443", "https://127.0.0.1:8443/")]
    [InlineData("https://tickets.example.com:8443;http://+:81", "http://127.0.0.1:81/")]
    [InlineData("http://unix:/run/onsale.sock", null)]
    public void Node_calls_itself_by_number_whatever_name_it_listens_by(string bindings, string? address) =>
        (RehearsalDriver.AddressOf(bindings.Split(';'))?.AbsoluteUri).ShouldBe(address);

    /// <summary>Whether it says so within three seconds.</summary>
    private static async Task<bool> SaysFailedAsync(RehearsalHouse house, Guid id)
    {
        try
        {
            await Eventually.ShouldBeAsync(
                () => house.ScalarAsync<short>("select state from rehearsals where id = $1", id),
                (short)RehearsalState.Failed, TimeSpan.FromSeconds(3));
            return true;
        }
        catch (ShouldAssertException)
        {
            return false;
        }
    }
}
