using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Invoices;

/// <summary>Invoices and credit notes, from the payment to the buyer's page.</summary>
public sealed class InvoiceTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Payment_has_an_invoice_that_says_what_was_sold_by_whom_to_whom()
    {
        var (made, @event) = await IssuingAsync(10);
        await SetTaxAsync(made, 1900);
        var (buyer, booking) = await BuyAsync(@event, 2, "Ada");

        var shown = await InvoicesAsync(buyer, @event, booking, 1);

        var invoice = shown[0];
        (invoice.GetProperty("number").GetInt64(), invoice.GetProperty("reference").GetString())
            .ShouldBe((1, "ON-000001"));
        invoice.GetProperty("kind").GetString().ShouldBe("invoice");
        invoice.GetProperty("seller").GetProperty("legalName").GetString().ShouldBe("Lido Club e. V.");
        invoice.GetProperty("buyer").GetProperty("name").GetString().ShouldBe("Ada");
        (invoice.GetProperty("total").GetInt64(), invoice.GetProperty("tax").GetInt64(),
            invoice.GetProperty("net").GetInt64(), invoice.GetProperty("exponent").GetInt32())
            .ShouldBe((2000, 320, 1680, 2));
        var line = invoice.GetProperty("lines")[0];
        (line.GetProperty("quantity").GetInt32(), line.GetProperty("unitPrice").GetInt64(),
            line.GetProperty("taxBasisPoints").GetInt32()).ShouldBe((2, 1000, 1900));
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Refunds_have_credit_notes_that_sum_to_the_invoice_and_name_it()
    {
        var (made, @event) = await IssuingAsync(10);
        await SetTaxAsync(made, 700);
        var (buyer, booking) = await BuyAsync(@event, 2, "Ada");
        foreach (var amount in new[] { 301, 99 })
        {
            (await made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/refund", new { amount, reason = "Late doors" }))
                .Status.ShouldBe(200);
        }

        (await made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/cancel", new { reason = "Asked" })).Status
            .ShouldBe(200);

        var shown = await InvoicesAsync(buyer, @event, booking, 4);

        shown.Select(one => one.GetProperty("total").GetInt64()).ShouldBe([2000, -301, -99, -1600]);
        shown.Sum(one => one.GetProperty("tax").GetInt64()).ShouldBe(0);
        shown.Skip(1).ShouldAllBe(one => one.GetProperty("kind").GetString() == "creditNote"
            && one.GetProperty("refersTo").GetString() == "ON-000001");
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Details_that_come_late_correct_the_invoice_and_those_in_time_are_on_it()
    {
        var (made, @event) = await IssuingAsync(10);
        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldTicketsAsync(@event, 1);
        (await DetailsAsync(buyer, @event, hold.Id, new { name = "Ada", company = "Analytical Ltd", vatId = "GB123" }))
            .Status.ShouldBe(200);
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        var first = (await InvoicesAsync(buyer, @event, hold.Id, 1))[0];
        first.GetProperty("buyer").GetProperty("company").GetString().ShouldBe("Analytical Ltd");

        (await DetailsAsync(
            buyer, @event, hold.Id, new { name = "Ada", company = "Engines plc", address = "1 Row\nBath" }))
            .Status.ShouldBe(200);

        var shown = await InvoicesAsync(buyer, @event, hold.Id, 3);
        shown.Select(one => (one.GetProperty("total").GetInt64(), one.GetProperty("isCorrection").GetBoolean()))
            .ShouldBe([(1000, false), (-1000, true), (1000, true)]);
        shown[1].GetProperty("buyer").GetProperty("company").GetString().ShouldBe("Analytical Ltd");
        shown[2].GetProperty("buyer").GetProperty("company").GetString().ShouldBe("Engines plc");
        // Said again, it is nothing new; and a refund takes back the one that stands.
        await DetailsAsync(
            buyer, @event, hold.Id, new { name = "Ada", company = "Engines plc", address = "1 Row\nBath" });
        await made.AskAsync(
            HttpMethod.Post, $"/bookings/{hold.Id}/refund", new { amount = 400, reason = "Late doors" });
        shown = await InvoicesAsync(buyer, @event, hold.Id, 4);
        shown[3].GetProperty("refersTo").GetString().ShouldBe(shown[2].GetProperty("reference").GetString());
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Free_booking_and_an_organisation_that_issues_none_have_no_invoice()
    {
        var (made, @event) = await IssuingAsync(10);
        var free = await made.AskAsync(HttpMethod.Post, "/bookings", new
        {
            method = "comp",
            tickets = new[] { new { tierId = @event.Tiers[0].Id, quantity = 1 } },
        });
        free.Status.ShouldBe(201, free.Body.ToString());
        var silent = await OwnEvent.PublishedAsync(_node, 10);
        var (quiet, unbilled) = await BuyAsync(await silent.ToTestEventAsync(), 1, "Ada");
        var (buyer, paid) = await BuyAsync(@event, 1, "Ada");

        // The one that is paid has its invoice: whatever was before it had its turn.
        (await InvoicesAsync(buyer, @event, paid, 1)).Count.ShouldBe(1);

        (await _node.DataSource.CountAsync("invoices", "booking_id = $1", free.Id)).ShouldBe(0);
        (await _node.DataSource.CountAsync("invoices", "booking_id = $1", unbilled)).ShouldBe(0);
        var answer = await quiet.SendAsync(HttpMethod.Get, $"me/bookings/{silent.Id}/{unbilled}/invoices");
        answer["isOffered"].GetBoolean().ShouldBeFalse();
        (await quiet.SendAsync(
            HttpMethod.Put, $"me/bookings/{silent.Id}/{unbilled}/invoice-details",
            JsonContent.Create(new { name = "A" })))
            .ShouldRefuse(409, "no-invoices");
    }

    [Fact]
    public async Task Payments_before_it_was_turned_on_have_none_and_numbers_go_on_after_it_was_off()
    {
        var (made, @event) = await OwnEvent.OnSaleAsync(_node, 10);
        var (_, before) = await BuyAsync(@event, 1, "Ada");
        await SetAsync(made, isOn: true);
        var (first, one) = await BuyAsync(@event, 1, "Bea");
        await InvoicesAsync(first, @event, one, 1);
        await SetAsync(made, isOn: false);
        var (_, unbilled) = await BuyAsync(@event, 1, "Cleo");
        await made.AskAsync(HttpMethod.Post, $"/bookings/{one}/refund", new { amount = 100, reason = "Late doors" });
        await InvoicesAsync(first, @event, one, 2);
        await SetAsync(made, isOn: true);
        var (second, two) = await BuyAsync(@event, 1, "Dora");

        (await InvoicesAsync(second, @event, two, 1))[0].GetProperty("number").GetInt64().ShouldBe(3);

        (await _node.DataSource.CountAsync("invoices", "booking_id = any ($1)", new[] { before, unbilled }))
            .ShouldBe(0);
        await _node.ShouldBeSoundAsync(@event);
    }

    [Fact]
    public async Task Organiser_lists_filters_and_exports_and_nobody_sees_anothers()
    {
        var (made, @event) = await IssuingAsync(10);
        var (buyer, booking) = await BuyAsync(@event, 2, "Grace 100%_Hopper");
        await made.AskAsync(
            HttpMethod.Post, $"/bookings/{booking}/refund", new { amount = 100, reason = "Late doors" });
        await InvoicesAsync(buyer, @event, booking, 2);
        var other = await OwnEvent.PublishedAsync(_node, 10);
        var stranger = await Booker.GuestAsync(_node);

        (await made.Organisation.AskAsync(HttpMethod.Get, "/invoices"))["data"].GetArrayLength().ShouldBe(2);
        (await made.Organisation.AskAsync(HttpMethod.Get, "/invoices?kind=creditNote"))["data"].GetArrayLength()
            .ShouldBe(1);
        (await made.Organisation.AskAsync(HttpMethod.Get, "/invoices?search=100%25_h"))["data"].GetArrayLength()
            .ShouldBe(2);
        (await made.Organisation.AskAsync(HttpMethod.Get, "/invoices?search=100x"))["data"].GetArrayLength()
            .ShouldBe(0);
        (await made.Organisation.AskAsync(HttpMethod.Get, $"/invoices?booking={booking}"))["meta"]
            .GetProperty("total").GetInt32().ShouldBe(2);
        (await made.Organisation.AskAsync(HttpMethod.Get, $"/invoices?event={other.Id}"))
            .ShouldRefuse(404, "event-not-found");
        foreach (var wrong in new[] { "kind=bill", "booking=1", "from=yesterday", "page=0" })
            (await made.Organisation.AskAsync(HttpMethod.Get, $"/invoices?{wrong}")).ShouldRefuse(400, "validation");
        (await made.Organisation.AskAsync(HttpMethod.Get, "/invoices/2"))["total"].GetInt64().ShouldBe(-100);
        foreach (var none in new[] { "3", "0", "x", "99999999999999999999" })
            (await made.Organisation.AskAsync(HttpMethod.Get, $"/invoices/{none}"))
                .ShouldRefuse(404, "invoice-not-found");
        (await other.Organisation.AskAsync(HttpMethod.Get, "/invoices"))["data"].GetArrayLength().ShouldBe(0);
        (await other.Organisation.AskAsync(HttpMethod.Get, "/invoices/1")).ShouldRefuse(404, "invoice-not-found");
        (await stranger.SendAsync(HttpMethod.Get, $"me/bookings/{@event.Id}/{booking}/invoices"))
            .ShouldRefuse(404, "booking-not-found");
        (await DetailsAsync(stranger, @event, booking, new { name = "Eve" })).ShouldRefuse(404, "booking-not-found");
        (await _node.AskAsync(HttpMethod.Get, $"me/bookings/{@event.Id}/{booking}/invoices", null)).Status
            .ShouldBe(401);
    }

    [Theory]
    [InlineData("""{"isOn":true,"legalName":"","address":"x","taxId":"x"}""", "legalName")]
    [InlineData("""{"isOn":true,"legalName":"x","address":"","taxId":"x"}""", "address")]
    [InlineData("""{"isOn":false,"legalName":"x","address":"x","taxId":" "}""", "taxId")]
    [InlineData(
        """{"isOn":true,"legalName":"x","address":"x","taxId":"x","prefix":"123456789012345678901"}""", "prefix")]
    public async Task What_is_wrong_with_the_settings_is_named_by_field(string body, string field)
    {
        var made = await OwnEvent.DraftAsync(_node);

        var answer = await made.Organisation.AskAsync(
            HttpMethod.Put, "/invoicing", body: JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
        (await made.Organisation.AskAsync(HttpMethod.Get, "/invoicing"))["isOn"].GetBoolean().ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":"Ada","vatId":"01234567890123456789012345678901234567890"}""", "vatId")]
    [InlineData("""{"name":"Ada","company":"a\u0007"}""", "company")]
    public async Task What_is_wrong_with_a_buyers_details_is_named_by_field(string body, string field)
    {
        var (_, @event) = await IssuingAsync(5);
        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldTicketsAsync(@event, 1);

        var answer = await DetailsAsync(buyer, @event, hold.Id, JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty(field, out _).ShouldBeTrue(answer.Body.ToString());
    }

    private async Task<(OwnEvent Made, TestEvent Event)> IssuingAsync(int places)
    {
        var made = await OwnEvent.PublishedAsync(_node, places);
        await SetAsync(made, isOn: true);
        return (made, await made.ToTestEventAsync());
    }

    internal static async Task SetAsync(OwnEvent made, bool isOn)
    {
        var set = await made.Organisation.AskAsync(HttpMethod.Put, "/invoicing", body: new
        {
            isOn,
            legalName = "Lido Club e. V.",
            address = "Quay 1\n20457 Hamburg",
            taxId = "DE123456789",
            prefix = "ON-",
        });
        set.Status.ShouldBe(200, set.Body.ToString());
    }

    private static async Task SetTaxAsync(OwnEvent made, int basisPoints)
    {
        var tier = (await made.GetAsync())["tiers"][0];
        await made.PutTierAsync(tier.GetProperty("id").GetGuid(), new
        {
            name = tier.GetProperty("name").GetString(),
            price = 1000,
            tax = new { basisPoints, added = false },
        });
    }

    private async Task<(Booker Buyer, Guid Booking)> BuyAsync(TestEvent @event, int places, string name)
    {
        var buyer = await Booker.GuestAsync(_node);
        var hold = await buyer.HoldTicketsAsync(@event, places);
        hold.Status.ShouldBe(201, hold.Body.ToString());
        (await buyer.SendAsync(
            HttpMethod.Put, $"events/{@event.Id}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name, email = Auth.NewEmail(), language = "en" })))
            .Status.ShouldBe(200);
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);
        return (buyer, hold.Id);
    }

    private static Task<Answer> DetailsAsync(Booker buyer, TestEvent @event, Guid booking, object details) =>
        buyer.SendAsync(
            HttpMethod.Put, $"me/bookings/{@event.Id}/{booking}/invoice-details", JsonContent.Create(details));

    private static async Task<IReadOnlyList<JsonElement>> InvoicesAsync(
        Booker buyer, TestEvent @event, Guid booking, int count)
    {
        IReadOnlyList<JsonElement> shown = [];
        await Eventually.ShouldBeAsync(
            async () =>
            {
                var answer = await buyer.SendAsync(HttpMethod.Get, $"me/bookings/{@event.Id}/{booking}/invoices");
                answer.Status.ShouldBe(200, answer.Body.ToString());
                shown = [.. answer["documents"].EnumerateArray()];
                return shown.Count;
            },
            count);
        return shown;
    }
}
