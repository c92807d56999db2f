using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.PersonData;

public sealed partial class ExportPersonTests
{
    [Fact]
    public async Task Account_hears_all_that_is_stored_of_it_and_nothing_of_others()
    {
        await using var node = await OnsaleNode.StartAsync();
        var (email, other) = (Auth.NewEmail(), Auth.NewEmail());
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var account = await node.RegisterAsync(email);
        var stranger = await node.RegisterAsync(other);
        var booking = await BookAsync(node, @event, account, "Contact of mine");
        var theirs = await BookAsync(node, @event, stranger, "Contact of theirs");

        var answer = await node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);

        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer["account"].GetProperty("email").GetString().ShouldBe(email);
        var exported = answer["bookings"].EnumerateArray().ShouldHaveSingleItem();
        exported.GetProperty("id").GetGuid().ShouldBe(booking);
        exported.GetProperty("contactName").GetString().ShouldBe("Contact of mine");
        answer["sessions"].GetArrayLength().ShouldBe(1);
        var text = answer.Body.ToString();
        foreach (var secret in new[] { other, theirs.ToString(), "Contact of theirs", "hash", "password" })
            text.ShouldNotContain(secret, Case.Insensitive);
    }

    [Fact]
    public async Task Guest_hears_of_its_bookings_and_a_deleted_account_leaves_nothing_that_names_it()
    {
        await using var node = await OnsaleNode.StartAsync();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await node.GuestAsync();
        var booking = await BookAsync(node, @event, guest, "A guest");
        var account = await node.RegisterAsync();
        await BookAsync(node, @event, account, "Somebody");

        var ofGuest = await node.AskAsync(HttpMethod.Get, "me/export", guest.AccessToken);
        var deleted = await node.AskAsync(
            HttpMethod.Delete, "me", account.AccessToken, new { password = Auth.Password });

        ofGuest["bookings"][0].GetProperty("id").GetGuid().ShouldBe(booking);
        ofGuest["account"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        deleted.Status.ShouldBe(204, deleted.Body.ToString());
        (await node.DataSource.CountAsync("bookings", "buyer_id = $1", account.Id)).ShouldBe(1, "the books stay");
        (await node.DataSource.CountAsync(
            "booking_contacts c join bookings b on b.event_id = c.event_id and b.id = c.booking_id",
            "b.buyer_id = $1 and (c.name is not null or c.email is not null)", account.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task Mails_are_named_to_who_has_verified_the_address_and_neither_links_nor_order_codes_are_told()
    {
        await using var node = await OnsaleNode.StartAsync();
        var email = Auth.NewEmail();
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var victim = await Booker.GuestAsync(node);
        var booking = await BookAsync(@event, victim, "Somebody else", email);
        var code = (await victim.ConfirmAsync(@event, booking))["orderCode"].GetString()!;
        var account = await node.RegisterAsync(email);
        (await node.PostAsync("password/forgot", new { email })).EnsureSuccessStatusCode();
        string[] kinds = ["booking-confirmed", "email-verification", "password-reset"];
        await Eventually.ShouldBeAsync(
            () => node.DataSource.CountAsync("mails", "recipient = $1 and kind = any ($2)", email, kinds), 3);
        var secrets = (await node.DataSource.QueryAsync<string>(
                "select text_body from mails where recipient = $1 and kind = any ($2)", email, kinds[1..]))
            .Select(text => LinkToken().Match(text).Groups["token"].Value).Append(code).ToList();
        secrets.ShouldAllBe(secret => secret.Length > 8);

        var unverified = await node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);
        (await node.PostAsync("email/verify", new { token = await VerificationAsync(node, email) }))
            .EnsureSuccessStatusCode();
        var verified = await node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);

        unverified["mails"].GetArrayLength().ShouldBe(0);
        verified["mails"].EnumerateArray().Select(mail => mail.GetProperty("kind").GetString())
            .ShouldBe(kinds, ignoreOrder: true);
        verified["mails"][0].EnumerateObject().Select(property => property.Name)
            .ShouldBe(["kind", "subject", "createdAt"]);
        foreach (var secret in secrets)
        {
            unverified.Body.ToString().ShouldNotContain(secret);
            verified.Body.ToString().ShouldNotContain(secret);
        }
    }

    [Fact]
    public async Task Buyer_hears_of_payments_and_check_ins_of_own_bookings_only()
    {
        await using var node = await OnsaleNode.StartAsync();
        var door = await OpenDoor.OpenAsync(node);
        var guest = await node.GuestAsync();
        var booker = new Booker(node.Client, guest.AccessToken, guest.Id);
        var booking = await BookAsync(door.Event, booker, "A guest", Auth.NewEmail());
        var tickets = (await booker.ConfirmAsync(door.Event, booking))["tickets"];
        await door.ScanAsync(tickets[0].GetProperty("code").GetString()!, gate: "North");
        await door.ScanAsync((await door.SellAsync(1)).Single(), gate: "South");

        var exported = await node.AskAsync(HttpMethod.Get, "me/export", guest.AccessToken);

        var payment = exported["payments"].EnumerateArray().ShouldHaveSingleItem();
        payment.GetProperty("bookingId").GetGuid().ShouldBe(booking);
        payment.GetProperty("amount").GetInt64().ShouldBePositive();
        var scan = exported["checkIns"].EnumerateArray().ShouldHaveSingleItem();
        scan.GetProperty("bookingId").GetGuid().ShouldBe(booking);
        scan.GetProperty("gate").GetString().ShouldBe("North");
    }

    [Fact]
    public async Task Nobody_without_a_token_exports()
    {
        await using var node = await OnsaleNode.StartAsync();

        (await node.AskAsync(HttpMethod.Get, "me/export", token: null)).Status.ShouldBe(401);
    }

    private static Task<Guid> BookAsync(OnsaleNode node, TestEvent @event, Signed buyer, string name) =>
        BookAsync(@event, new Booker(node.Client, buyer.AccessToken, buyer.Id), name, Auth.NewEmail());

    private static async Task<Guid> BookAsync(TestEvent @event, Booker booker, string name, string email)
    {
        var hold = await booker.HoldTicketsAsync(@event, 1);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        var contact = await booker.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name, email, language = "en" }));
        contact.Status.ShouldBe(200, contact.Body.ToString());
        return hold.Id;
    }

    private static async Task<string> VerificationAsync(OnsaleNode node, string email)
    {
        var text = (await node.DataSource.QueryAsync<string>(
            "select text_body from mails where recipient = $1 and kind = 'email-verification'", email)).Single();
        return LinkToken().Match(text).Groups["token"].Value;
    }

    [GeneratedRegex("#(?<token>[A-Za-z0-9_-]{43})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkToken();
}
