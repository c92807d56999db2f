using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Delivery.Tickets;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.CheckIn;

/// <summary>An event on sale, and somebody who may scan its tickets.</summary>
internal sealed record OpenDoor(OnsaleNode Node, TestOrganisation Organisation, Signed Staff, TestEvent Event)
{
    public static async Task<OpenDoor> OpenAsync(
        OnsaleNode node, TestOrganisation? organisation = null, int capacity = 20)
    {
        organisation ??= await TestOrganisation.FoundAsync(node);
        var staff = await organisation.JoinAsync(MemberRole.Door);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [capacity], change: made => made with
        {
            CancellableUntil = made.StartsAt.AddDays(-1),
        });
        await node.DataSource.ExecuteAsync(
            "update events set organisation_id = $2 where id = $1", @event.Id, organisation.Id);
        return new OpenDoor(node, organisation, staff, @event);
    }

    public static object Scan(string code, string kind = "entry", string gate = "") =>
        new { nonce = House.NewId(), code, kind, gate };

    public Guid EventId => Event.Id;

    public async Task<string[]> SellAsync(int quantity, string name = "Ada Brook", bool cancel = false)
    {
        var guest = await Booker.GuestAsync(Node);
        var hold = await guest.HoldTicketsAsync(Event, quantity);
        (await guest.SendAsync(
            HttpMethod.Put, $"events/{EventId}/bookings/{hold.Id}/contact",
            JsonContent.Create(new { name, email = Auth.NewEmail() }))).Status.ShouldBe(200);
        var confirmed = await guest.ConfirmAsync(Event, hold.Id);
        if (cancel)
            (await guest.CancelAsync(Event, hold.Id)).State.ShouldBe("cancelled");
        return [.. confirmed["tickets"].EnumerateArray().Select(ticket => ticket.GetProperty("code").GetString()!)];
    }

    public async Task<IReadOnlyList<JsonElement>> ScanManyAsync(object[] scans)
    {
        var answer = await Organisation.AskAsync(
            HttpMethod.Post, $"/events/{EventId}/check-ins", Staff, new { scans });
        answer.Status.ShouldBe(200, answer.Body.ToString());
        return [.. answer["results"].EnumerateArray()];
    }

    public async Task<JsonElement> ScanAsync(string code, string kind = "entry", string gate = "") =>
        (await ScanManyAsync([Scan(code, kind, gate)])).Single();

    public async Task<string?> OutcomeAsync(string code, string kind = "entry") =>
        (await ScanAsync(code, kind)).GetProperty("outcome").GetString();

    public async Task<JsonElement> CountsAsync() =>
        (await Organisation.AskAsync(HttpMethod.Get, $"/events/{EventId}/check-ins", Staff)).Body;

    public async Task<JsonElement> ListAsync(string search) =>
        (await Organisation.AskAsync(
            HttpMethod.Get, $"/events/{EventId}/check-ins/tickets?search={Uri.EscapeDataString(search)}", Staff)).Body;

    /// <summary>The text of a ticket's QR code.</summary>
    public async Task<string> SignAsync(string issuedCode, int counter = 0)
    {
        using var signer = await Node.Services.GetRequiredService<TicketSigning>()
            .OpenAsync(EventId, CancellationToken.None);
        return signer.Sign(issuedCode, counter);
    }
}
