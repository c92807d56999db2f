using System.Net.Http.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Selling.Waitlist;

/// <summary>The waitlist as buyers and organisers meet it, over HTTP.</summary>
public sealed class WaitlistTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Who_waits_is_offered_what_comes_back_and_pays_for_it()
    {
        var made = await SoldOutAsync(places: 2);
        var (@event, owner) = (made.Event, made.Holder);
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));

        var joined = await JoinAsync(first, @event, 1);
        joined.Status.ShouldBe(200, joined.Body.ToString());
        (joined.State, joined["position"].GetInt32()).ShouldBe(("waiting", 1));
        (await JoinAsync(first, @event, 1)).Id.ShouldBe(joined.Id);
        (await JoinAsync(first, @event, 2)).ShouldRefuse(409, "already-on-waitlist");
        (await JoinAsync(second, @event, 1))["position"].GetInt32().ShouldBe(2);

        (await owner.CancelAsync(@event, made.Holds[0])).Status.ShouldBe(200);

        var place = await PlaceAsync(first, @event);
        place.State.ShouldBe("offered");
        place.Body.TryGetProperty("position", out _).ShouldBeFalse();
        var offer = place["offer"].GetProperty("bookingId").GetGuid();
        (await PlaceAsync(second, @event))["position"].GetInt32().ShouldBe(1);
        (await (await Booker.GuestAsync(_node)).HoldTicketsAsync(@event, 1)).ShouldRefuse(409, "sold-out");
        (await second.GetAsync(@event, offer)).ShouldRefuse(404, "booking-not-found");

        (await first.ConfirmAsync(@event, offer)).State.ShouldBe("confirmed");
        (await PlaceAsync(first, @event)).State.ShouldBe("bought");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task A_declined_offer_goes_to_the_next_in_line()
    {
        var made = await SoldOutAsync(places: 1);
        var (first, second) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        await JoinAsync(first, made.Event, 1);
        await JoinAsync(second, made.Event, 1);
        await made.Holder.CancelAsync(made.Event, made.Holds[0]);

        (await LeaveAsync(first, made.Event)).Status.ShouldBe(204);
        (await LeaveAsync(first, made.Event)).Status.ShouldBe(204);

        (await PlaceAsync(first, made.Event)).State.ShouldBe("declined");
        (await PlaceAsync(second, made.Event)).State.ShouldBe("offered");
        await _node.ShouldBeSoundAsync(made.Event);
    }

    [Fact]
    public async Task A_guest_who_signs_in_takes_the_place_along()
    {
        var made = await SoldOutAsync(places: 1);
        var email = Auth.NewEmail();
        await _node.RegisterAsync(email);
        var guest = await _node.GuestAsync();
        var waiting = new Booker(_node.Client, guest.AccessToken, guest.Id);
        var joined = await JoinAsync(waiting, made.Event, 1);

        var signedIn = await (await _node.PostAsync(
            "login", new { email, password = Auth.Password }, guest.AccessToken)).ShouldSignInAsync(200);
        var buyer = new Booker(_node.Client, signedIn.AccessToken, signedIn.Id);

        await Eventually.ShouldBeTrueAsync(
            async () => await PlaceAsync(buyer, made.Event) is { Status: 200 } place && place.Id == joined.Id,
            "the entry is the account's");
    }

    [Fact]
    public async Task What_cannot_be_waited_for_is_refused_and_changes_nothing()
    {
        var made = await SoldOutAsync(places: 2);
        var guest = await Booker.GuestAsync(_node);
        var free = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);

        (await PlaceAsync(guest, made.Event)).Status.ShouldBe(204);
        (await JoinAsync(guest, free, 1)).ShouldRefuse(409, "no-waitlist");
        (await JoinAsync(guest, made.Event, 0)).ShouldRefuse(400, "validation");
        (await JoinAsync(guest, made.Event, 9)).ShouldRefuse(409, "limit-exceeded");
        (await JoinAsync(guest, made.Event, 1, tiers: [House.NewId()])).ShouldRefuse(400, "validation");
        (await SendAsync(guest, made.Event, HttpMethod.Post, new { quantity = 1 })).ShouldRefuse(400, "validation");
        (await SendAsync(guest, made.Event, HttpMethod.Post, new
        {
            quantity = 1,
            contact = new { name = "Ada", email = "no address" },
        })).ShouldRefuse(400, "validation");
        (await SendAsync(guest, made.Event, HttpMethod.Post, new
        {
            quantity = 1,
            contact = new { name = new string('x', 20_000), email = Auth.NewEmail() },
        })).Status.ShouldBe(413);
        (await JoinAsync(guest, new TestEvent(House.NewId(), []), 1)).ShouldRefuse(404, "event-not-found");
        (await _node.Client.PostAsJsonAsync($"/api/v1/events/{made.Event.Id}/waitlist", new { quantity = 1 }))
            .StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await _node.DataSource.CountAsync("waitlist_entries", "event_id = $1", made.Event.Id)).ShouldBe(0);

        await made.Holder.CancelAsync(made.Event, made.Holds[0]);
        (await JoinAsync(guest, made.Event, 1)).ShouldRefuse(409, "places-available");
    }

    [Fact]
    public async Task The_organiser_sees_who_waits_and_why_and_takes_somebody_off()
    {
        var made = await SoldOutAsync(places: 4);
        var (party, single) = (await Booker.GuestAsync(_node), await Booker.GuestAsync(_node));
        await JoinAsync(party, made.Event, 3);
        await JoinAsync(single, made.Event, 1);
        await made.Holder.CancelAsync(made.Event, made.Holds[0]);

        var overview = await made.Own.AskAsync(HttpMethod.Get, "/waitlist");
        (overview["waiting"].GetInt32(), overview["waitingPlaces"].GetInt32()).ShouldBe((2, 4));
        var listed = (await made.Own.AskAsync(HttpMethod.Get, "/waitlist/entries"))["data"];
        listed[0].GetProperty("why").GetString().ShouldBe("tooFewKept");
        listed[0].GetProperty("keptPlaces").GetInt32().ShouldBe(1);
        listed[0].GetProperty("email").GetString().ShouldNotBeNullOrEmpty();
        listed[1].GetProperty("why").GetString().ShouldBe("nothingFree");

        // What is kept is nobody's booking: the organiser's list has the four of the holder.
        (await made.Own.AskAsync(HttpMethod.Get, "/bookings"))["meta"].GetProperty("total").GetInt32().ShouldBe(4);

        var entry = listed[0].GetProperty("id").GetGuid();
        (await made.Own.AskAsync(HttpMethod.Delete, $"/waitlist/entries/{entry}")).Status.ShouldBe(204);
        (await made.Own.AskAsync(HttpMethod.Delete, $"/waitlist/entries/{entry}")).ShouldRefuse(404, "entry-not-found");
        (await PlaceAsync(single, made.Event)).State.ShouldBe("offered");

        (await made.Own.AskAsync(HttpMethod.Put, "/waitlist", new { offerMinutes = 1 }))
            .ShouldRefuse(400, "validation");
        var closed = await made.Own.AskAsync(HttpMethod.Put, "/waitlist", new { });
        closed.Status.ShouldBe(200, closed.Body.ToString());
        (await JoinAsync(party, made.Event, 1)).ShouldRefuse(409, "no-waitlist");
        await _node.ShouldBeSoundAsync(made.Event);
    }

    private async Task<SoldOut> SoldOutAsync(int places)
    {
        var (own, @event) = await OwnEvent.OnSaleAsync(_node, places);
        var set = await own.AskAsync(HttpMethod.Put, "/waitlist", new { offerMinutes = 60 });
        set.Status.ShouldBe(200, set.Body.ToString());
        set["offerMinutes"].GetInt32().ShouldBe(60);
        var holder = await Booker.GuestAsync(_node);
        var holds = new List<Guid>();
        for (var place = 0; place < places; place++)
            holds.Add((await holder.HoldTicketsAsync(@event, 1)).Id);
        return new SoldOut(own, @event, holder, holds);
    }

    private static Task<Answer> JoinAsync(Booker buyer, TestEvent @event, int quantity, Guid[]? tiers = null) =>
        SendAsync(buyer, @event, HttpMethod.Post, new
        {
            quantity,
            tiers,
            contact = new { name = "Ada", email = Auth.NewEmail() },
        });

    private static Task<Answer> PlaceAsync(Booker buyer, TestEvent @event) => SendAsync(buyer, @event, HttpMethod.Get);

    private static Task<Answer> LeaveAsync(Booker buyer, TestEvent @event) =>
        SendAsync(buyer, @event, HttpMethod.Delete);

    private static Task<Answer> SendAsync(Booker buyer, TestEvent @event, HttpMethod method, object? body = null) =>
        buyer.SendAsync(method, $"events/{@event.Id}/waitlist", body is null ? null : JsonContent.Create(body));

    private sealed record SoldOut(OwnEvent Own, TestEvent Event, Booker Holder, IReadOnlyList<Guid> Holds);
}
