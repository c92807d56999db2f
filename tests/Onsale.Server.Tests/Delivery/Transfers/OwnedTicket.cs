using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Transfers;

/// <summary>A ticket of a confirmed booking, and its buyer.</summary>
internal sealed record OwnedTicket(OpenDoor Door, Booker Buyer, Guid BookingId, Guid Id, string Code)
{
    public OnsaleNode Node => Door.Node;

    public static async Task<OwnedTicket> BuyAsync(OpenDoor door, int quantity = 1)
    {
        var buyer = await Booker.GuestAsync(door.Node);
        var hold = await buyer.HoldTicketsAsync(door.Event, quantity);
        (await buyer.SendAsync(
            HttpMethod.Put, $"events/{door.EventId}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name = "Ada Brook", email = Auth.NewEmail() }))).Status.ShouldBe(200);
        var ticket = (await buyer.ConfirmAsync(door.Event, hold.Id))["tickets"][0];
        return new OwnedTicket(
            door, buyer, hold.Id, ticket.GetProperty("id").GetGuid(), ticket.GetProperty("code").GetString()!);
    }

    public Task<Answer> OfferAsync(string email, Booker? by = null) => (by ?? Buyer).SendAsync(
        HttpMethod.Post, $"events/{Door.EventId}/tickets/{Id}/transfers",
        JsonContent.Create(new { email, language = "de" }));

    public Task<Answer> WithdrawAsync(Guid transfer, Booker? by = null) => (by ?? Buyer).SendAsync(
        HttpMethod.Delete, $"events/{Door.EventId}/tickets/{Id}/transfers/{transfer}");

    /// <summary>Offers it, and reads the link in the mail.</summary>
    public async Task<(Guid Id, string Secret)> OfferAndReadAsync(Booker? by = null, string? email = null)
    {
        email ??= Auth.NewEmail();
        var offered = await OfferAsync(email, by);
        offered.Status.ShouldBe(201, offered.Body.ToString());
        offered.Body.ToString().ShouldNotContain("secret");
        var mail = (await Node.DataSource.QueryAsync<string>(
            "select text_body from mails where recipient = $1 and kind = 'transfer-offered'", email)).Single();
        var from = mail.IndexOf("/transfer#", StringComparison.Ordinal) + "/transfer#".Length;
        return (offered.Id, mail[from..(from + 43)]);
    }

    public static Task<Answer> AcceptAsync(Booker receiver, string secret, string? name = "Bo Late") =>
        receiver.SendAsync(HttpMethod.Post, "transfers/accept", JsonContent.Create(new { secret, name }));

    /// <summary>Hands it on to somebody new.</summary>
    public async Task<(Booker Receiver, JsonElement Ticket)> GiveAsync(Booker? by = null)
    {
        var (_, secret) = await OfferAndReadAsync(by);
        var receiver = await Booker.GuestAsync(Node);
        var accepted = await AcceptAsync(receiver, secret);
        accepted.Status.ShouldBe(200, accepted.Body.ToString());
        return (receiver, accepted.Body);
    }

    public Task<string> SignAsync(int counter) => Door.SignAsync(Code, counter);
}
