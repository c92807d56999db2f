using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

public sealed class BookingContactTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_contact_gives_the_booking_an_order_code_that_stays_when_the_contact_changes()
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [10]);
        var guest = await Booker.GuestAsync(Node);
        var hold = await guest.HoldTicketsAsync(@event, 2);
        hold.Body.TryGetProperty("orderCode", out _).ShouldBeFalse();

        var given = await SetAsync(guest, @event, hold.Id, new { name = " Ada ", email = "Ada@Example.com" });

        given.Status.ShouldBe(200, given.Body.ToString());
        given.State.ShouldBe("held");
        var code = given["orderCode"].GetString()!;
        code.ShouldMatch("^[2-9C-Y]{3}-[2-9C-Y]{3}-[2-9C-Y]{3}$");
        given["contact"].ToString().ShouldBe("""{"name":"Ada","email":"Ada@Example.com","language":"en"}""");

        var confirmed = await guest.ConfirmAsync(@event, hold.Id);
        confirmed["orderCode"].GetString().ShouldBe(code);
        var changed = await SetAsync(
            guest, @event, hold.Id, new { name = "Ada", email = "ada@example.org", language = "de" });
        changed["orderCode"].GetString().ShouldBe(code);
        changed["tickets"].GetArrayLength().ShouldBe(2);
        (await guest.GetAsync(@event, hold.Id)).Body.ToString().ShouldBe(changed.Body.ToString());
        (await guest.MineAsync())["data"][0].GetProperty("booking").ToString().ShouldBe(changed.Body.ToString());
    }

    [Theory]
    [InlineData("""{"name":"","email":"a@example.com"}""", "name")]
    [InlineData("""{"name":"Ada","email":"nobody"}""", "email")]
    [InlineData("""{"name":"Ada","email":"a@example.com","language":"x y"}""", "language")]
    [InlineData(
        """{"name":"Ada","email":"a@example.com","language":"en-12345678-12345678-12345678-12345678"}""", "language")]
    public async Task What_is_wrong_with_a_contact_is_named_and_nothing_changes(string body, string field)
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [10]);
        var guest = await Booker.GuestAsync(Node);
        var hold = await guest.HoldTicketsAsync(@event, 1);

        var refused = await guest.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        refused.Status.ShouldBe(400);
        refused["errors"].TryGetProperty(field, out _).ShouldBeTrue(refused.Body.ToString());
        (await guest.GetAsync(@event, hold.Id)).Body.TryGetProperty("contact", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Only_the_buyer_of_a_booking_that_stands_can_set_its_contact()
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [10]);
        var (owner, other) = (await Booker.GuestAsync(Node), await Booker.GuestAsync(Node));
        var hold = await owner.HoldTicketsAsync(@event, 1);

        (await SetAsync(other, @event, hold.Id, Ada)).Code.ShouldBe("booking-not-found");
        (await SetAsync(owner, @event, House.NewId(), Ada)).Code.ShouldBe("booking-not-found");
        var anonymous = await Node.Client.PutAsJsonAsync(
            $"/api/v1/events/{@event.Id}/bookings/{hold.Id}/contact", Ada);
        ((int)anonymous.StatusCode).ShouldBe(401);
        (await owner.CancelAsync(@event, hold.Id)).State.ShouldBe("released");

        (await SetAsync(owner, @event, hold.Id, Ada)).Code.ShouldBe("hold-expired");

        (await CountAsync(hold.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task A_code_that_the_event_has_already_is_drawn_again()
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [10]);
        var guest = await Booker.GuestAsync(Node);
        var (first, second) = (await guest.HoldTicketsAsync(@event, 1), await guest.HoldTicketsAsync(@event, 1));
        var draws = new Queue<string>(["K7MF2QXDH", "K7MF2QXDH", "K7MF2QXDJ"]);
        var store = new ContactStore(Node.DataSource) { NewCode = draws.Dequeue };

        var one = await store.SetAsync(@event.Id, first.Id, guest.Id, "Ada", "a@example.com", "en");
        var two = await store.SetAsync(@event.Id, second.Id, guest.Id, "Ada", "a@example.com", "en");

        one!.OrderCode.ShouldBe("K7MF2QXDH");
        two!.OrderCode.ShouldBe("K7MF2QXDJ");
    }

    [Fact]
    public async Task Deleting_the_account_erases_the_contacts_of_its_bookings_and_of_no_others()
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [10]);
        var account = await Node.RegisterAsync();
        var buyer = new Booker(Node.Client, account.AccessToken, account.Id);
        var other = await Booker.GuestAsync(Node);
        var (own, foreign) = (await buyer.HoldTicketsAsync(@event, 1), await other.HoldTicketsAsync(@event, 1));
        (await SetAsync(buyer, @event, own.Id, Ada)).Status.ShouldBe(200);
        (await SetAsync(other, @event, foreign.Id, Ada)).Status.ShouldBe(200);

        var deleted = await Node.SendMeAsync(
            HttpMethod.Delete, "", account.AccessToken, new { password = Auth.Password });

        ((int)deleted.StatusCode).ShouldBe(204);
        var contacts = Node.Services.GetRequiredService<ContactStore>();
        var erased = await contacts.FindAsync(@event.Id, own.Id);
        (erased!.Name, erased.Email, erased.Language).ShouldBe((null, null, null));
        erased.OrderCode.Length.ShouldBe(OrderCodes.Length);
        (await contacts.FindAsync(@event.Id, foreign.Id))!.Email.ShouldBe("ada@example.com");
    }

    private static object Ada => new { name = "Ada", email = "ada@example.com" };

    private static Task<Answer> SetAsync(Booker booker, TestEvent @event, Guid booking, object contact) =>
        booker.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{booking}/contact", JsonContent.Create(contact));

    private async Task<long> CountAsync(Guid booking)
    {
        await using var connection = await Node.DataSource.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<long>(
            "select count(*) from booking_contacts where booking_id = @booking", new { booking });
    }
}
