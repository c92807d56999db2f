using System.Net.Http.Headers;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Delivery.Transfers;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Tickets;

public sealed class PrintedTicketTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task A_booking_has_one_ticket_a_page_and_each_admits()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var owned = await OwnedTicket.BuyAsync(door, quantity: 3);

        using var answer = await GetAsync(owned.Buyer, OfBooking(owned));

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldEndWith("-tickets.pdf");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var pages = new PdfPages(await answer.Content.ReadAsByteArrayAsync());
        pages.Count.ShouldBe(3);
        (await pages.TextAsync(1)).ShouldContain("Ada Brook");
        for (var page = 1; page <= 3; page++)
        {
            var code = (await pages.ScanAsync(page)).ShouldNotBeNull();
            (await door.OutcomeAsync(code)).ShouldBe("accepted");
            (await door.OutcomeAsync(code)).ShouldBe("alreadyCheckedIn");
        }
    }

    [Fact]
    public async Task One_ticket_is_printed_for_a_phone_in_another_language()
    {
        var owned = await OwnedTicket.BuyAsync(await OpenDoor.OpenAsync(Node), quantity: 2);

        using var answer = await GetAsync(owned.Buyer, $"{OfTicket(owned)}?format=phone&language=ar");

        using var pages = new PdfPages(await answer.Content.ReadAsByteArrayAsync());
        pages.Count.ShouldBe(1);
        pages.Page(1).Width.ShouldBe(360, 0.5);
        (await pages.TextAsync(1)).ShouldContain("الفئة");
        (await pages.ScanAsync(1)).ShouldBe(await owned.SignAsync(0));
    }

    [Fact]
    public async Task A_numbered_seat_is_told_by_section_row_and_number()
    {
        var @event = await TestEvent.WithSeatsAsync(Node.DataSource, rows: 2, seatsInRow: 10);
        var buyer = await Booker.GuestAsync(Node);
        var hold = await buyer.HoldSeatsAsync(@event, 11, 12);
        (await buyer.ConfirmAsync(@event, hold.Id)).Status.ShouldBe(200);

        using var answer = await GetAsync(buyer, $"events/{@event.Id}/bookings/{hold.Id}/tickets/pdf?language=de");

        using var pages = new PdfPages(await answer.Content.ReadAsByteArrayAsync());
        pages.Count.ShouldBe(2);
        var text = await pages.TextAsync(1);
        text.ShouldContain("Reihe");
        text.ShouldContain("Platz");
        text.ShouldNotContain("Bestellcode", customMessage: "no contact was given");
    }

    [Fact]
    public async Task Nobody_else_prints_it_and_no_ticket_that_does_not_admit_is_printed()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var owned = await OwnedTicket.BuyAsync(door);
        var other = await OwnedTicket.BuyAsync(door);
        var held = await other.Buyer.HoldTicketsAsync(door.Event, 1);

        (await other.Buyer.SendAsync(HttpMethod.Get, OfBooking(owned))).Code.ShouldBe("booking-not-found");
        (await other.Buyer.SendAsync(HttpMethod.Get, OfTicket(owned))).Code.ShouldBe("booking-not-found");
        (await other.Buyer.SendAsync(HttpMethod.Get, $"events/{door.EventId}/tickets/{owned.Id}/pdf")).Code
            .ShouldBe("ticket-not-found");
        // A ticket of another booking, below one's own.
        (await other.Buyer.SendAsync(
            HttpMethod.Get, $"events/{door.EventId}/bookings/{other.BookingId}/tickets/{owned.Id}/pdf")).Code
            .ShouldBe("not-found");
        (await other.Buyer.SendAsync(
            HttpMethod.Get, $"events/{door.EventId}/bookings/{held.Id}/tickets/pdf")).Code.ShouldBe("not-found");
        (await Node.Client.GetAsync($"/api/v1/{OfBooking(owned)}")).StatusCode
            .ShouldBe(System.Net.HttpStatusCode.Unauthorized);

        (await owned.Buyer.CancelAsync(door.Event, owned.BookingId)).State.ShouldBe("cancelled");
        (await owned.Buyer.SendAsync(HttpMethod.Get, OfBooking(owned))).Code.ShouldBe("not-found");
        (await owned.Buyer.SendAsync(HttpMethod.Get, OfTicket(owned))).Code.ShouldBe("not-found");
    }

    [Theory]
    [InlineData("format=letter", "format")]
    [InlineData("language=fr", "language")]
    [InlineData("format=a4&format=phone", "format")]
    public async Task A_format_or_language_that_there_is_not_is_refused(string query, string field)
    {
        var owned = await OwnedTicket.BuyAsync(await OpenDoor.OpenAsync(Node));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{OfBooking(owned)}?{query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", owned.Buyer.Token);

        await (await Node.Client.SendAsync(request)).ShouldRefuseAsync(field);
    }

    [Fact]
    public async Task After_a_transfer_the_print_of_its_giver_admits_nobody_and_no_new_one_is_made()
    {
        var door = await OpenDoor.OpenAsync(Node);
        var owned = await OwnedTicket.BuyAsync(door, quantity: 2);
        using var before = await GetAsync(owned.Buyer, OfTicket(owned));
        using var old = new PdfPages(await before.Content.ReadAsByteArrayAsync());

        var (receiver, _) = await owned.GiveAsync();

        (await door.OutcomeAsync((await old.ScanAsync(1))!)).ShouldBe("transferred");
        (await owned.Buyer.SendAsync(HttpMethod.Get, OfTicket(owned))).Code.ShouldBe("not-found");
        using var rest = await GetAsync(owned.Buyer, OfBooking(owned));
        using var left = new PdfPages(await rest.Content.ReadAsByteArrayAsync());
        left.Count.ShouldBe(1, "the ticket that was kept");

        using var after = await GetAsync(receiver, $"events/{door.EventId}/tickets/{owned.Id}/pdf?language=en");
        using var pages = new PdfPages(await after.Content.ReadAsByteArrayAsync());
        var text = await pages.TextAsync(1);
        text.ShouldContain("Bo Late");
        text.ShouldNotContain("Ada Brook");
        (await door.OutcomeAsync((await pages.ScanAsync(1))!)).ShouldBe("accepted");
    }

    private static string OfBooking(OwnedTicket owned) =>
        $"events/{owned.Door.EventId}/bookings/{owned.BookingId}/tickets/pdf";

    private static string OfTicket(OwnedTicket owned) =>
        $"events/{owned.Door.EventId}/bookings/{owned.BookingId}/tickets/{owned.Id}/pdf";

    private static async Task<HttpResponseMessage> GetAsync(Booker buyer, string route)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{route}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", buyer.Token);
        var answer = await buyer.Client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
        return answer;
    }
}
