using System.Net.Http.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.PersonData;

public sealed class ExportPersonTests
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
    public async Task Nobody_without_a_token_exports()
    {
        await using var node = await OnsaleNode.StartAsync();

        (await node.AskAsync(HttpMethod.Get, "me/export", token: null)).Status.ShouldBe(401);
    }

    private static async Task<Guid> BookAsync(OnsaleNode node, TestEvent @event, Signed buyer, string name)
    {
        var booker = new Booker(node.Client, buyer.AccessToken, buyer.Id);
        var hold = await booker.HoldTicketsAsync(@event, 1);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        var contact = await booker.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name, email = Auth.NewEmail(), language = "en" }));
        contact.Status.ShouldBe(200, contact.Body.ToString());
        return hold.Id;
    }
}
