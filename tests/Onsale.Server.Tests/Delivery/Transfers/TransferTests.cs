using System.Text.Json;
using Onsale.Server.Delivery.Door;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;
using DoorDevice = Onsale.Server.Tests.Delivery.Door.DoorDevice;

namespace Onsale.Server.Tests.Delivery.Transfers;

/// <summary>Tickets that change hands.</summary>
public sealed class TransferTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task After_a_transfer_every_copy_of_the_giver_is_dead_and_the_receiver_comes_in()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);
        var printed = await ticket.SignAsync(counter: 0);
        var device = await DoorDevice.PairAsync(door, showsNames: true);
        var began = (await device.AskAsync(HttpMethod.Get, "event"))["state"].GetProperty("changesAfter").GetString();

        var (receiver, received) = await ticket.GiveAsync();

        var typed = received.GetProperty("code").GetString()!;
        typed.ShouldNotBe(ticket.Code);
        (await door.OutcomeAsync(printed)).ShouldBe("transferred");
        (await door.OutcomeAsync(ticket.Code)).ShouldBe("transferred");
        (await door.OutcomeAsync(await ticket.SignAsync(counter: 2))).ShouldBe("invalidSignature");
        (await QrAsync(ticket.Buyer, $"bookings/{ticket.BookingId}/tickets/{ticket.Id}/qr")).ShouldBe(404);
        (await QrAsync(ticket.Buyer, $"tickets/{ticket.Id}/qr")).ShouldBe(404);
        (await QrAsync(receiver, $"tickets/{ticket.Id}/qr")).ShouldBe(200);
        var booking = await ticket.Buyer.GetAsync(door.Event, ticket.BookingId);
        booking["tickets"][0].GetProperty("valid").GetBoolean().ShouldBeFalse();
        booking["tickets"][0].GetProperty("handedOn").GetBoolean().ShouldBeTrue();
        // The list of a device that loads it now, and the news of one that has it.
        var part = (await device.AskAsync(HttpMethod.Get, "tickets")).Body;
        AssertIsReceivers(part, typed);
        await Eventually.ShouldPassAsync(async () => AssertIsReceivers(
            (await device.AskAsync(HttpMethod.Get, $"changes?after={began}"))["list"], typed));

        (await door.OutcomeAsync(typed)).ShouldBe("accepted");
        (await door.OutcomeAsync(await ticket.SignAsync(counter: 1))).ShouldBe("alreadyCheckedIn");
        var mine = await receiver.SendAsync(HttpMethod.Get, "me/tickets");
        mine["data"][0].GetProperty("ticketId").GetGuid().ShouldBe(ticket.Id);
        (await ticket.Buyer.SendAsync(HttpMethod.Get, "me/tickets"))["meta"].GetProperty("total").GetInt32()
            .ShouldBe(0);

        void AssertIsReceivers(JsonElement list, string code)
        {
            list.GetProperty("counters").EnumerateArray().Select(one => one.GetInt32()).ShouldBe([1]);
            list.GetProperty("names")[0].GetString().ShouldBe("Bo Late");
            var hash = new byte[DoorHash.CodeBytes];
            DoorHash.Write(door.EventId, code, hash);
            list.GetProperty("codes").GetBytesFromBase64().ShouldBe(hash);
        }
    }

    [Fact]
    public async Task A_ticket_goes_on_from_hand_to_hand_and_the_organiser_sees_the_chain()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);

        var (second, _) = await ticket.GiveAsync();
        var (third, last) = await ticket.GiveAsync(by: second);

        (await ticket.OfferAsync(Auth.NewEmail())).Code.ShouldBe("ticket-not-found");
        (await ticket.OfferAsync(Auth.NewEmail(), by: second)).Code.ShouldBe("ticket-not-found");
        (await second.SendAsync(HttpMethod.Get, "me/tickets"))["data"].GetArrayLength().ShouldBe(0);
        foreach (var counter in new[] { 0, 1 })
            (await door.OutcomeAsync(await ticket.SignAsync(counter))).ShouldBe("transferred");
        (await door.OutcomeAsync(last.GetProperty("code").GetString()!)).ShouldBe("accepted");
        var chain = await door.Organisation.AskAsync(HttpMethod.Get, $"/events/{door.EventId}/transfers/list");
        chain["data"].EnumerateArray()
            .Select(row => (row.GetProperty("number").GetInt32(), row.GetProperty("toBuyerId").GetGuid()))
            .ShouldBe([(2, third.Id), (1, second.Id)]);
        // Both were told.
        (await Node.DataSource.CountAsync("mails", "cause like $1", $"transfer-received:{door.EventId}:%")).ShouldBe(2);
        (await Node.DataSource.CountAsync("mails", "cause like $1", $"transfer-given:{door.EventId}:%")).ShouldBe(1);
        await Node.ShouldBeSoundAsync(door.Event);
    }

    [Fact]
    public async Task Of_many_who_accept_at_once_one_has_it_and_again_the_same()
    {
        var ticket = await OwnedTicket.BuyAsync(await OpenDoor.OpenAsync(Node));
        var (_, secret) = await ticket.OfferAndReadAsync();
        var people = await Booker.GuestsAsync(Node, 8);

        var answers = await Task.WhenAll(people.Select(person => OwnedTicket.AcceptAsync(person, secret)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "transfer-accepted").ShouldBe(7);
        var winner = people[Array.FindIndex(answers, answer => answer.Status == 200)];
        (await OwnedTicket.AcceptAsync(winner, secret)).Status.ShouldBe(200);
        (await Node.DataSource.CountAsync("ticket_transfers", "ticket_id = $1 and state = 1", ticket.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_lock_two_would_both_have_it()
    {
        // The control: both have read that it is offered before either of them writes.
        var ticket = await OwnedTicket.BuyAsync(await OpenDoor.OpenAsync(Node));
        var (id, _) = await ticket.OfferAndReadAsync();
        const string Read = "select state::integer from ticket_transfers where id = $1";
        const string Write = """
            with taken as (
                update ticket_transfers set state = 1, to_buyer_id = $2, code = $3, ended_at = now()
                where id = $1 returning 1)
            select count(*) from taken
            """;
        List<int> read = [];
        List<long> written = [];
        for (var i = 0; i < 2; i++)
            read.Add((await Node.DataSource.QueryAsync<int>(Read, id)).Single());
        for (var i = 0; i < 2; i++)
            written.Add((await Node.DataSource.QueryAsync<long>(Write, id, House.NewId(), $"{id:N}{i}")).Single());

        read.ShouldBe([0, 0]);
        written.ShouldBe([1, 1]);
    }

    [Fact]
    public async Task Withdrawn_or_accepted_whichever_is_first_and_never_both()
    {
        var door = await OpenDoor.OpenAsync(Node);
        for (var round = 0; round < 6; round++)
        {
            var ticket = await OwnedTicket.BuyAsync(door);
            var (id, secret) = await ticket.OfferAndReadAsync();
            var receiver = await Booker.GuestAsync(Node);

            var accepting = OwnedTicket.AcceptAsync(receiver, secret);
            var withdrawing = ticket.WithdrawAsync(id);
            var (accepted, withdrawn) = (await accepting, await withdrawing);

            if (accepted.Status == 200)
            {
                withdrawn.Code.ShouldBe("transfer-accepted");
                (await door.OutcomeAsync(ticket.Code)).ShouldBe("transferred");
            }
            else
            {
                accepted.Code.ShouldBe("transfer-withdrawn");
                withdrawn.State.ShouldBe("withdrawn");
                (await ticket.WithdrawAsync(id)).State.ShouldBe("withdrawn");
                (await door.OutcomeAsync(ticket.Code)).ShouldBe("accepted");
            }
        }
    }

    [Fact]
    public async Task Cancelled_by_its_buyer_or_accepted_and_never_both()
    {
        var door = await OpenDoor.OpenAsync(Node);
        for (var round = 0; round < 6; round++)
        {
            var ticket = await OwnedTicket.BuyAsync(door, quantity: 2);
            var (_, secret) = await ticket.OfferAndReadAsync();
            var receiver = await Booker.GuestAsync(Node);

            var accepting = OwnedTicket.AcceptAsync(receiver, secret);
            var cancelling = ticket.Buyer.CancelAsync(door.Event, ticket.BookingId);
            var (accepted, cancelled) = (await accepting, await cancelling);

            if (accepted.Status == 200)
            {
                cancelled.Code.ShouldBe("tickets-handed-on");
                (await ticket.Buyer.GetAsync(door.Event, ticket.BookingId)).State.ShouldBe("confirmed");
            }
            else
            {
                accepted.Code.ShouldBeOneOf("transfer-withdrawn", "already-cancelled");
                cancelled.State.ShouldBe("cancelled");
            }
        }

        await Node.ShouldBeSoundAsync(door.Event);
    }

    [Fact]
    public async Task Scanned_or_accepted_at_once_lets_one_person_in()
    {
        var door = await OpenDoor.OpenAsync(Node);
        for (var round = 0; round < 6; round++)
        {
            var ticket = await OwnedTicket.BuyAsync(door);
            var (_, secret) = await ticket.OfferAndReadAsync();
            var receiver = await Booker.GuestAsync(Node);

            var accepting = OwnedTicket.AcceptAsync(receiver, secret);
            var scanning = door.OutcomeAsync(ticket.Code);
            var (accepted, outcome) = (await accepting, await scanning);

            (accepted.Status, outcome).ShouldBeOneOf((200, "transferred"), (409, "accepted"));
            if (accepted.Status == 409)
                accepted.Code.ShouldBe("already-checked-in");
        }
    }

    [Fact]
    public async Task A_ticket_that_was_checked_in_cancelled_or_disputed_does_not_change_hands()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var receiver = await Booker.GuestAsync(Node);
        var used = await OwnedTicket.BuyAsync(door);
        var (_, ofUsed) = await used.OfferAndReadAsync();
        (await door.ScanAsync(used.Code, gate: "North")).GetProperty("outcome").GetString().ShouldBe("accepted");
        var cancelled = await OwnedTicket.BuyAsync(door);
        var (_, ofCancelled) = await cancelled.OfferAndReadAsync();
        (await cancelled.Buyer.CancelAsync(door.Event, cancelled.BookingId)).State.ShouldBe("cancelled");
        var disputed = await OwnedTicket.BuyAsync(door);
        var (_, ofDisputed) = await disputed.OfferAndReadAsync();
        await Node.DataSource.ExecuteAsync(
            """
            insert into payment_disputes (
                event_id, id, booking_id, attempt, provider, reference, state, amount, currency, reason)
            values ($1, gen_random_uuid(), $2, 1, 'simulated', 'dp', 0, 1, 'USD', 'fraudulent')
            """, door.EventId, disputed.BookingId);

        var accepted = await OwnedTicket.AcceptAsync(receiver, ofUsed);
        (accepted.Code, accepted["gate"].GetString()).ShouldBe(("already-checked-in", "North"));
        (await used.OfferAsync(Auth.NewEmail())).Code.ShouldBe("already-checked-in");
        (await OwnedTicket.AcceptAsync(receiver, ofCancelled)).Code.ShouldBe("transfer-withdrawn");
        (await cancelled.OfferAsync(Auth.NewEmail())).Code.ShouldBe("already-cancelled");
        (await OwnedTicket.AcceptAsync(receiver, ofDisputed)).Code.ShouldBe("payment-disputed");
        (await disputed.OfferAsync(Auth.NewEmail())).Code.ShouldBe("payment-disputed");
        // What was a mistake of the door is none of the ticket's.
        (await door.OutcomeAsync(used.Code, "exit")).ShouldBe("accepted");
        (await OwnedTicket.AcceptAsync(receiver, ofUsed)).Code.ShouldBe("already-checked-in", "it has been used");
    }

    [Fact]
    public async Task The_organiser_decides_whether_tickets_change_hands()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);
        var (_, secret) = await ticket.OfferAndReadAsync();
        var receiver = await Booker.GuestAsync(Node);
        var path = $"/events/{door.EventId}/transfers";
        (await door.Organisation.AskAsync(HttpMethod.Get, path))["allowed"].GetBoolean().ShouldBeTrue();

        (await door.Organisation.AskAsync(HttpMethod.Put, path, body: new { allowed = false })).Status.ShouldBe(200);

        (await OwnedTicket.AcceptAsync(receiver, secret)).Code.ShouldBe("transfers-closed");
        (await OpenAsync(secret)).Code.ShouldBe("transfers-closed");
        (await door.Organisation.AskAsync(HttpMethod.Put, path, body: new { allowed = true })).Status.ShouldBe(200);
        var shown = await OpenAsync(secret);
        (shown.State, shown["event"].GetProperty("id").GetGuid()).ShouldBe(("offered", door.EventId));
        (await OwnedTicket.AcceptAsync(receiver, secret)).Status.ShouldBe(200);
        (await Node.DataSource.CountAsync(
            "activity_log", "event_id = $1 and action = 'event.transfers-changed'", door.EventId)).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_not_the_callers_is_not_there_and_what_makes_no_sense_is_refused()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var ticket = await OwnedTicket.BuyAsync(door);
        var stranger = await Booker.GuestAsync(Node);
        var email = Auth.NewEmail();

        (await ticket.OfferAsync(email, by: stranger)).Code.ShouldBe("ticket-not-found");
        foreach (var bad in new[] { "", "nobody", new string('x', 300) + "@example.com", "a@b\r\nBcc: c@d" })
            (await ticket.OfferAsync(bad)).Code.ShouldBe("validation");
        var first = await ticket.OfferAsync(email);
        (await ticket.OfferAsync(email.ToUpperInvariant())).Id.ShouldBe(first.Id, "the same offer");
        (await ticket.OfferAsync(Auth.NewEmail())).Code.ShouldBe("already-offered");
        (await Node.DataSource.CountAsync("mails", "recipient = $1", email)).ShouldBe(1);
        (await ticket.WithdrawAsync(first.Id, by: stranger)).Code.ShouldBe("transfer-not-found");
        (await stranger.SendAsync(HttpMethod.Get, $"events/{door.EventId}/transfers"))["transfers"].GetArrayLength()
            .ShouldBe(0);
        (await ticket.Buyer.SendAsync(HttpMethod.Get, $"events/{door.EventId}/transfers"))["transfers"][0]
            .GetProperty("email").GetString().ShouldBe(email);
        (await ticket.WithdrawAsync(first.Id)).State.ShouldBe("withdrawn");
        var (_, secret) = await ticket.OfferAndReadAsync();
        (await OwnedTicket.AcceptAsync(ticket.Buyer, secret)).Code.ShouldBe("transfer-to-self");
        (await OwnedTicket.AcceptAsync(stranger, "x")).Code.ShouldBe("transfer-not-found");
        foreach (var bad in new[] { "", new string('x', 101) })
            (await OwnedTicket.AcceptAsync(stranger, bad)).Code.ShouldBe("validation");
        (await OwnedTicket.AcceptAsync(stranger, secret, new string('x', 101))).Code.ShouldBe("validation");
        (await Node.AskAsync(HttpMethod.Get, "me/tickets", "none")).Status.ShouldBe(401);
        (await Node.AskAsync(
            HttpMethod.Post, $"events/{door.EventId}/tickets/{ticket.Id}/transfers", "none", new { email })).Status
            .ShouldBe(401);
        (await Node.AskAsync(HttpMethod.Post, "transfers/accept", "none", new { secret })).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_guest_that_signs_in_takes_along_what_it_was_given()
    {
        var ticket = await OwnedTicket.BuyAsync(await OpenDoor.OpenAsync(Node));
        var (guest, _) = await ticket.GiveAsync();
        var (email, password) = (Auth.NewEmail(), Auth.Password);
        await Node.RegisterAsync(email);

        var signed = await (await Node.PostAsync("login", new { email, password }, guest.Token)).ShouldSignInAsync(200);

        await Eventually.ShouldPassAsync(async () =>
        {
            var mine = await Node.AskAsync(HttpMethod.Get, "me/tickets", signed.AccessToken);
            mine["data"][0].GetProperty("ticketId").GetGuid().ShouldBe(ticket.Id);
        });
    }

    private Task<Answer> OpenAsync(string secret) =>
        Node.AskAsync(HttpMethod.Post, "transfers/open", token: null, new { secret });

    private async Task<int> QrAsync(Booker booker, string path)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"/api/v1/events/{await EventOfAsync(booker)}/{path}");
        request.Headers.Authorization = new("Bearer", booker.Token);
        using var response = await Node.Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task<Guid> EventOfAsync(Booker booker) =>
        (await Node.DataSource.QueryAsync<Guid>(
            "select event_id from ticket_transfers where $1 in (from_buyer_id, to_buyer_id) limit 1",
            booker.Id)).Single();
}
