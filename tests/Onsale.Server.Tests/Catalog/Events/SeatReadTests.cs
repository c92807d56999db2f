using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Journal;
using Onsale.Inventory.Engine.Lanes;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class SeatReadTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Availability_tells_each_seat_by_two_bits_and_each_tier_by_numbers()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        await guest.HoldSeatsAsync(@event, 4, 5);
        var bought = await guest.HoldSeatsAsync(@event, 20, 21);
        await guest.ConfirmAsync(@event, bought.Id);

        var answer = await GetAsync($"{@event.Id}/availability");

        answer.GetProperty("eventId").GetGuid().ShouldBe(@event.Id);
        var states = Unpack(answer.GetProperty("seats").GetBytesFromBase64(), 30);
        states.Index().Where(seat => seat.Item != 0).ShouldBe([(4, 1), (5, 1), (20, 2), (21, 2)]);
        answer.GetProperty("tiers").GetRawText().ShouldBe(
            $$"""[{"id":"{{@event.Tiers[0].Id}}","total":30,"available":26}]""");
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData("available", 57)]
    [InlineData("held", 3)]
    [InlineData("sold", 0)]
    public async Task Pages_of_seats_together_are_all_seats_in_order(string? status, int count)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 20);
        await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 5, 20, 59);
        var expected = Enumerable.Range(0, 60).Where(seat => status switch
        {
            null => true,
            "held" => seat is 5 or 20 or 59,
            "available" => seat is not (5 or 20 or 59),
            _ => false,
        });

        var seats = new List<int>();
        for (var page = 1; page <= 10; page++)
        {
            var answer = await GetAsync($"{@event.Id}/seats?limit=7&page={page}&status={status}");
            answer.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(count);
            seats.AddRange(
                answer.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("seat").GetInt32()));
        }

        seats.ShouldBe(expected);
    }

    [Fact]
    public async Task A_journal_that_does_not_answer_keeps_no_reader_waiting()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var known = await GetAsync($"{@event.Id}/availability");
        await using var stuck = await InventoryLock.TakeAsync(_node.DataSource, @event.Id);
        var board = _node.Services.GetRequiredService<EventLanes>().FindLoaded(@event.Id)!.Availability;
        await Eventually.ShouldBeTrueAsync(
            () => board.Age.TotalMilliseconds > JournalLimits.MaxReadAgeMilliseconds, "what is known is old");

        // The batch that would look waits for the lock twice as long.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(JournalLimits.LockTimeoutSeconds / 2));
        var answer = await _node.Client.GetFromJsonAsync<JsonElement>(
            $"/api/v1/events/{@event.Id}/availability", patience.Token);

        answer.GetProperty("version").GetInt64().ShouldBe(known.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Availability_since_a_version_tells_only_what_changed()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var guest = await Booker.GuestAsync(_node);
        await guest.HoldSeatsAsync(@event, 1);
        var known = (await GetAsync($"{@event.Id}/availability")).GetProperty("version").GetInt64();
        var hold = await guest.HoldSeatsAsync(@event, 7, 8);

        var changes = await GetAsync($"{@event.Id}/availability?since={known}");

        changes.GetProperty("from").GetInt64().ShouldBe(known);
        changes.GetProperty("version").GetInt64().ShouldBe(hold["version"].GetInt64());
        changes.GetProperty("held").GetRawText().ShouldBe("[7,8]");
        changes.GetProperty("sold").GetRawText().ShouldBe("[]");
        changes.TryGetProperty("seats", out _).ShouldBeFalse();
        changes.GetProperty("tiers")[0].GetProperty("available").GetInt32().ShouldBe(27);
    }

    [Fact]
    public async Task A_version_that_is_not_known_gets_the_whole()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 4);

        (await GetAsync($"{@event.Id}/availability?since=999999")).TryGetProperty("seats", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task A_wrong_version_is_refused(string since)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 4);

        await (await _node.Client.GetAsync($"/api/v1/events/{@event.Id}/availability?since={since}"))
            .ShouldRefuseAsync("since");
    }

    [Fact]
    public async Task Unchanged_availability_is_not_sent_again_and_a_hold_changes_its_tag()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 8);
        using var first = await _node.Client.GetAsync($"/api/v1/events/{@event.Id}/availability");

        (await AgainAsync()).ShouldBe(HttpStatusCode.NotModified);
        await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 0, 1);
        (await AgainAsync()).ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, first.RequestMessage!.RequestUri);
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var response = await _node.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Seats_are_listed_readably_and_filtered_by_state_and_section()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 12, 13);

        var all = await GetAsync($"{@event.Id}/seats?limit=50");
        all.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(30);
        var held = (await GetAsync($"{@event.Id}/seats?status=held")).GetProperty("data").EnumerateArray().ToList();
        held.Select(seat => seat.GetProperty("seat").GetInt32()).ShouldBe([12, 13]);
        var seat = held[0];
        seat.GetProperty("status").GetString().ShouldBe("held");
        seat.GetProperty("tierId").GetGuid().ShouldBe(@event.Tiers[0].Id);
        seat.GetProperty("price").GetRawText().ShouldBe("""{"amount":4500,"currency":"USD"}""");
        seat.GetProperty("label").GetString().ShouldNotBeNullOrEmpty();
        var section = Uri.EscapeDataString(seat.GetProperty("section").GetString()!.ToUpperInvariant());
        (await TotalAsync($"section={section}&status=available&page=2&limit=20")).ShouldBe(28);
        (await TotalAsync("section=nowhere")).ShouldBe(0);

        async Task<int> TotalAsync(string query) =>
            (await GetAsync($"{@event.Id}/seats?{query}")).GetProperty("meta").GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task A_wrong_seat_filter_is_refused()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 4);

        await (await _node.Client.GetAsync($"/api/v1/events/{@event.Id}/seats?status=free&limit=0"))
            .ShouldRefuseAsync("status", "limit");
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task The_seat_map_comes_in_the_encoding_asked_for(string encoding)
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Id}/seatmap");
        request.Headers.AcceptEncoding.ParseAdd(encoding);

        using var response = await _node.Client.SendAsync(request);

        var body = await response.Content.ReadAsStreamAsync();
        await using var plain = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        response.Content.Headers.ContentEncoding.ShouldBe(encoding == "identity" ? [] : [encoding]);
        (await JsonSerializer.DeserializeAsync<JsonElement>(plain)).GetProperty("seatCount").GetInt32().ShouldBe(30);
        response.Headers.ETag.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_address_that_the_event_names_its_map_by_is_kept_until_a_tier_changes()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 3, seatsInRow: 10);
        var version = await VersionAsync();
        var kept = await MapAsync(version);
        kept.Cache.ShouldBe("public, max-age=31536000, immutable");
        (await MapAsync(null)).ShouldBe(("public, max-age=60, stale-while-revalidate=600", kept.ETag));

        await using var command = _node.DataSource.CreateCommand(
            "update tiers set colour = '#112233' where event_id = $1");
        command.Parameters.Add(new() { Value = @event.Id });
        await command.ExecuteNonQueryAsync();

        var changed = await VersionAsync();
        (changed == version).ShouldBeFalse();
        var old = await MapAsync(version);
        old.Cache.ShouldBe("public, max-age=60, stale-while-revalidate=600");
        (old.ETag == kept.ETag).ShouldBeFalse();
        (await MapAsync(changed)).ShouldBe(("public, max-age=31536000, immutable", old.ETag));

        async Task<string> VersionAsync() =>
            (await GetAsync(@event.Id.ToString())).GetProperty("seatMapVersion").GetString().ShouldNotBeNull();

        async Task<(string? Cache, string? ETag)> MapAsync(string? v)
        {
            using var response = await _node.Client.GetAsync(
                $"/api/v1/events/{@event.Id}/seatmap{(v is null ? "" : $"?v={v}")}");
            response.EnsureSuccessStatusCode();
            return (response.Headers.GetValues("Cache-Control").Single(), response.Headers.ETag?.Tag);
        }
    }

    [Fact]
    public async Task An_event_by_quantity_has_no_seat_map_and_no_seats()
    {
        var @event = await TestEvent.WithPoolsAsync(_node.DataSource, [10]);

        await (await _node.Client.GetAsync($"/api/v1/events/{@event.Id}/seatmap"))
            .ShouldBeProblemAsync(404, "no-seat-map");
        (await GetAsync($"{@event.Id}/seats")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await GetAsync($"{@event.Id}/availability")).GetProperty("seats").GetString().ShouldBe("");
    }

    [Theory]
    [InlineData("availability")]
    [InlineData("seats")]
    [InlineData("seatmap")]
    public async Task Drafts_and_strangers_have_nothing_to_read(string what)
    {
        var draft = await TestEvent.WithSeatsAsync(
            _node.DataSource, 1, 4, made => made with { Status = EventStatus.Draft });

        foreach (var id in (string[])[draft.Id.ToString(), EventSeed.Id().ToString(), "no-such-event"])
            await (await _node.Client.GetAsync($"/api/v1/events/{id}/{what}"))
                .ShouldBeProblemAsync(404, "event-not-found");
    }

    [Fact]
    public async Task The_event_page_counts_what_is_held_at_once()
    {
        var @event = await TestEvent.WithSeatsAsync(_node.DataSource, rows: 1, seatsInRow: 4);
        await (await Booker.GuestAsync(_node)).HoldSeatsAsync(@event, 0, 1, 2, 3);

        var page = await GetAsync(@event.Id.ToString());

        page.GetProperty("hasSeatMap").GetBoolean().ShouldBeTrue();
        page.GetProperty("availability").GetRawText().ShouldBe("""{"total":4,"available":0}""");
        page.GetProperty("saleStatus").GetString().ShouldBe("soldOut");
        page.GetProperty("tiers")[0].GetProperty("kind").GetString().ShouldBe("seated");
    }

    private static int[] Unpack(byte[] packed, int seats) =>
        [.. Enumerable.Range(0, seats).Select(seat => (packed[seat >> 2] >> ((seat & 3) * 2)) & 3)];

    private Task<JsonElement> GetAsync(string path) =>
        _node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events/{path}");
}
