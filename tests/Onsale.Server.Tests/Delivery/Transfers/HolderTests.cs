using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Transfers;

/// <summary>Who has a ticket, and who is told so.</summary>
public sealed class HolderTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_ticket_that_comes_back_is_its_buyers_again()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);
        var (second, _) = await ticket.GiveAsync();
        var (_, secret) = await ticket.OfferAndReadAsync(by: second);
        var back = await OwnedTicket.AcceptAsync(ticket.Buyer, secret);
        back.Status.ShouldBe(200, back.Body.ToString());

        var shown = (await ticket.Buyer.GetAsync(door.Event, ticket.BookingId))["tickets"][0];
        var listed = (await ticket.Buyer.SendAsync(HttpMethod.Get, "me/bookings"))["data"][0].GetProperty("booking")
            .GetProperty("tickets")[0];

        foreach (var one in new[] { shown, listed })
        {
            one.GetProperty("valid").GetBoolean().ShouldBeTrue();
            one.TryGetProperty("handedOn", out _).ShouldBeFalse();
            one.GetProperty("code").GetString().ShouldBe(back["code"].GetString());
        }

        var given = (await ticket.Buyer.SendAsync(HttpMethod.Get, $"events/{door.EventId}/transfers"))["transfers"];
        given.EnumerateArray().ShouldHaveSingleItem().GetProperty("isBack").GetBoolean().ShouldBeTrue();
        given = (await second.SendAsync(HttpMethod.Get, $"events/{door.EventId}/transfers"))["transfers"];
        given.EnumerateArray().ShouldHaveSingleItem().TryGetProperty("isBack", out _).ShouldBeFalse();
        var code = await QrAsync(ticket.Buyer, $"bookings/{ticket.BookingId}/tickets/{ticket.Id}/qr");
        code.ShouldBe(await QrAsync(ticket.Buyer, $"tickets/{ticket.Id}/qr"));
        (await QrAsync(second, $"tickets/{ticket.Id}/qr")).ShouldBeNull();
        foreach (var counter in new[] { 0, 1 })
            (await door.OutcomeAsync(await ticket.SignAsync(counter))).ShouldBe("transferred");
        (await door.OutcomeAsync(await ticket.SignAsync(counter: 2))).ShouldBe("accepted");
    }

    [Fact]
    public async Task Who_is_erased_takes_along_what_others_wrote_of_them()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var email = Auth.NewEmail();
        var account = await Node.RegisterAsync(email);
        await Node.DataSource.ExecuteAsync("update accounts set email_verified_at = now() where id = $1", account.Id);
        var (offered, given) = (await OwnedTicket.BuyAsync(door), await OwnedTicket.BuyAsync(door));
        (await offered.OfferAsync(email.ToUpperInvariant())).Status.ShouldBe(201);
        // The link went on to somebody else, who has the ticket.
        var (holder, _) = await given.GiveAsync();
        await Node.DataSource.ExecuteAsync(
            "update ticket_transfers set email = $2 where ticket_id = $1", given.Id, email);

        (await Node.AskAsync(HttpMethod.Delete, "me", account.AccessToken, new { password = Auth.Password }))
            .Status.ShouldBe(204);

        (await Node.DataSource.CountAsync("ticket_transfers", "lower(email) = lower($1)", email)).ShouldBe(0);
        (await Node.DataSource.QueryAsync<string>(
            "select name from ticket_transfers where to_buyer_id = $1", holder.Id)).Single().ShouldBe("Bo Late");
    }

    [Fact]
    public async Task Who_never_verified_an_address_erases_nothing_that_was_written_of_it()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var email = Auth.NewEmail();
        var account = await Node.RegisterAsync(email);
        var offered = await OwnedTicket.BuyAsync(door);
        (await offered.OfferAsync(email)).Status.ShouldBe(201);
        const string Offers = "recipient = $1 and kind like 'transfer%'";
        var mails = await Node.DataSource.CountAsync("mails", Offers, email);
        mails.ShouldBeGreaterThan(0);

        (await Node.AskAsync(HttpMethod.Delete, "me", account.AccessToken, new { password = Auth.Password }))
            .Status.ShouldBe(204);

        (await Node.DataSource.CountAsync("ticket_transfers", "lower(email) = lower($1)", email)).ShouldBe(1);
        (await Node.DataSource.CountAsync("mails", Offers, email)).ShouldBe(mails);
    }

    [Fact]
    public async Task Everybody_hears_of_their_own_part_of_a_transfer()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);
        var (receiver, received) = await ticket.GiveAsync();
        (await door.OutcomeAsync(received.GetProperty("code").GetString()!)).ShouldBe("accepted");

        var ofGiver = await ticket.Buyer.SendAsync(HttpMethod.Get, "me/export");
        var ofReceiver = await receiver.SendAsync(HttpMethod.Get, "me/export");

        var given = ofGiver["transfersGiven"].EnumerateArray().ShouldHaveSingleItem();
        given.GetProperty("ticketId").GetGuid().ShouldBe(ticket.Id);
        given.GetProperty("email").GetString().ShouldNotBeNull();
        (ofGiver["transfersReceived"].GetArrayLength(), ofGiver["checkIns"].GetArrayLength()).ShouldBe((0, 0));
        var taken = ofReceiver["transfersReceived"].EnumerateArray().ShouldHaveSingleItem();
        (taken.GetProperty("ticketId").GetGuid(), taken.GetProperty("name").GetString())
            .ShouldBe((ticket.Id, "Bo Late"));
        (ofReceiver["transfersGiven"].GetArrayLength(), ofReceiver["checkIns"].GetArrayLength()).ShouldBe((0, 1));
        ofReceiver.Body.ToString().ShouldNotContain(ticket.Code);
    }

    [Fact]
    public async Task What_was_offered_to_a_verified_address_is_told_to_its_owner_alone()
    {
        var (email, ticket) = (Auth.NewEmail(), await OwnedTicket.BuyAsync(await OpenDoor.OpenAsync(Node)));
        var account = await Node.RegisterAsync(email);
        (await ticket.OfferAsync(email)).Status.ShouldBe(201);

        (await Node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken))["transfersOffered"].GetArrayLength()
            .ShouldBe(0, "anybody can register an address");
        await Node.DataSource.ExecuteAsync(
            "update accounts set email_verified_at = now() where id = $1", account.Id);
        (await Node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken))["transfersOffered"].GetArrayLength()
            .ShouldBe(1);
    }

    [Fact]
    public async Task The_organiser_sees_the_chain_finds_a_booking_by_its_holder_and_exports_them()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door, quantity: 2);
        var email = Auth.NewEmail();
        var (_, secret) = await ticket.OfferAndReadAsync(email: email);
        var receiver = await Booker.GuestAsync(Node);
        var accepted = await OwnedTicket.AcceptAsync(receiver, secret, "Zeta Unheard");

        var shown = await door.Organisation.AskAsync(
            HttpMethod.Get, $"/events/{door.EventId}/bookings/{ticket.BookingId}");
        var step = shown["transfers"].EnumerateArray().ShouldHaveSingleItem();
        (step.GetProperty("ticketId").GetGuid(), step.GetProperty("number").GetInt32()).ShouldBe((ticket.Id, 1));
        step.GetProperty("state").GetString().ShouldBe("accepted");
        (step.GetProperty("name").GetString(), step.GetProperty("email").GetString()).ShouldBe(("Zeta Unheard", email));

        foreach (var words in new[] { "zeta", email.ToUpperInvariant(), accepted["code"].GetString()! })
        {
            var found = await door.Organisation.AskAsync(
                HttpMethod.Get, $"/events/{door.EventId}/bookings?search={Uri.EscapeDataString(words)}");
            found["data"].EnumerateArray().ShouldHaveSingleItem(words).GetProperty("id").GetGuid()
                .ShouldBe(ticket.BookingId);
        }

        (await door.Organisation.AskAsync(HttpMethod.Get, $"/events/{door.EventId}/bookings?search=zetabeta"))["data"]
            .GetArrayLength().ShouldBe(0);
        var rows = await CsvAsync(door);
        rows[0].ShouldEndWith("Holder,Holder's e-mail,Transfers");
        rows.Single(row => row.StartsWith($"{ticket.Id}", StringComparison.Ordinal))
            .ShouldEndWith($",Zeta Unheard,{email},1");
        rows.Count(row => row.EndsWith(",0", StringComparison.Ordinal)
            && row.Split(",Ada Brook,").Length == 3).ShouldBe(1, "who bought it has it");
    }

    private static async Task<string[]> CsvAsync(OpenDoor door)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/organisations/{door.Organisation.Id}/events/{door.EventId}/tickets.csv");
        request.Headers.Authorization = new("Bearer", door.Organisation.Owner.AccessToken);
        using var response = await door.Node.Client.SendAsync(request);
        return (await response.Content.ReadAsStringAsync()).TrimEnd().Split("\r\n");
    }

    private async Task<string?> QrAsync(Booker booker, string path)
    {
        var eventId = (await Node.DataSource.QueryAsync<Guid>(
            "select event_id from ticket_transfers where $1 in (from_buyer_id, to_buyer_id) limit 1",
            booker.Id)).Single();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{eventId}/{path}");
        request.Headers.Authorization = new("Bearer", booker.Token);
        using var response = await Node.Client.SendAsync(request);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }
}
