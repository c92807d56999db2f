using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Delivery.Orders;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Orders;

public sealed class FindOrderTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Email = "Ada@Example.com";

    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_paid_order_is_found_by_its_code_and_email_and_shows_its_tickets()
    {
        var (code, booking) = await BuyAsync();

        var found = await FindAsync(code.ToLowerInvariant().Replace('-', ' '), "ada@example.COM");

        ((int)found.StatusCode).ShouldBe(200, await found.Content.ReadAsStringAsync());
        found.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var order = await found.Content.ReadFromJsonAsync<JsonElement>();
        order.GetProperty("booking").GetProperty("id").GetGuid().ShouldBe(booking);
        order.GetProperty("booking").GetProperty("tickets").GetArrayLength().ShouldBe(1);
        order.GetProperty("event").GetProperty("title").GetString().ShouldBe("Evening");

        var ticket = order.GetProperty("booking").GetProperty("tickets")[0].GetProperty("id").GetGuid();
        var qr = await QrAsync(ticket, order.GetProperty("access").GetString());
        ((int)qr.StatusCode).ShouldBe(200);
        qr.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        await (await QrAsync(House.NewId(), order.GetProperty("access").GetString()))
            .ShouldBeProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Whatever_is_wrong_the_answer_is_the_same()
    {
        var (code, _) = await BuyAsync();
        var (unpaid, _) = await BuyAsync(pay: false);

        var answers = new[]
        {
            await FindAsync(code, "somebody@example.com"),
            await FindAsync("222-222-222", Email),
            await FindAsync(unpaid, Email),
        };

        var texts = new List<string>();
        foreach (var answer in answers)
        {
            var problem = await answer.ShouldBeProblemAsync(404, "order-not-found");
            texts.Add(problem.GetProperty("detail").GetString()!);
        }

        texts.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Addresses_tried_at_one_code_are_bounded_and_other_codes_are_not()
    {
        var (code, _) = await BuyAsync();
        var (other, _) = await BuyAsync();
        for (var attempt = 0; attempt < AccountsLimits.SignInAttempts; attempt++)
            await (await FindAsync(code, $"guess{attempt}@example.com")).ShouldBeProblemAsync(404, "order-not-found");

        var blocked = await FindAsync(code, Email);

        await blocked.ShouldBeProblemAsync(429, "too-many-attempts");
        blocked.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
        ((int)(await FindAsync(other, Email)).StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("K7M-F2Q", "a@example.com", "orderCode")]
    [InlineData("K7M-F2Q-XDH", "nobody", "email")]
    public async Task What_is_no_code_or_no_address_is_named(string code, string email, string field) =>
        (await (await FindAsync(code, email)).ShouldBeProblemAsync(400, "validation"))
            .GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bm90IGEgdG9rZW4=")]
    [InlineData("%%%")]
    public async Task Without_the_access_of_a_found_order_there_is_no_code(string? access) =>
        await (await QrAsync(House.NewId(), access)).ShouldBeProblemAsync(403, "forbidden");

    private async Task<(string Code, Guid Booking)> BuyAsync(bool pay = true)
    {
        var @event = await TestEvent.WithPoolsAsync(Node.DataSource, [10]);
        var guest = await Booker.GuestAsync(Node);
        var hold = await guest.HoldTicketsAsync(@event, 1);
        var given = await guest.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name = "Ada", email = Email }));
        if (pay)
            (await guest.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        return (given["orderCode"].GetString()!, hold.Id);
    }

    private Task<HttpResponseMessage> FindAsync(string orderCode, string email) =>
        Node.Client.PostAsJsonAsync("/api/v1/orders/find", new { orderCode, email });

    private Task<HttpResponseMessage> QrAsync(Guid ticket, string? access)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/orders/tickets/{ticket}/qr");
        if (access is not null)
            request.Headers.TryAddWithoutValidation(OrderAccess.Header, access);
        return Node.Client.SendAsync(request);
    }
}
