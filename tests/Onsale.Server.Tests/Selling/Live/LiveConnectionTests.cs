using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Selling.Live;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Live;

/// <summary>What single connections may and may not do, and what becomes of them.</summary>
public sealed class LiveConnectionTests
{
    private const int Ping = 9;
    private const int Pong = 10;

    [Fact]
    public async Task A_reader_that_takes_nothing_is_dropped_while_the_others_go_on()
    {
        await using var node = await OnsaleNode.StartAsync(configure: SmallBuffers);
        using var watch = new LiveWatch(node);
        // Each message names every tier: some kilobytes, so that buffers are full soon.
        var @event = await TestEvent.WithPoolsAsync(
            node.DataSource, [.. Enumerable.Repeat(1000, 100)], made => made with { MaxTicketsPerBuyer = 1000 });
        var guest = await Booker.GuestAsync(node);
        using var stuck = await RawLiveConnection.ConnectAsync(node, @event.Id);
        await using var other = await LiveClient.ConnectAsync(node, @event.Id);

        await Eventually.ShouldPassAsync(async () =>
        {
            (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
            watch["drops TooSlow"].ShouldBe(1);
        }, TimeSpan.FromSeconds(60));

        // Its connection is cut, and what it has not read is gone with it.
        await Eventually.ShouldBeTrueAsync(() => watch["connections websocket"] == 1, "its connection is given back");
        var version = await VersionAsync(node, @event);
        await other.ReachAsync(version);
        other.Fault.ShouldBeNull();
        other.Snapshots.ShouldBe(1);
        other.HasEnded.ShouldBeFalse();

        // It recovers by itself: it comes back.
        using var again = await RawLiveConnection.ConnectAsync(node, @event.Id, version: 0);
        Encoding.UTF8.GetString(await again.ReadUntilAsync(code: 1)).ShouldStartWith(
            $$"""{"type":"changes","version":{{version}},"from":0,""");
    }

    [Fact]
    public async Task One_that_does_not_answer_pings_is_closed_and_one_that_does_stays()
    {
        await using var node = await OnsaleNode.StartAsync(settings:
            [("Onsale:Live:KeepAliveSeconds", "0.3"), ("Onsale:Live:KeepAliveTimeoutSeconds", "4")]);
        using var watch = new LiveWatch(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        await using var alive = await LiveClient.ConnectAsync(node, @event.Id);
        using var dead = await RawLiveConnection.ConnectAsync(node, @event.Id);

        await dead.ReadUntilAsync(Ping);
        var (status, _) = await dead.ReadCloseAsync();

        status.ShouldBe(1001);
        watch["drops Silent"].ShouldBe(1);
        await Eventually.ShouldBeTrueAsync(() => watch["connections websocket"] == 1, "only the living one is left");
        alive.HasEnded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_reader_of_events_gets_signs_of_life_and_is_given_up_when_it_leaves_or_acknowledges_none()
    {
        var sockets = new ConcurrentQueue<Socket>();
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:Live:KeepAliveSeconds", "0.3"), ("Onsale:Live:KeepAliveTimeoutSeconds", "7.5")],
            configure: builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(
                endpoint => endpoint.Use(next => connection =>
                {
                    sockets.Enqueue(connection.Features.Get<IConnectionSocketFeature>()!.Socket);
                    return next(connection);
                }))));
        using var watch = new LiveWatch(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live");
        request.Headers.Accept.ParseAdd("text/event-stream");
        var response = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync()))
        {
            for (var pings = 0; pings < 2;)
                pings += await reader.ReadLineAsync() == ": ping" ? 1 : 0;
            if (OperatingSystem.IsLinux())
                TcpUserTimeout.LinuxBoundOf(sockets.ShouldHaveSingleItem()).ShouldBe(TimeSpan.FromSeconds(7.5));
        }

        response.Dispose();
        await Eventually.ShouldBeTrueAsync(() => watch["connections sse"] == 0, "its connection is given back");
    }

    [Theory]
    [InlineData(1, "hello")]
    [InlineData(2, "")]
    public async Task A_message_from_a_client_is_against_the_rules(int code, string payload)
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        using var client = await RawLiveConnection.ConnectAsync(node, @event.Id);

        await client.SendFrameAsync(code, payload);

        (await client.ReadCloseAsync()).ShouldBe((1008, "This feed takes no messages."));
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x00 })] // not masked
    [InlineData(new byte[] { 0xC9, 0x80, 0, 0, 0, 0 })] // a reserved bit
    [InlineData(new byte[] { 0x09, 0x80, 0, 0, 0, 0 })] // a control frame in parts
    [InlineData(new byte[] { 0x89, 0xFE, 1, 0, 0, 0, 0, 0 })] // a control frame too long
    [InlineData(new byte[] { 0x83, 0x80, 0, 0, 0, 0 })] // a kind that does not exist
    public async Task What_is_no_frame_of_a_client_is_a_protocol_error(byte[] bytes)
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        using var client = await RawLiveConnection.ConnectAsync(node, @event.Id);

        await client.SendAsync(bytes);

        (await client.ReadCloseAsync()).Status.ShouldBe(1002);
    }

    [Fact]
    public async Task A_ping_is_answered_also_when_it_comes_in_pieces_and_a_close_is_returned()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        using var client = await RawLiveConnection.ConnectAsync(node, @event.Id);

        await client.SendAsync(0x89);
        await client.SendAsync(0x83, 0, 0, 0, 0);
        await client.SendAsync([.. "abc"u8]);
        (await client.ReadUntilAsync(Pong)).ShouldBe([.. "abc"u8]);

        await client.SendFrameAsync(8, "");
        (await client.ReadCloseAsync()).Status.ShouldBe(1000);
        (await client.ReadFrameAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_stopping_node_says_so_at_once_and_does_not_wait_for_those_who_watch()
    {
        var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [1]);
        using var client = await RawLiveConnection.ConnectAsync(node, @event.Id);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var events = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var reading = events.Content.ReadAsByteArrayAsync();

        var stop = node.StopAsync();

        (await client.ReadCloseAsync()).ShouldBe((1001, "The server is restarting: reconnect."));
        client.Dispose();
        await stop.WaitAsync(TimeSpan.FromSeconds(15));
        Encoding.UTF8.GetString(await reading).ShouldStartWith("retry: 2000\n\n");
        await node.DisposeAsync();
    }

    [Fact]
    public async Task A_WebSocket_over_HTTP_2_is_the_same()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Kestrel:EndpointDefaults:Protocols", "Http2")]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [5]);
        using var socket = new ClientWebSocket
        {
            Options =
            {
                HttpVersion = HttpVersion.Version20,
                HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact,
            },
        };
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());

        await socket.ConnectAsync(
            new Uri($"ws://{node.Address.Authority}/api/v1/events/{@event.Id}/live"), invoker, CancellationToken.None);

        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Encoding.UTF8.GetString(buffer, 0, received.Count).ShouldStartWith("""{"type":"snapshot","version":0,""");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task Two_thousand_that_come_back_at_once_cost_a_handful_of_reads()
    {
        const int clients = 2000;
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:Live:MaxConnectionsPerAddress", "10000")]);
        using var watch = new LiveWatch(node);
        var @event = await TestEvent.WithSeatsAsync(node.DataSource, rows: 10, seatsInRow: 100);
        var guest = await Booker.GuestAsync(node);
        (await guest.HoldSeatsAsync(@event, 1, 2)).Status.ShouldBe(201);
        await using var other = await LiveClient.ConnectAsync(node, @event.Id);
        using var inventory = new InventoryWatch(node);

        var connected = await Task.WhenAll(Enumerable.Range(0, clients).Select(
            index => RawLiveConnection.ConnectAsync(node, @event.Id, version: index % 2)));
        var first = await Task.WhenAll(connected.Select(client => client.ReadUntilAsync(code: 1)));

        first.Select(Encoding.UTF8.GetString).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
        watch["recoveries changes"].ShouldBe(clients);
        // The feed asks through the inventory and no other way; what it asks anyway, each second, is among them.
        inventory.Looks.ShouldBeLessThan(40);
        await Eventually.ShouldBeTrueAsync(() => inventory.Looks > 0, "looks are counted");
        foreach (var client in connected)
            client.Dispose();
    }

    [Fact]
    public async Task Commits_reach_a_watcher_in_their_order()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithSeatsAsync(node.DataSource, rows: 1, seatsInRow: 2);
        await using var client = await LiveClient.ConnectAsync(node, @event.Id);
        await client.ReachAsync(0);
        var guest = await Booker.GuestAsync(node);
        for (var i = 0; i < 100; i++)
        {
            var hold = await guest.HoldSeatsAsync(@event, 0, 1);
            (await guest.CancelAsync(@event, hold.Id)).Status.ShouldBe(200);
        }

        await client.ReachAsync(200);

        var versions = client.Messages.Where(message => message.GetProperty("type").GetString() == "changes")
            .Select(message => (
                From: message.GetProperty("from").GetInt64(), Version: message.GetProperty("version").GetInt64()))
            .ToList();
        versions[0].From.ShouldBe(0);
        versions.Zip(versions.Skip(1))
            .ShouldAllBe(pair => pair.First.Version == pair.Second.From && pair.Second.From < pair.Second.Version);
        client.Seats()[..2].ShouldAllBe(state => state == Onsale.Inventory.SeatState.Available);
    }

    [Fact]
    public async Task One_that_is_ahead_of_a_node_is_not_sent_back_in_time()
    {
        await using var first = await OnsaleNode.StartAsync();
        await using var second = await OnsaleNode.StartAsync(first.Database);
        var @event = await TestEvent.WithSeatsAsync(first.DataSource, rows: 1, seatsInRow: 30);
        var guest = await Booker.GuestAsync(first);
        await using var watcher = await LiveClient.ConnectAsync(first, @event.Id);
        await using var keepsLoaded = await LiveClient.ConnectAsync(second, @event.Id);
        await keepsLoaded.ReachAsync(0);
        for (var seat = 0; seat < 8; seat++)
        {
            (await guest.HoldSeatsAsync(@event, seat)).Status.ShouldBe(201);
            await watcher.ReachAsync(seat + 1);

            await using var moved = await LiveClient.ConnectAsync(second, @event.Id, resume: watcher);
            await Eventually.ShouldBeTrueAsync(() => moved.Messages.Count > 0, "it is given a beginning");

            moved.Fault.ShouldBeNull();
            moved.Seats()[seat].ShouldBe(Onsale.Inventory.SeatState.Held);
        }
    }

    [Fact]
    public async Task One_that_is_ahead_and_comes_while_the_node_looks_for_others_waits_for_the_next_look()
    {
        await using var first = await OnsaleNode.StartAsync();
        await using var second = await OnsaleNode.StartAsync(first.Database);
        var @event = await TestEvent.WithSeatsAsync(first.DataSource, rows: 1, seatsInRow: 4);
        var lane = (await second.Services.GetRequiredService<EventLanes>().ReadAsync(@event.Id)).Lane.ShouldNotBeNull();
        var guest = await Booker.GuestAsync(first);
        await using var watcher = await LiveClient.ConnectAsync(first, @event.Id);
        (await guest.HoldSeatsAsync(@event, 0)).Status.ShouldBe(201);
        await watcher.ReachAsync(1);
        await Eventually.ShouldBeTrueAsync(
            () => lane.Availability.Age.TotalMilliseconds > JournalLimits.MaxReadAgeMilliseconds,
            "what is known is old");
        LiveClient fresh, ahead;
        await using (await InventoryLock.TakeAsync(first.DataSource, @event.Id))
        {
            // The first starts a look, which waits for the lock; nobody it is for has seen anything yet.
            fresh = await LiveClient.ConnectAsync(second, @event.Id);
            ahead = await LiveClient.ConnectAsync(second, @event.Id, resume: watcher);
            await Eventually.ShouldBeTrueAsync(() => fresh.Messages.Count > 0, "what is old is better than nothing");
        }

        await fresh.ReachAsync(1);
        await Eventually.ShouldBeTrueAsync(() => ahead.Messages.Count > 0, "it is given a beginning");
        lane.Availability.Version.ShouldBe(1);
        ahead.Fault.ShouldBeNull();
        ahead.Snapshots.ShouldBe(0);
        ahead.Seats()[0].ShouldBe(Onsale.Inventory.SeatState.Held);
        await fresh.DisposeAsync();
        await ahead.DisposeAsync();
    }

    [Fact]
    public async Task Server_sent_events_byte_by_byte()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithSeatsAsync(node.DataSource, rows: 1, seatsInRow: 8);
        var tier = @event.Tiers[0].Id;
        (await (await Booker.GuestAsync(node)).HoldSeatsAsync(@event, 1, 2)).Status.ShouldBe(201);
        var changes = """{"type":"changes","version":1,"from":0,"available":[],"held":[1,2],"sold":[],"blocked":[]"""
            + $$""","tiers":[{"id":"{{tier}}","available":6}]}""";
        var expected = $"retry: 2000\n\nid: 1\ndata: {changes}\n\n";
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/live?version=0");
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await node.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var bytes = new byte[expected.Length];
        await stream.ReadExactlyAsync(bytes);

        Encoding.UTF8.GetString(bytes).ShouldBe(expected);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task What_the_feed_does_is_on_the_metrics_page()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:Live:MaxConnectionsPerAddress", "2")]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [9]);
        var guest = await Booker.GuestAsync(node);
        await using var client = await LiveClient.ConnectAsync(node, @event.Id);
        (await guest.HoldTicketsAsync(@event, 1)).Status.ShouldBe(201);
        await client.ReachAsync(1);
        using var again = await RawLiveConnection.ConnectAsync(node, @event.Id, version: 0);
        await Should.ThrowAsync<WebSocketException>(() => LiveClient.ConnectAsync(node, @event.Id));
        await again.SendFrameAsync(1, "hello");
        await again.ReadCloseAsync();

        await Eventually.ShouldPassAsync(async () =>
        {
            var text = await node.Client.GetStringAsync("/metrics");
            text.ShouldMatch("onsale_live_connections\\{[^}]*transport=\"websocket\"\\}");
            text.ShouldMatch("onsale_live_messages_total\\{[^}]*\\} [1-9]");
            text.ShouldMatch("onsale_live_drops_total\\{[^}]*reason=\"SpokeUp\"\\} 1");
            text.ShouldMatch("onsale_live_refusals_total\\{[^}]*\\} 1");
            text.ShouldMatch("onsale_live_recoveries_total\\{[^}]*with=\"changes\"\\} 1");
            text.ShouldMatch("onsale_live_delay_seconds_count\\{[^}]*\\} [1-9]");
            await MetricsTests.PromtoolShouldAcceptAsync(text);
        });
    }

    [Fact]
    public async Task An_IPv6_network_is_one_caller_like_for_rate_limits()
    {
        await using var node = await OnsaleNode.StartAsync(settings: [("Onsale:Live:MaxConnectionsPerAddress", "2")]);
        var hub = node.Services.GetRequiredService<LiveHub>();

        hub.TryEnter(IPAddress.Parse("2001:db8:1:2::1")).ShouldBeTrue();
        hub.TryEnter(IPAddress.Parse("2001:db8:1:2:ffff::2")).ShouldBeTrue();
        hub.TryEnter(IPAddress.Parse("2001:db8:1:2::3")).ShouldBeFalse();
        hub.TryEnter(IPAddress.Parse("2001:db8:1:3::1")).ShouldBeTrue();
        hub.Exit(IPAddress.Parse("2001:db8:1:2::1"));
        hub.TryEnter(IPAddress.Parse("2001:db8:1:2::3")).ShouldBeTrue();
        hub.Connections.ShouldBe(3);
    }

    [Fact]
    public void Settings_that_the_server_cannot_keep_are_refused_by_their_names()
    {
        new LiveOptions().Faults().ShouldBeEmpty();
        new LiveOptions { MaxConnections = 1_000_000 }.Faults().Single().ShouldContain("Onsale:Live:MaxConnections");
        new LiveOptions { MaxConnectionsPerAddress = 0, KeepAliveSeconds = 0, KeepAliveTimeoutSeconds = double.NaN }
            .Faults().Count().ShouldBe(3);
    }

    private static void SmallBuffers(WebApplicationBuilder builder)
    {
        builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = endPoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.SendBufferSize = 4096; // connections inherit it
            return socket;
        });
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxResponseBufferSize = 4096);
    }

    private static async Task<long> VersionAsync(OnsaleNode node, TestEvent @event) =>
        (await node.DataSource.QueryAsync<long>("select version from inventory where event_id = $1", @event.Id))[0];
}
