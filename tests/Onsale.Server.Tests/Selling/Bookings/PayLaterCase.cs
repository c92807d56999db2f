using System.Net.Http.Json;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>An event whose bookings can be paid later, its organiser and a buyer.</summary>
public abstract class PayLaterCase : IAsyncLifetime
{
    protected const string Instructions = "Lido Club, DE02 1203 0000 0000 2020 51";

    private protected DatabaseClock Clock { get; private set; } = null!;

    private protected OnsaleNode Node { get; private set; } = null!;

    private protected OwnEvent Made { get; private set; } = null!;

    private protected TestEvent Event { get; private set; } = null!;

    private protected Booker Buyer { get; private set; } = null!;

    private protected string Email { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        Clock = await DatabaseClock.InstallAsync(database);
        Node = await OnsaleNode.StartAsync(database);
        (Made, Event) = await OwnEvent.OnSaleAsync(Node, 10);
        Buyer = await Booker.GuestAsync(Node);
        Email = Auth.NewEmail();
    }

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await Clock.DisposeAsync();
    }

    private protected static DateTimeOffset InDays(double days) => TimeProvider.System.GetUtcNow().AddDays(days);

    private protected static object Terms() => new
    {
        days = 7,
        endsAt = InDays(20),
        instructions = Instructions,
    };

    private protected async Task AllowAsync()
    {
        var set = await Made.AskAsync(HttpMethod.Put, "/pay-later", Terms());
        set.Status.ShouldBe(200, set.Body.ToString());
    }

    /// <summary>Holds places of 10.00 and chooses to pay for them later.</summary>
    private protected async Task<Answer> ChooseAsync(int places = 2)
    {
        await Made.AskAsync(HttpMethod.Patch, "", new { maxTicketsPerBuyer = 10 });
        var held = await Buyer.HoldTicketsAsync(Event, places);
        held.Status.ShouldBe(201, held.Body.ToString());
        await SetContactAsync(held.Id);
        var chosen = await ChooseAsync(held.Id);
        chosen.Status.ShouldBe(200, chosen.Body.ToString());
        return chosen;
    }

    private protected Task<Answer> ChooseAsync(Guid booking) =>
        Buyer.SendAsync(HttpMethod.Post, $"events/{Event.Id}/bookings/{booking}/pay-later");

    private protected async Task SetContactAsync(Guid booking) => (await Buyer.SendAsync(
        HttpMethod.Put, $"events/{Event.Id}/bookings/{booking}/contact",
        JsonContent.Create(new { name = "Ada", email = Email, language = "en" }))).Status.ShouldBe(200);

    private protected Task<Answer> MarkAsync(Guid booking, long amount, string? note = null) =>
        Made.AskAsync(HttpMethod.Post, $"/bookings/{booking}/paid", new { amount, note });

    private protected Task<long> MailsAsync(string kind) =>
        Node.DataSource.CountAsync("mails", $"recipient = $1 and kind = '{kind}'", Email);

    private protected Task<long> ActivitiesAsync(string action) =>
        Node.DataSource.CountAsync("activity_log", $"event_id = $1 and action = '{action}'", Made.Id);

    private protected async Task<long> LedgerAsync(string account) => (await Node.DataSource.QueryAsync<long>(
        $"""
        select coalesce(sum(amounts[1]), 0)::bigint from ledger_entries
        where event_id = $1 and accounts[1] = '{account}'
        """, Made.Id)).Single();
}
