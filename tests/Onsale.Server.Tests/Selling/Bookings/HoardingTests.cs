using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Platform.Http;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>One machine makes guests as fast as it may, and has each of them hold what one buyer may hold.</summary>
public sealed class HoardingTests
{
    private const int Places = 400;
    private const int PlacesOfGuest = 8;
    private const int Guests = Places / PlacesOfGuest;
    private const int Budget = 64;

    private static readonly (string, string)[] s_limited =
    [
        ("Onsale:RateLimits:Enabled", "true"), ("Onsale:TrustedProxies", "127.0.0.0/8"),
    ];

    [Theory]
    [InlineData(true, Budget)]
    [InlineData(false, Places)] // the control: without the guard one address takes the house
    public async Task Guests_of_one_address_hold_no_more_than_its_budget(bool isGuarded, int held)
    {
        await using var node = await OnsaleNode.StartAsync(settings: isGuarded ? s_limited : []);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [Places]);

        var answers = await Crowd.RushAsync(
            crowd.Join(Guests), guest => guest.HoldTicketsAsync(@event, PlacesOfGuest));

        answers.Count(answer => answer.Status == 201).ShouldBe(held / PlacesOfGuest);
        foreach (var refusal in answers.Where(answer => answer.Status != 201))
        {
            (refusal.Status, refusal.Code).ShouldBe((409, "too-many-held"));
            refusal["limit"].GetInt32().ShouldBe(Budget);
            refusal["held"].GetInt32().ShouldBe(Budget);
        }

        (await HeldAsync(node, @event)).ShouldBe(held);
        await node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)] // the control: without the guard one buyer keeps the same place for ever
    public async Task One_buyer_cannot_give_the_same_places_back_and_take_them_again_for_ever(bool isGuarded)
    {
        await using var node = await OnsaleNode.StartAsync(settings: isGuarded
            ? [("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Booking:PermitLimit", "1000")]
            : []);
        var @event = await TestEvent.WithSeatsAsync(node.DataSource, rows: 1, seatsInRow: 10);
        var (robot, other) = (await Booker.GuestAsync(node), await Booker.GuestAsync(node));
        const int allowed = 12;
        for (var i = 0; i < allowed; i++)
        {
            var hold = await robot.HoldSeatsAsync(@event, 3, 4);
            hold.Status.ShouldBe(201, hold.Body.ToString());
            (await robot.CancelAsync(@event, hold.Id)).State.ShouldBe("released");
        }

        var again = await robot.HoldSeatsAsync(@event, 3, 4);

        (again.Status, again.Code).ShouldBe(isGuarded ? (429, "too-many-holds") : (201, null));
        if (!isGuarded)
            return;
        again["detail"].GetString()!.ShouldContain("what is held stays held");
        (await other.HoldSeatsAsync(@event, 3, 4)).Status.ShouldBe(201);
        var elsewhere = await TestEvent.WithSeatsAsync(node.DataSource, rows: 1, seatsInRow: 10);
        (await robot.HoldSeatsAsync(elsewhere, 3, 4)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_hold_that_is_repeated_with_its_key_or_refused_is_not_counted()
    {
        await using var node = await OnsaleNode.StartAsync(settings:
        [
            ("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Holds:PermitLimit", "1"),
        ]);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [3]);
        var guest = await Booker.GuestAsync(node);
        (await guest.HoldTicketsAsync(@event, 4)).Code.ShouldBe("sold-out");
        var held = await guest.HoldTicketsAsync(@event, 1, key: "a-key");
        held.Status.ShouldBe(201);

        (await guest.HoldTicketsAsync(@event, 1)).Code.ShouldBe("too-many-holds");
        (await guest.HoldTicketsAsync(@event, 1, key: "another")).Code.ShouldBe("too-many-holds");
        (await guest.HoldTicketsAsync(@event, 1, key: "a-key")).Body.ToString().ShouldBe(held.Body.ToString());
    }

    [Fact]
    public async Task Budget_counts_over_nodes_and_outlives_them()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        TestEvent @event;
        await using (var one = await OnsaleNode.StartAsync(database, s_limited))
        await using (var other = await OnsaleNode.StartAsync(database, s_limited))
        {
            using var crowd = new Crowd(one);
            using var crowdOfOther = new Crowd(other);
            @event = await TestEvent.WithPoolsAsync(one.DataSource, [Places]);
            var buyers = crowd.Join(Guests / 2).Concat(crowdOfOther.Join(Guests / 2));

            await Crowd.RushAsync(buyers, guest => guest.HoldTicketsAsync(@event, PlacesOfGuest));

            (await HeldAsync(one, @event)).ShouldBe(Budget);
        }

        await using var next = await OnsaleNode.StartAsync(database, s_limited);
        using var crowdOfNext = new Crowd(next);
        var answer = await crowdOfNext.Join().HoldTicketsAsync(@event, 1);
        (answer.Status, answer.Code).ShouldBe((409, "too-many-held"));
        await next.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Places_that_are_paid_for_or_given_back_leave_the_budget_and_the_table_forgets_the_address()
    {
        await using var node = await OnsaleNode.StartAsync(settings: s_limited);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [Places]);
        var guests = crowd.Join((Budget / PlacesOfGuest) + 2);
        var holds = new List<Answer>();
        foreach (var guest in guests[..(Budget / PlacesOfGuest)])
            holds.Add(await guest.HoldTicketsAsync(@event, PlacesOfGuest));
        (await guests[^1].HoldTicketsAsync(@event, 1)).Code.ShouldBe("too-many-held");

        (await guests[0].ConfirmAsync(@event, holds[0].Id)).Status.ShouldBe(200);
        (await guests[1].CancelAsync(@event, holds[1].Id)).Status.ShouldBe(200);

        (await guests[^1].HoldTicketsAsync(@event, PlacesOfGuest)).Status.ShouldBe(201);
        (await guests[^2].HoldTicketsAsync(@event, PlacesOfGuest)).Status.ShouldBe(201);
        (await guests[^2].HoldTicketsAsync(@event, 1)).Code.ShouldBe("limit-exceeded");
        (await node.DataSource.CountAsync("bookings", "event_id = $1 and address_range is not null", @event.Id))
            .ShouldBe(Budget / PlacesOfGuest);
        await node.ShouldBeSoundAsync(@event);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public async Task Address_range_is_an_IPv4_address_or_a_64_bit_prefix_behind_a_trusted_proxy(
        string one, string other, bool isSame)
    {
        await using var node = await OnsaleNode.StartAsync(
            settings: [.. s_limited, ("Onsale:Holds:MaxPlacesPerAddress", "1")]);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [Places]);

        (await HoldFromAsync(crowd, @event, one)).Status.ShouldBe(201);
        var answer = await HoldFromAsync(crowd, @event, other);

        (answer.Status, answer.Code).ShouldBe(isSame ? (409, "too-many-held") : (201, null));
    }

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("127.0.0.0/8", false)]
    public async Task Forwarding_header_of_a_proxy_that_is_not_trusted_is_warned_of_once(
        string trusted, bool isWarned)
    {
        using var log = new LogLines(typeof(TrustedProxies).FullName!);
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:TrustedProxies", trusted)], configure: log.Use);
        using var crowd = new Crowd(node);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [Places]);

        await HoldFromAsync(crowd, @event, "192.0.2.1");
        await HoldFromAsync(crowd, @event, "192.0.2.1");

        log.All.Count.ShouldBe(isWarned ? 1 : 0);
    }

    /// <summary>All that one buyer of the event may have.</summary>
    private static async Task<Answer> HoldFromAsync(Crowd crowd, TestEvent @event, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/events/{@event.Id}/bookings")
        {
            Content = JsonContent.Create(
                new { tickets = new[] { new { tierId = @event.Tiers[0].Id, quantity = PlacesOfGuest } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", crowd.Join().Token);
        request.Headers.Add("X-Forwarded-For", address);
        using var response = await crowd.Client.SendAsync(request);
        return new Answer(
            (int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(), response.Headers);
    }

    private static async Task<long> HeldAsync(OnsaleNode node, TestEvent @event)
    {
        await using var command = node.DataSource.CreateCommand("select sum(held) from pools where event_id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = @event.Id });
        return Convert.ToInt64(await command.ExecuteScalarAsync());
    }
}
