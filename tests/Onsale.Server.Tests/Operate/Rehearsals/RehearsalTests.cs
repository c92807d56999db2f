using Onsale.Server.Catalog.Events;
using Onsale.Server.Selling.WaitingRoom;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Cli;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.WaitingRoom;
using static Onsale.Server.Tests.Operate.Rehearsals.RehearsalHouse;

namespace Onsale.Server.Tests.Operate.Rehearsals;

/// <summary>A hidden copy of an event is sold to simulated buyers over HTTP, and removed.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task Small_rehearsal_sells_a_copy_out_reports_audits_and_leaves_nothing_behind()
    {
        await using var house = await RehearsalHouse.OpenAsync(("Onsale:RateLimits:Enabled", "true"));
        var made = await TestEvent.WithSeatsAndStandingAsync(house.Node.DataSource, 4, 8, 8, house.Own);
        var before = await StateOfAsync(house, made.Id);

        var started = await house.StartAsync(made, Plan(buyers: 60));
        started.Status.ShouldBe(201, started.Body.ToString());
        started["state"].GetString().ShouldBe("waiting");
        var copy = await house.CopyOfAsync(started.Id);
        var ended = await house.EndAsync(made, started.Id);

        var report = ended.GetProperty("report");
        report.GetProperty("placesTotal").GetInt32().ShouldBe(40);
        report.GetProperty("placesSold").GetInt32().ShouldBeInRange(20, 40);
        report.GetProperty("bookings").GetInt32().ShouldBePositive();
        report.GetProperty("arrived").GetInt32().ShouldBe(60);
        report.GetProperty("outcomes").EnumerateArray().Sum(one => one.GetProperty("count").GetInt32()).ShouldBe(60);
        report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())
            .ShouldBeSubsetOf(["guest", "event", "queue", "availability", "hold", "pay", "release"]);
        report.GetProperty("refusals").ToString().ShouldNotContain("rate-limited");
        var advice = report.GetProperty("advice");
        advice.GetProperty("holdMinutes").GetInt32().ShouldBe(1);
        advice.GetProperty("unpaidHolds").GetInt32().ShouldBePositive();
        ended.GetProperty("audit").GetArrayLength().ShouldBe(0, ended.GetProperty("audit").ToString());

        (await house.TracesOfAsync(copy)).ShouldBeEmpty();
        (await StateOfAsync(house, made.Id)).ShouldBe(before);
        (await house.Node.DataSource.CountAsync("ledger_entries", "true")).ShouldBe(0);
        var activity = await house.Organisation.AskAsync(HttpMethod.Get, "/activity");
        activity.Body.ToString().ShouldContain("rehearsal.started");
    }

    [Fact]
    public async Task Copy_is_sold_without_money_whichever_provider_takes_payments()
    {
        // No provider at all: a real booking could not be paid.
        await using var house = await RehearsalHouse.OpenAsync(("Onsale:Payments:Simulated", "false"));
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [20], house.Own);

        var started = await house.StartAsync(made, Plan(buyers: 200, minutes: 10, profile: new
        {
            arrivalSeconds = 600,
            chooseSeconds = new { from = 0, to = 0 },
            checkoutSeconds = new { from = 0, to = 0 },
        }));
        var copy = await house.CopyOfAsync(started.Id);
        await Eventually.ShouldBeTrueAsync(
            async () => await house.Node.DataSource.CountAsync(
                "payments", $"event_id = '{copy}' and state = 1 and provider = 'rehearsal' and amount = 0") > 0,
            "a place is paid for");

        await house.Organisation.AskAsync(HttpMethod.Delete, $"/events/{made.Id}/rehearsals/{started.Id}");
        await house.EndAsync(made, started.Id, "stopped");
        (await house.Node.DataSource.CountAsync("simulated_payments", "true")).ShouldBe(0);
    }

    [Fact]
    public async Task Second_rehearsal_is_refused_while_one_is_under_way_and_stopping_ends_it()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [50], house.Own);
        var other = await TestOrganisation.FoundAsync(house.Node);
        var theirs = await TestEvent.WithPoolsAsync(
            house.Node.DataSource, [5], one => one with { OrganisationId = other.Id });
        // These buyers would take ten minutes.
        var slow = Plan(buyers: 20, minutes: 10, profile: new
        {
            arrivalSeconds = 1,
            preQueueSeconds = 0,
            chooseSeconds = new { from = 600, to = 600 },
        });

        var first = await house.StartAsync(made, slow);
        first.Status.ShouldBe(201, first.Body.ToString());
        (await house.StartAsync(made, Plan())).ShouldRefuse(409, "rehearsal-running");
        (await other.AskAsync(HttpMethod.Post, $"/events/{theirs.Id}/rehearsals", null, Plan()))
            .ShouldRefuse(409, "rehearsal-running");
        await Eventually.ShouldBeTrueAsync(
            async () => (await house.GetAsync(made, first.Id)).Body.TryGetProperty("progress", out var progress)
                && progress.GetProperty("arrived").GetInt32() == 20,
            "the buyers have come");
        (await house.Node.Client.GetStringAsync("/api/v1/events?from=1999-01-01&limit=50"))
            .ShouldNotContain($"{await house.CopyOfAsync(first.Id)}");
        // Another organisation's rehearsal is none of theirs.
        (await other.AskAsync(HttpMethod.Delete, $"/events/{theirs.Id}/rehearsals/{first.Id}"))
            .ShouldRefuse(404, "rehearsal-not-found");

        var stopped = await house.Organisation.AskAsync(HttpMethod.Delete, $"/events/{made.Id}/rehearsals/{first.Id}");
        stopped.Status.ShouldBe(200, stopped.Body.ToString());
        var ended = await house.EndAsync(made, first.Id, "stopped");
        ended.GetProperty("report").GetProperty("outcomes")[0].GetProperty("code").GetString().ShouldBe("cut-off");
        (await house.TracesOfAsync(await house.CopyOfAsync(first.Id))).ShouldBeEmpty();
        var again = await house.Organisation.AskAsync(HttpMethod.Delete, $"/events/{made.Id}/rehearsals/{first.Id}");
        again["state"].GetString().ShouldBe("stopped");
        (await house.StartAsync(made, Plan(buyers: 1))).Status.ShouldBe(201);
        var list = await house.Organisation.AskAsync(HttpMethod.Get, $"/events/{made.Id}/rehearsals");
        list["data"].GetArrayLength().ShouldBe(2);
        list["data"][1].TryGetProperty("report", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_a_lost_node_has_left_is_audited_and_removed_by_the_next()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        Guid id, copy;
        TestEvent made;
        TestOrganisation organisation;
        await using (var node = await OnsaleNode.StartAsync(database))
        {
            organisation = await TestOrganisation.FoundAsync(node);
            var house = new RehearsalHouse(node, organisation);
            made = await TestEvent.WithPoolsAsync(node.DataSource, [50], house.Own);
            var started = await house.StartAsync(made, Plan(buyers: 30, minutes: 10, profile: new
            {
                arrivalSeconds = 1,
                chooseSeconds = new { from = 0, to = 0 },
                checkoutSeconds = new { from = 600, to = 600 },
            }));
            id = started.Id;
            copy = await house.CopyOfAsync(id);
            await Eventually.ShouldBeTrueAsync(
                async () => await node.DataSource.CountAsync("bookings", $"event_id = '{copy}'") > 10,
                "places are held");
        }

        await using var next = await OnsaleNode.StartAsync(database);
        var after = new RehearsalHouse(next, organisation with { Node = next });
        var ended = await after.EndAsync(made, id, "abandoned");

        ended.GetProperty("audit").GetArrayLength().ShouldBe(0, ended.GetProperty("audit").ToString());
        ended.GetProperty("failure").GetString()!.ShouldContain("node");
        (await after.TracesOfAsync(copy)).ShouldBeEmpty();
        (await after.StartAsync(made, Plan(buyers: 1))).Status.ShouldBe(201);
    }

    [LongFact]
    public async Task Buyers_wait_in_the_copys_room_are_drawn_and_let_in_and_its_settings_are_the_events()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        // The event's own sale and room are to come: a room that has opened would stop the run.
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [200], one => house.Own(one) with
        {
            OnSaleAt = TimeProvider.System.GetUtcNow().AddDays(21),
        });
        await QueueRoom.SetAsync(
            house.Node, made,
            new RoomSettings
            {
                Mode = RoomMode.Always,
                OpensAt = TimeProvider.System.GetUtcNow().AddDays(20),
                RatePerMinute = 1200,
                MaxInside = 50,
            },
            phase: null);

        var started = await house.StartAsync(made, Plan(buyers: 30));
        var report = (await house.EndAsync(made, started.Id)).GetProperty("report");

        report.GetProperty("bookings").GetInt32().ShouldBePositive(report.ToString());
        report.GetProperty("waitSeconds").GetProperty("p99").GetDouble().ShouldBePositive(report.ToString());
        report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString())
            .ShouldContain("admission");
        report.GetProperty("minutes").EnumerateArray().Sum(minute => minute.GetProperty("admitted").GetInt32())
            .ShouldBePositive();
    }

    [Fact]
    public async Task Sale_that_begins_soon_comes_first()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [5], house.Own);
        await TestEvent.WithPoolsAsync(house.Node.DataSource, [5], one => one with
        {
            OnSaleAt = TimeProvider.System.GetUtcNow().AddMinutes(8),
        });

        (await house.StartAsync(made, Plan())).ShouldRefuse(409, "on-sale-near");
    }

    [Fact]
    public async Task What_cannot_be_rehearsed_is_refused_and_starts_nothing()
    {
        await using var house = await RehearsalHouse.OpenAsync(("Onsale:Rehearsals:MaxBuyers", "40"));
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [5], house.Own);
        var foreign = await TestEvent.WithPoolsAsync(house.Node.DataSource, [5]);

        (await house.StartAsync(made, Plan(buyers: 41))).ShouldRefuse(400, "validation");
        (await house.StartAsync(made, Plan(profile: new { abandonPercent = 101 }))).ShouldRefuse(400, "validation");
        (await house.StartAsync(made, Plan(profile: new { robots = 5 }))).Status.ShouldBe(400);
        (await house.StartAsync(foreign, Plan())).ShouldRefuse(404, "event-not-found");
        (await house.Node.DataSource.CountAsync("rehearsals")).ShouldBe(0);
        var list = await house.Organisation.AskAsync(HttpMethod.Get, $"/events/{made.Id}/rehearsals");
        list["limits"].GetProperty("maxBuyers").GetInt32().ShouldBe(40);
        (await house.GetAsync(made, House.NewId())).ShouldRefuse(404, "rehearsal-not-found");
    }

    [Fact]
    public async Task Rehearsals_that_are_switched_off_are_refused()
    {
        await using var house = await RehearsalHouse.OpenAsync(("Onsale:Rehearsals:Enabled", "false"));
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [5], house.Own);

        (await house.StartAsync(made, Plan())).ShouldRefuse(409, "rehearsals-off");
    }

    [LongFact]
    public async Task Command_starts_one_at_a_running_node_and_prints_its_report()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [20], house.Own);
        var profile = Path.GetTempFileName();
        await File.WriteAllTextAsync(profile, """
            {"arrivalSeconds":1,"chooseSeconds":{"from":0,"to":0},"checkoutSeconds":{"from":0,"to":0},
             "abandonPercent":0}
            """);
        try
        {
            var run = await CommandRun.RunAsync(
                "rehearse", $"{made.Id}", "--buyers", "20", "--profile", profile, "--database", house.Node.Database);

            run.ExitCode.ShouldBe(0, run.Error + run.Output);
            run.Output.ShouldContain(" of 20 places in ");
            run.Output.ShouldContain("Best hold time: 1 min");
            run.Output.ShouldContain("Audit: no fault.");
            var wrong = await CommandRun.RunAsync(
                "rehearse", $"{made.Id}", "--buyers", "0", "--database", house.Node.Database);
            wrong.ExitCode.ShouldBe(2, wrong.Error);
            wrong.Error.ShouldContain("buyers: ");
        }
        finally
        {
            File.Delete(profile);
        }
    }

    [Fact]
    public async Task Removal_refuses_every_event_that_is_no_copy()
    {
        await using var house = await RehearsalHouse.OpenAsync();
        var made = await TestEvent.WithPoolsAsync(house.Node.DataSource, [5], house.Own);

        var refused = await Should.ThrowAsync<Npgsql.PostgresException>(
            () => house.Node.DataSource.ExecuteAsync("select remove_rehearsal_copy($1)", made.Id));
        refused.MessageText.ShouldContain("is not a copy");
        await Should.ThrowAsync<Npgsql.PostgresException>(() => house.Node.DataSource.ExecuteAsync(
            "select remove_rehearsal_copy($1)", RehearsalCopy.NewId(TimeProvider.System.GetUtcNow())));
        (await house.Node.DataSource.CountAsync("events", $"id = '{made.Id}'")).ShouldBe(1);
    }

    /// <summary>All that the tables of the selling path say of an event.</summary>
    private static async Task<string> StateOfAsync(RehearsalHouse house, Guid eventId)
    {
        var texts = new List<string>();
        foreach (var table in new[] { "tiers", "inventory", "seats", "pools", "bookings", "change_log", "payments" })
        {
            texts.Add(await house.ScalarAsync<string>(
                $"select coalesce(string_agg(t::text, '|' order by t::text), '') from {table} t where event_id = $1",
                eventId));
        }

        return string.Join('\n', texts);
    }
}
