using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Onsale.Server.Catalog.Favourites;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Catalog.Events;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Catalog.Favourites;

public sealed class FavouritesTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly EventSeed _seed = new(shared.Node.DataSource);

    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task What_is_marked_is_there_until_the_mark_is_taken_away()
    {
        var account = await Node.RegisterAsync();
        var venue = await _seed.VenueAsync("Hall", "Boston");
        var (first, second) = (await _seed.EventAsync(venue), await _seed.EventAsync(venue));

        foreach (var @event in new[] { first, second, second })
            await ShouldBeAsync(204, HttpMethod.Put, $"/favourites/{@event.Id}", account);
        await ShouldBeAsync(204, HttpMethod.Put, $"/followed-venues/venue-{venue:N}", account);
        var marked = await FindAsync(account);

        Ids(marked).ShouldBe([second.Id, first.Id]);
        marked.GetProperty("venues").GetRawText()
            .ShouldBe($$"""[{"slug":"venue-{{venue:N}}","name":"Hall","city":"Boston"}]""");
        foreach (var times in new[] { 1, 2 })
        {
            await ShouldBeAsync(204, HttpMethod.Delete, $"/favourites/{second.Id}", account);
            await ShouldBeAsync(204, HttpMethod.Delete, $"/followed-venues/venue-{venue:N}", account);
        }

        marked = await FindAsync(account);
        Ids(marked).ShouldBe([first.Id]);
        marked.GetProperty("venues").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_sees_or_changes_the_marks_of_another()
    {
        var (one, other) = (await Node.RegisterAsync(), await Node.RegisterAsync());
        var @event = await _seed.EventAsync(await _seed.VenueAsync());
        await ShouldBeAsync(204, HttpMethod.Put, $"/favourites/{@event.Id}", one);

        Ids(await FindAsync(other)).ShouldBeEmpty();
        await ShouldBeAsync(204, HttpMethod.Delete, $"/favourites/{@event.Id}", other);

        Ids(await FindAsync(one)).ShouldBe([@event.Id]);
    }

    [Fact]
    public async Task What_visitors_do_not_see_cannot_be_marked()
    {
        var account = await Node.RegisterAsync();
        var venue = await _seed.VenueAsync();
        var draft = await _seed.EventAsync(venue, status: 0);

        foreach (var id in new[] { $"{draft.Id}", $"{EventSeed.Id()}", "no-id" })
        {
            await (await Node.SendMeAsync(HttpMethod.Put, $"/favourites/{id}", account.AccessToken))
                .ShouldBeProblemAsync(404, "event-not-found");
        }

        foreach (var slug in new[] { $"venue-{venue:N}", "no-such-venue", new string('a', 101), "%01" })
        {
            await (await Node.SendMeAsync(HttpMethod.Put, $"/followed-venues/{slug}", account.AccessToken))
                .ShouldBeProblemAsync(404, "venue-not-found");
        }

        Ids(await FindAsync(account)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guest_has_no_account_to_keep_them_in_and_nobody_else_is_let_in()
    {
        var guest = await Node.GuestAsync();
        var @event = await _seed.EventAsync(await _seed.VenueAsync());

        foreach (var (method, route) in new[]
        {
            (HttpMethod.Get, "/favourites"), (HttpMethod.Post, "/favourites"),
            (HttpMethod.Put, $"/favourites/{@event.Id}"), (HttpMethod.Delete, $"/favourites/{@event.Id}"),
            (HttpMethod.Put, "/followed-venues/hall"), (HttpMethod.Delete, "/followed-venues/hall"),
        })
        {
            var body = method == HttpMethod.Post ? new { } : null;
            await (await Node.SendMeAsync(method, route, guest.AccessToken, body))
                .ShouldBeProblemAsync(403, "forbidden");
            await (await Node.SendMeAsync(method, route, "no-token", body))
                .ShouldBeProblemAsync(401, "unauthenticated");
        }
    }

    [Fact]
    public async Task What_a_browser_kept_for_a_guest_is_added_once_and_what_is_gone_is_left_out()
    {
        var account = await Node.RegisterAsync();
        var venue = await _seed.VenueAsync();
        var (known, kept) = (await _seed.EventAsync(venue), await _seed.EventAsync(venue));
        await ShouldBeAsync(204, HttpMethod.Put, $"/favourites/{known.Id}", account);
        var body = new
        {
            eventIds = new[] { kept.Id, EventSeed.Id(), known.Id, kept.Id },
            venues = new[] { $"venue-{venue:N}", "gone" },
        };

        foreach (var times in new[] { 1, 2 })
        {
            var response = await Node.SendMeAsync(HttpMethod.Post, "/favourites", account.AccessToken, body);
            ((int)response.StatusCode).ShouldBe(200);
            var merged = await response.Content.ReadFromJsonAsync<JsonElement>();
            Ids(merged).ShouldBe([kept.Id, known.Id]);
            merged.GetProperty("venues").GetArrayLength().ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("""{"eventIds":["no-id"]}""")]
    [InlineData("""{"venues":[""]}""")]
    [InlineData("""{"venues":[null]}""")]
    [InlineData("""{"venues":["a\u0000b"]}""")]
    [InlineData("""{"events":[]}""")]
    public async Task A_malformed_merge_changes_nothing(string body)
    {
        var account = await Node.RegisterAsync();

        await (await Node.SendMeAsync(
                HttpMethod.Post, "/favourites", account.AccessToken, JsonDocument.Parse(body).RootElement))
            .ShouldBeProblemAsync(400, "validation");
    }

    [Fact]
    public async Task Many_at_once_stay_within_the_limit()
    {
        var account = await Node.RegisterAsync();
        var venue = await _seed.VenueAsync();
        var events = new List<Guid>();
        for (var count = 0; count < FavouritesLimits.MaxEvents + 3; count++)
            events.Add((await _seed.EventAsync(venue)).Id);
        var first = events.Take(FavouritesLimits.MaxEvents - 1);
        var merged = await Node.SendMeAsync(
            HttpMethod.Post, "/favourites", account.AccessToken, new { eventIds = first });
        ((int)merged.StatusCode).ShouldBe(200);

        var answers = await Task.WhenAll(events.Skip(FavouritesLimits.MaxEvents - 1).Select(
            id => Node.SendMeAsync(HttpMethod.Put, $"/favourites/{id}", account.AccessToken)));

        answers.Count(answer => (int)answer.StatusCode == 204).ShouldBe(1);
        foreach (var refused in answers.Where(answer => (int)answer.StatusCode != 204))
            await refused.ShouldBeProblemAsync(409, "too-many-favourites");
        Ids(await FindAsync(account)).Count().ShouldBe(FavouritesLimits.MaxEvents);
        // What is marked already is no further one.
        await ShouldBeAsync(204, HttpMethod.Put, $"/favourites/{events[0]}", account);
        await (await Node.SendMeAsync(
                HttpMethod.Post, "/favourites", account.AccessToken,
                new { eventIds = events.Take(FavouritesLimits.MaxEvents + 1) }))
            .ShouldBeProblemAsync(400, "validation");
    }

    [Fact]
    public async Task They_go_with_the_account()
    {
        var account = await Node.RegisterAsync();
        var venue = await _seed.VenueAsync();
        await ShouldBeAsync(204, HttpMethod.Put, $"/favourites/{(await _seed.EventAsync(venue)).Id}", account);
        await ShouldBeAsync(204, HttpMethod.Put, $"/followed-venues/venue-{venue:N}", account);

        await ShouldBeAsync(204, HttpMethod.Delete, "", account, new { password = Auth.Password });

        await using var connection = await Node.DataSource.OpenConnectionAsync();
        (await connection.ExecuteScalarAsync<long>(
            """
            select (select count(*) from favourite_events where account_id = @Id)
                + (select count(*) from followed_venues where account_id = @Id)
            """, new { account.Id })).ShouldBe(0);
        await (await Node.SendMeAsync(
                HttpMethod.Put, $"/favourites/{(await _seed.EventAsync(venue)).Id}", account.AccessToken))
            .ShouldBeProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_list_can_be_asked_for_events_by_id_and_for_several_venues()
    {
        var (here, there) = (await _seed.VenueAsync(), await _seed.VenueAsync());
        var first = await _seed.EventAsync(here);
        var second = await _seed.EventAsync(there, startsAt: EventSeed.Base.AddDays(1));
        await _seed.EventAsync(await _seed.VenueAsync());

        (await ListAsync($"ids={second.Id},{first.Id},{EventSeed.Id()}")).ShouldBe([first.Id, second.Id]);
        (await ListAsync($"venue=venue-{here:N},venue-{there:N},gone")).ShouldBe([first.Id, second.Id]);
        (await ListAsync($"venue=venue-{there:N}")).ShouldBe([second.Id]);
    }

    [Theory]
    [InlineData("ids=no-id")]
    [InlineData("ids=,")]
    [InlineData("venue=a,,b")]
    public async Task A_malformed_list_of_ids_or_venues_is_refused(string query) =>
        await (await Node.Client.GetAsync($"/api/v1/events?{query}")).ShouldBeProblemAsync(400, "validation");

    private async Task<IEnumerable<Guid>> ListAsync(string query) =>
        (await Node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events?{query}")).GetProperty("data")
            .EnumerateArray().Select(one => one.GetProperty("id").GetGuid());

    private async Task ShouldBeAsync(
        int status, HttpMethod method, string route, Signed account, object? body = null)
    {
        var response = await Node.SendMeAsync(method, route, account.AccessToken, body);
        ((int)response.StatusCode).ShouldBe(status, await response.Content.ReadAsStringAsync());
    }

    private async Task<JsonElement> FindAsync(Signed account)
    {
        var response = await Node.SendMeAsync(HttpMethod.Get, "/favourites", account.AccessToken);
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static IEnumerable<Guid> Ids(JsonElement marked) =>
        marked.GetProperty("eventIds").EnumerateArray().Select(id => id.GetGuid());
}
