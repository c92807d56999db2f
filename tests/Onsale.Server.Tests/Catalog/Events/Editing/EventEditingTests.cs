using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Catalog.Events.Editing;

public sealed class EventEditingTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] s_released = ["companionsReleasedAt"];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task From_nothing_to_the_first_ticket_sold()
    {
        var made = await OwnEvent.DraftAsync(_node);
        (await _node.AskAsync(HttpMethod.Get, $"events/{made.Id}", null)).ShouldRefuse(404, "event-not-found");
        var draft = await made.GetAsync();
        draft["status"].GetString().ShouldBe("draft");
        draft["timeZone"].GetString().ShouldBe("Europe/Berlin");
        draft["checklist"].EnumerateArray().Where(item => item.GetProperty("isBlocking").GetBoolean())
            .Select(item => item.GetProperty("code").GetString()).ShouldBe(["tiers"]);
        var refused = await made.AskAsync(HttpMethod.Post, "/publish");
        refused.ShouldRefuse(409, "not-ready");
        refused["missing"][0].GetProperty("code").GetString().ShouldBe("tiers");

        await made.PutTierAsync(new { name = "Floor", price = 2500, capacity = 100 });
        var published = await made.AskAsync(HttpMethod.Post, "/publish");

        published.Status.ShouldBe(200, published.Body.ToString());
        published["status"].GetString().ShouldBe("published");
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(_node);
        await buyer.BuyTicketsAsync(@event, 2);
        var tier = (await made.GetAsync())["tiers"][0];
        (tier.GetProperty("total").GetInt32(), tier.GetProperty("sold").GetInt32(),
            tier.GetProperty("available").GetInt32()).ShouldBe((100, 2, 98));
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_seated_event_counts_its_seats_by_tier()
    {
        var made = await OwnEvent.SeatedAsync(_node, rows: 2, seatsInRow: 5);
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(_node);
        (await buyer.HoldSeatsAsync(@event, 0, 1)).Status.ShouldBe(201);

        var tier = (await made.GetAsync())["tiers"][0];

        (tier.GetProperty("total").GetInt32(), tier.GetProperty("held").GetInt32()).ShouldBe((10, 2));
    }

    [Fact]
    public async Task When_companions_places_are_released_can_be_said_moved_and_taken_back_before_it_is_published()
    {
        var made = await OwnEvent.DraftAsync(_node);
        await made.PutTierAsync(new { name = "Floor", price = 2500, capacity = 10 });
        var said = await made.AskAsync(HttpMethod.Patch, "", new { companionsReleasedAt = "2031-05-01T10:00:00Z" });
        said["companionsReleasedAt"].GetString().ShouldBe("2031-05-01T10:00:00Z");
        var taken = await made.AskAsync(HttpMethod.Patch, "", new { clear = s_released });
        taken.Body.TryGetProperty("companionsReleasedAt", out _).ShouldBeFalse();
        await made.AskAsync(HttpMethod.Patch, "", new { companionsReleasedAt = "2031-05-01T10:00:00Z" });
        (await made.AskAsync(HttpMethod.Post, "/publish")).Status.ShouldBe(200);

        var moved = await made.AskAsync(HttpMethod.Patch, "", new { companionsReleasedAt = "2031-05-02T10:00:00Z" });
        var emptied = await made.AskAsync(HttpMethod.Patch, "", new { clear = s_released });

        moved.Status.ShouldBe(200, moved.Body.ToString());
        emptied.ShouldRefuse(400, "validation");
        (await _node.AskAsync(HttpMethod.Get, $"events/{made.Id}", null))["policy"]
            .GetProperty("companionsReleasedAt").GetString().ShouldBe("2031-05-02T10:00:00Z");
        await _node.ShouldBeSoundAsync(await made.ToTestEventAsync());
    }

    [Fact]
    public async Task Of_two_editors_of_a_draft_the_second_is_told()
    {
        var made = await OwnEvent.DraftAsync(_node);
        var version = $"\"{(await made.GetAsync())["version"].GetString()}\"";

        var first = await made.AskAsync(HttpMethod.Patch, "", new { title = "First" }, ifMatch: version);
        var second = await made.AskAsync(HttpMethod.Patch, "", new { title = "Second" }, ifMatch: version);

        first.Status.ShouldBe(200, first.Body.ToString());
        second.ShouldRefuse(412, "changed-meanwhile");
        (await made.GetAsync())["title"].GetString().ShouldBe("First");
    }

    [Fact]
    public async Task Of_two_editors_of_a_published_event_the_second_is_told_and_what_sells_goes_through_the_log()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var version = $"\"{(await made.GetAsync())["version"].GetString()}\"";

        var first = await made.AskAsync(
            HttpMethod.Patch, "", new { title = "Renamed", maxTicketsPerBuyer = 1, holdMinutes = 3 }, ifMatch: version);
        var second = await made.AskAsync(HttpMethod.Patch, "", new { summary = "Late" }, ifMatch: version);

        first.Status.ShouldBe(200, first.Body.ToString());
        (first["title"].GetString(), first["maxTicketsPerBuyer"].GetInt32()).ShouldBe(("Renamed", 1));
        second.ShouldRefuse(412, "changed-meanwhile");
        (await _node.DataSource.CountAsync("change_log", "event_id = $1", made.Id)).ShouldBe(1);
        (await _node.DataSource.CountAsync(
            "activity_log", "event_id = $1 and action = 'event.changed'", made.Id)).ShouldBe(1);
        var @event = await made.ToTestEventAsync();
        (await (await Booker.GuestAsync(_node)).HoldTicketsAsync(@event, 2)).Code.ShouldBe("limit-exceeded");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Of_many_who_change_one_event_at_once_from_one_state_one_does()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var version = $"\"{(await made.GetAsync())["version"].GetString()}\"";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            made.AskAsync(HttpMethod.Patch, "", new { title = $"Title {number}" }, ifMatch: version)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "changed-meanwhile").ShouldBe(7);
    }

    [Theory]
    [InlineData("""{"title":" "}""", "title")]
    [InlineData("""{"slug":"Not A Slug"}""", "slug")]
    [InlineData("""{"slug":"facets"}""", "slug")]
    [InlineData("""{"currency":"ABC"}""", "currency")]
    [InlineData("""{"holdMinutes":61}""", "holdMinutes")]
    [InlineData("""{"maxTicketsPerBuyer":0}""", "maxTicketsPerBuyer")]
    [InlineData("""{"ageLimit":100}""", "ageLimit")]
    [InlineData("""{"languages":["deutsch!"]}""", "languages")]
    [InlineData("""{"clear":["title"]}""", "clear")]
    [InlineData("""{"venueId":"018f0000-0000-7000-8000-000000000000"}""", "venueId")]
    [InlineData("""{"seatingPlanId":"018f0000-0000-7000-8000-000000000000"}""", "seatingPlanId")]
    [InlineData("""{"startsAt":"2030-01-02T00:00:00Z","endsAt":"2030-01-01T00:00:00Z"}""", "endsAt")]
    [InlineData("""{"onSaleAt":"2030-01-02T00:00:00Z","offSaleAt":"2030-01-01T00:00:00Z"}""", "offSaleAt")]
    [InlineData("""{"startsAt":"2030-01-02T00:00:00"}""", "startsAt")]
    [InlineData("""{"status":"published"}""", "status")]
    public async Task A_change_that_cannot_be_is_named_by_field_and_changes_nothing(string body, string field)
    {
        var made = await OwnEvent.DraftAsync(_node);
        var before = (await made.GetAsync())["version"].GetString();

        var answer = await made.AskAsync(
            HttpMethod.Patch, "", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        (await made.GetAsync())["version"].GetString().ShouldBe(before);
    }

    [Fact]
    public async Task Another_organisations_event_venue_and_plan_are_not_there()
    {
        var mine = await OwnEvent.DraftAsync(_node);
        var other = await OwnEvent.DraftAsync(_node);

        (await mine.Organisation.AskAsync(HttpMethod.Get, $"/events/{other.Id}")).ShouldRefuse(404, "event-not-found");
        (await mine.Organisation.AskAsync(HttpMethod.Delete, $"/events/{other.Id}"))
            .ShouldRefuse(404, "event-not-found");
        (await mine.Organisation.AskAsync(HttpMethod.Get, $"/venues/{other.VenueId}"))
            .ShouldRefuse(404, "venue-not-found");
        (await mine.AskAsync(HttpMethod.Patch, "", new { venueId = other.VenueId })).ShouldRefuse(400, "validation");
        (await mine.Organisation.AskAsync(HttpMethod.Get, "/events"))["meta"].GetProperty("total").GetInt32()
            .ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_is_deleted_and_what_was_published_is_not()
    {
        var draft = await OwnEvent.DraftAsync(_node);
        await draft.PutTierAsync(new { name = "Floor", price = 0, capacity = 1 });
        (await draft.Organisation.AskAsync(HttpMethod.Put, $"/events/{draft.Id}/queue", body: new
        {
            mode = "always",
            opensAt = "2031-01-01T00:00:00Z",
            ratePerMinute = 10,
            maxInside = 10,
            admissionMinutes = 5,
            message = "Soon",
        })).Status.ShouldBe(200);
        var published = await OwnEvent.PublishedAsync(_node, 10);
        (await published.AskAsync(HttpMethod.Post, "/unpublish")).Status.ShouldBe(200);

        (await draft.AskAsync(HttpMethod.Delete, "")).Status.ShouldBe(204);
        (await draft.GetAsync()).ShouldRefuse(404, "event-not-found");
        (await published.AskAsync(HttpMethod.Delete, "")).ShouldRefuse(409, "event-was-published");
    }

    [Fact]
    public async Task A_published_event_keeps_its_times_its_plan_and_its_currency_and_its_price_moves()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var tier = (await made.GetAsync())["tiers"][0].GetProperty("id").GetGuid();
        var @event = await made.ToTestEventAsync();
        var buyer = await Booker.GuestAsync(_node);
        var before = await buyer.HoldTicketsAsync(@event, 1);

        (await made.AskAsync(HttpMethod.Patch, "", new { currency = "USD" })).ShouldRefuse(409, "event-was-published");
        (await made.AskAsync(HttpMethod.Patch, "", new { startsAt = "2031-01-01T00:00:00Z" }))
            .ShouldRefuse(409, "event-is-published");
        (await made.AskAsync(HttpMethod.Put, $"/tiers/{House.NewId()}", new { name = "More", price = 1, capacity = 1 }))
            .ShouldRefuse(409, "event-was-published");
        (await made.AskAsync(HttpMethod.Delete, $"/tiers/{tier}")).ShouldRefuse(409, "event-was-published");
        var changed = await made.AskAsync(
            HttpMethod.Put, $"/tiers/{tier}", new { name = "Late bird", price = 1234, colour = "#123456" });

        changed.Status.ShouldBe(200, changed.Body.ToString());
        changed["tiers"][0].GetProperty("name").GetString().ShouldBe("Late bird");
        var after = await buyer.HoldTicketsAsync(@event, 1);
        after["total"].GetProperty("amount").GetInt64().ShouldBe(1234);
        after["items"][0].GetProperty("label").GetString().ShouldBe("Late bird");
        (await buyer.GetAsync(@event, before.Id))["total"].GetProperty("amount").GetInt64().ShouldBe(1000);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Unpublishing_stops_the_sale_and_rescheduling_moves_what_goes_with_the_start()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var before = await made.GetAsync();
        var start = before["startsAt"].GetDateTimeOffset();

        var moved = await made.AskAsync(HttpMethod.Post, "/reschedule", new { startsAt = start.AddDays(7) });

        moved.Status.ShouldBe(200, moved.Body.ToString());
        moved["startsAt"].GetDateTimeOffset().ShouldBe(start.AddDays(7));
        moved["endsAt"].GetDateTimeOffset().ShouldBe(before["endsAt"].GetDateTimeOffset().AddDays(7));
        moved["offSaleAt"].GetDateTimeOffset().ShouldBe(before["offSaleAt"].GetDateTimeOffset().AddDays(7));
        (await made.AskAsync(HttpMethod.Post, "/reschedule", new { startsAt = "2001-01-01T00:00:00Z" }))
            .ShouldRefuse(400, "validation");
        (await made.AskAsync(HttpMethod.Post, "/unpublish"))["status"].GetString().ShouldBe("draft");
        (await (await Booker.GuestAsync(_node)).HoldTicketsAsync(@event, 1)).Code.ShouldBe("event-not-found");
        (await made.AskAsync(HttpMethod.Post, "/publish"))["status"].GetString().ShouldBe("published");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task What_was_called_off_stays_so()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10);
        var draft = await OwnEvent.DraftAsync(_node);

        (await draft.AskAsync(HttpMethod.Post, "/cancel", new { refund = true })).ShouldRefuse(409, "not-published");
        (await made.AskAsync(HttpMethod.Post, "/cancel", new { refund = false }))["status"].GetString()
            .ShouldBe("cancelled");
        (await made.AskAsync(HttpMethod.Post, "/cancel", new { refund = false })).Status.ShouldBe(200);
        (await made.AskAsync(HttpMethod.Post, "/publish")).ShouldRefuse(409, "event-cancelled");
        (await made.AskAsync(HttpMethod.Post, "/unpublish")).ShouldRefuse(409, "event-cancelled");
        (await made.AskAsync(HttpMethod.Post, "/reschedule", new { startsAt = "2031-01-01T00:00:00Z" }))
            .ShouldRefuse(409, "event-cancelled");
        (await _node.DataSource.CountAsync(
            "activity_log", "event_id = $1 and action = 'event.cancelled'", made.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Tiers_of_a_draft_are_numbered_without_gaps()
    {
        var made = await OwnEvent.DraftAsync(_node);
        var ids = new List<Guid>();
        for (var number = 0; number < 5; number++)
            ids.Add(await made.PutTierAsync(new { name = $"T{number}", price = 1, capacity = 1 }));

        (await made.AskAsync(HttpMethod.Delete, $"/tiers/{ids[1]}")).Status.ShouldBe(200);
        (await made.AskAsync(HttpMethod.Delete, $"/tiers/{ids[1]}")).ShouldRefuse(404, "tier-not-found");
        (await made.AskAsync(HttpMethod.Put, $"/tiers/{ids[0]}", new { name = "T2", price = 1, capacity = 1 }))
            .ShouldRefuse(400, "validation");

        (await _node.DataSource.QueryAsync<short>(
            "select number from tiers where event_id = $1 order by number", made.Id)).ShouldBe([0, 1, 2, 3]);
        (await made.AskAsync(HttpMethod.Post, "/publish")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_list_is_filtered_by_status_search_and_time()
    {
        var first = await OwnEvent.DraftAsync(_node);
        var organisation = first.Organisation;
        await OwnEvent.DraftAsync(_node, organisation, new { title = "Other", startsAt = "2035-05-01T18:00:00Z" });

        (await CountAsync("")).ShouldBe(2);
        (await CountAsync("?status=draft")).ShouldBe(2);
        (await CountAsync("?status=published")).ShouldBe(0);
        (await CountAsync("?search=oth")).ShouldBe(1);
        (await CountAsync("?from=2035-01-01T00:00:00Z")).ShouldBe(1);
        (await CountAsync("?to=2034-01-01T00:00:00Z")).ShouldBe(1);
        foreach (var query in (string[])["status=x", "from=x", "to=x", "series=x", "order=x", "limit=0"])
            (await organisation.AskAsync(HttpMethod.Get, $"/events?{query}")).ShouldRefuse(400, "validation");

        async Task<int> CountAsync(string query) =>
            (await organisation.AskAsync(HttpMethod.Get, $"/events{query}"))["meta"].GetProperty("total").GetInt32();
    }
}
