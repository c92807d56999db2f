using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Audit;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Live;

public sealed class LiveFeedTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task A_watcher_gets_a_snapshot_first_and_then_what_changes()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        (await guest.HoldSeatsAsync(@event, 7)).Status.ShouldBe(201);
        await using var client = await LiveClient.ConnectAsync(_node, @event.Id);
        await client.ReachAsync(1);
        client.Messages[0].GetProperty("type").GetString().ShouldBe("snapshot");

        var hold = await guest.HoldSeatsAsync(@event, 3, 4);
        await client.ReachAsync(2);
        client.Seats()[..10].ShouldBe(
            Enumerable.Range(0, 10).Select(seat => seat is 3 or 4 or 7 ? SeatState.Held : SeatState.Available));
        client.Available[@event.Tiers[0].Id].ShouldBe(27);

        (await guest.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        await client.ReachAsync(4);
        client.Seats()[3].ShouldBe(SeatState.Sold);
    }

    [Fact]
    public async Task One_who_comes_back_with_a_version_gets_only_what_it_missed()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        await using var client = await LiveClient.ConnectAsync(_node, @event.Id);
        await client.ReachAsync(0);
        client.Cut();
        (await guest.HoldSeatsAsync(@event, 3, 4)).Status.ShouldBe(201);
        (await guest.HoldSeatsAsync(@event, 5)).Status.ShouldBe(201);

        await using var again = await LiveClient.ConnectAsync(_node, @event.Id, resume: client);
        await again.ReachAsync(2);

        again.Snapshots.ShouldBe(0);
        again.Seats()[3..6].ShouldAllBe(state => state == SeatState.Held);
    }

    [Fact]
    public async Task A_version_outside_the_history_gets_a_snapshot_never_a_part()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 2, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        await using var client = await LiveClient.ConnectAsync(_node, @event.Id);
        await client.ReachAsync(0);
        client.Cut();
        (await guest.HoldSeatsAsync(@event, 3)).Status.ShouldBe(201);
        (await guest.HoldSeatsAsync(@event, 4)).Status.ShouldBe(201);

        // A node that has only just loaded the event has no history at all.
        await using var fresh = await OnsaleNode.StartAsync(_node.Database);
        await using var again = await LiveClient.ConnectAsync(fresh, @event.Id, resume: client);
        await again.ReachAsync(2);

        again.Snapshots.ShouldBe(1);
        again.Seats()[3..5].ShouldAllBe(state => state == SeatState.Held);
    }

    [Fact]
    public async Task Whoever_replays_the_feed_has_what_the_tables_have_under_load_with_cuts_on_two_nodes()
    {
        await using var other = await OnsaleNode.StartAsync(_node.Database);
        var @event = await TestEvent.WithSeatsAsync(
            _node.DataSource, rows: 20, seatsInRow: 20, made => made with { MaxTicketsPerBuyer = 1000 });
        var nodes = new[] { _node, other };
        var stopping = new CancellationTokenSource();
        var watching = nodes.SelectMany(node => Enumerable.Range(0, 4).Select(seed => WatchAsync(node, seed))).ToList();

        var guests = await Booker.GuestsAsync(_node, 8);
        await Task.WhenAll(guests.Select((guest, number) => BookAsync(guest.At(nodes[number % 2]), number)));
        await stopping.CancelAsync();
        var clients = await Task.WhenAll(watching);

        var (version, seats) = await TablesAsync(@event);
        foreach (var client in clients)
        {
            // The contract grants two seconds to a node that nobody tells of another's commits; the machine may be
            // busy.
            await client.ReachAsync(version, TimeSpan.FromSeconds(10));
            client.Seats()[..400].ShouldBe(seats);
            client.Fault.ShouldBeNull();
            await client.DisposeAsync();
        }

        stopping.Dispose();

        async Task BookAsync(Booker guest, int seed)
        {
            var random = new Random(seed);
            var held = new List<Guid>();
            for (var i = 0; i < 60; i++)
            {
                if (held.Count > 5 && random.Next(2) == 0)
                {
                    (await guest.CancelAsync(@event, held[0])).Status.ShouldBe(200);
                    held.RemoveAt(0);
                    continue;
                }

                var seat = random.Next(398);
                var answer = await guest.HoldSeatsAsync(@event, seat, seat + 1);
                if (answer.Status == 201)
                    held.Add(answer.Id);
            }
        }

        async Task<LiveClient> WatchAsync(OnsaleNode node, int seed)
        {
            var random = new Random(seed);
            var client = await LiveClient.ConnectAsync(node, @event.Id);
            while (!stopping.IsCancellationRequested)
            {
                var next = client.Version + random.Next(1, 30);
                await Eventually.ShouldBeTrueAsync(
                    () => client.Version >= next || stopping.IsCancellationRequested, "the feed goes on");
                client.Fault.ShouldBeNull();
                client.Cut();
                await Eventually.ShouldBeTrueAsync(() => client.HasEnded, "the connection ends");
                var resumed = await LiveClient.ConnectAsync(node, @event.Id, resume: client);
                await client.DisposeAsync();
                client = resumed;
            }

            return client;
        }
    }

    [Fact]
    public async Task Messages_of_changes_come_at_most_ten_a_second()
    {
        var @event = await TestEvent.WithPoolsAsync(
            _node.DataSource, [10_000], change: made => made with { MaxTicketsPerBuyer = 10_000 });
        await using var client = await LiveClient.ConnectAsync(_node, @event.Id);
        await client.ReachAsync(0);
        var guest = await Booker.GuestAsync(_node);
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        for (var i = 0; i < 300; i++)
            (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        await client.ReachAsync(300);

        client.Changes.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(time.GetElapsedTime(began).TotalSeconds * 10) + 1);
        client.Available[@event.Tiers[0].Id].ShouldBe(9_700);
    }

    [Fact]
    public async Task Server_sent_events_carry_the_same_and_resume_by_last_event_id()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 8);
        var guest = await Booker.GuestAsync(_node);
        (await guest.HoldSeatsAsync(@event, 1)).Status.ShouldBe(201);

        var first = await ReadEventsAsync(@event, lastEventId: null, count: 1);
        (await guest.HoldSeatsAsync(@event, 6)).Status.ShouldBe(201);
        var second = await ReadEventsAsync(@event, lastEventId: first[0].Id, count: 1);

        first[0].Id.ShouldBe("1");
        first[0].Data.ShouldStartWith("""{"type":"snapshot","version":1,"seats":"BAA=","tiers":[""");
        second[0].Id.ShouldBe("2");
        second[0].Data.ShouldStartWith(
            """{"type":"changes","version":2,"from":1,"available":[],"held":[6],"sold":[],"blocked":[],"tiers":[""");
    }

    [Fact]
    public async Task The_number_of_viewers_is_told()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        await using var first = await LiveClient.ConnectAsync(_node, @event.Id);
        await using var second = await LiveClient.ConnectAsync(_node, @event.Id);

        await Eventually.ShouldBeTrueAsync(
            () => first.Messages.ToArray().Any(message => message.GetProperty("type").GetString() == "viewers"
                && message.GetProperty("count").GetInt32() == 2), "two viewers are told");
    }

    [Fact]
    public async Task A_change_of_the_event_itself_is_told()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        await using var client = await LiveClient.ConnectAsync(_node, @event.Id);
        await client.ReachAsync(0);

        await using (var command = _node.DataSource.CreateCommand("""
            with changed as (update events set status = 2 where id = $1 returning id)
            update inventory set settings_version = settings_version + 1 from changed where event_id = changed.id
            """))
        {
            command.Parameters.Add(new() { Value = @event.Id });
            await command.ExecuteNonQueryAsync();
        }

        await Eventually.ShouldBeTrueAsync(
            () => client.Messages.ToArray().Any(message => message.GetProperty("type").GetString() == "event"
                && message.GetProperty("status").GetString() == "cancelled"), "the cancellation is told");
    }

    [Theory]
    [InlineData("", "text/event-stream", "not-an-event", 404)]
    [InlineData("?version=x", "text/event-stream", null, 400)]
    [InlineData("", "application/json", null, 426)]
    public async Task What_cannot_be_watched_is_refused_with_a_reason(
        string query, string accept, string? id, int status)
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/events/{id ?? @event.Id.ToString()}/live{query}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));

        using var response = await _node.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        if (status == 426)
        {
            response.Headers.Upgrade.ToString().ShouldBe("websocket");
            response.Headers.GetValues("Sec-WebSocket-Version").ShouldBe(["13"]);
        }
    }

    [Fact]
    public async Task A_page_of_another_origin_may_not_open_the_feed()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [1]);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");

        var refused = await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri($"ws://{_node.Address.Authority}/api/v1/events/{@event.Id}/live"), CancellationToken.None));

        refused.Message.ShouldContain("403");
    }

    [Fact]
    public async Task A_page_of_an_origin_that_is_listed_may()
    {
        await using var node = await OnsaleNode.StartAsync(
            _node.Database, settings: [("Onsale:Live:AllowedOrigins:1", "https://shop.example")]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://shop.example");

        await socket.ConnectAsync(
            new Uri($"ws://{node.Address.Authority}/api/v1/events/{@event.Id}/live"), CancellationToken.None);

        socket.State.ShouldBe(WebSocketState.Open);
    }

    [Fact]
    public async Task An_address_with_too_many_connections_is_refused_and_gets_its_place_back_later()
    {
        await using var node = await OnsaleNode.StartAsync(
            _node.Database, settings: [("Onsale:Live:MaxConnectionsPerAddress", "2")]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        var first = await LiveClient.ConnectAsync(node, @event.Id);
        await using var second = await LiveClient.ConnectAsync(node, @event.Id);

        (await Should.ThrowAsync<WebSocketException>(() => LiveClient.ConnectAsync(node, @event.Id)))
            .Message.ShouldContain("503");

        await first.DisposeAsync();
        await Eventually.ShouldPassAsync(
            async () => await (await LiveClient.ConnectAsync(node, @event.Id)).DisposeAsync());
    }

    [Theory]
    [InlineData("?version=0", "2", "\"changes\",\"version\":2,\"from\":2")]
    [InlineData("?version=1", null, "\"changes\",\"version\":2,\"from\":1")]
    [InlineData("?version=2", "1", "\"changes\",\"version\":2,\"from\":2")]
    [InlineData("?version=", "1", "\"changes\",\"version\":2,\"from\":1")]
    [InlineData("?version=1", "abc", "\"changes\",\"version\":2,\"from\":1")]
    [InlineData("", "abc", "\"snapshot\",\"version\":2")]
    public async Task Who_reconnects_at_its_first_address_is_sent_only_what_it_has_not_had(
        string query, string? lastEventId, string beginning)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 8);
        var guest = await Booker.GuestAsync(_node);
        (await guest.HoldSeatsAsync(@event, 1)).Status.ShouldBe(201);
        (await guest.HoldSeatsAsync(@event, 6)).Status.ShouldBe(201);

        var first = await ReadEventsAsync(@event, lastEventId, count: 1, query);

        first[0].Data.ShouldStartWith($"{{\"type\":{beginning}");
    }

    private async Task<List<(string? Id, string Data)>> ReadEventsAsync(
        TestEvent @event, string? lastEventId, int count, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live{query}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        using var response = await _node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        await using var stream = await response.Content.ReadAsStreamAsync();
        var events = new List<(string?, string)>();
        // The framework's own parser: what an EventSource would see.
        await foreach (var item in System.Net.ServerSentEvents.SseParser.Create(stream).EnumerateAsync())
        {
            events.Add((item.EventId, item.Data));
            if (events.Count == count)
                break;
        }

        return events;
    }

    private async Task<(long Version, SeatState[] Seats)> TablesAsync(TestEvent @event)
    {
        (await _node.Services.GetRequiredService<Auditor>().AuditAsync(@event.Id)).ShouldBeEmpty();
        await using var command = _node.DataSource.CreateCommand("""
            select version, array(select state from seats where event_id = $1 order by ordinal)
            from inventory where event_id = $1
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = @event.Id });
        await using var rows = await command.ExecuteReaderAsync();
        (await rows.ReadAsync()).ShouldBeTrue();
        return (rows.GetInt64(0), [.. rows.GetFieldValue<short[]>(1).Select(state => (SeatState)state)]);
    }
}
