using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Delivery.Reminders;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Delivery.Reminders;

/// <summary>A node, and what its reminders are asked for and read with.</summary>
public abstract class ReminderFixture : IAsyncLifetime
{
    internal OnsaleNode Node { get; private set; } = null!;

    public async Task InitializeAsync() => Node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await Node.DisposeAsync();

    private protected Task<TestEvent> EventAsync(TimeSpan saleIn)
    {
        var at = TimeProvider.System.GetUtcNow() + saleIn;
        return TestEvent.WithPoolsAsync(Node.DataSource, [5], one => one with
        {
            OnSaleAt = at,
            OffSaleAt = at.AddDays(100),
            StartsAt = at.AddDays(100),
            EndsAt = at.AddDays(100).AddHours(2),
        });
    }

    /// <summary>Where days would have to pass, the sale comes nearer instead.</summary>
    private protected Task MoveSaleAsync(TestEvent @event, string fromNow, string? askedAgo = null) =>
        Node.DataSource.ExecuteAsync($"""
            with moved as (update events set on_sale_at = now() + interval '{fromNow}' where id = $1 returning id)
            update sale_reminders set asked_at = asked_at - interval '{askedAgo ?? "0"}'
            from moved where event_id = moved.id
            """, @event.Id);

    private protected async Task RoundAsync(OnsaleNode? node = null)
    {
        await (node ?? Node).Services.GetRequiredService<ReminderRounds>().RoundAsync(CancellationToken.None);
        // What another node's round had locked was left out by this one: its mails are there once that commits.
        await using var others = (node ?? Node).DataSource.CreateCommand("select from sale_reminders for update");
        await others.ExecuteNonQueryAsync();
    }

    /// <summary>Asks, and follows the link of the mail.</summary>
    private protected async Task<string> ConfirmedAsync(TestEvent @event, string email, string? language = null)
    {
        (await AskAsync(Node, @event, email, language)).ShouldBe(202);
        var token = await TokenAsync(@event, email);
        (await Node.AskAsync(HttpMethod.Post, "reminders/confirm", null, new { token })).Status.ShouldBe(204);
        return token;
    }

    private protected async Task<string> TokenAsync(TestEvent @event, string email) =>
        (await FindTokenAsync(@event, email)).ShouldNotBeNull();

    private protected async Task<string?> FindTokenAsync(TestEvent @event, string email)
    {
        await using var connection = await Node.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<string>(
            "select token from sale_reminders where event_id = @Id and lower(email) = lower(@email)",
            new { @event.Id, email });
    }

    private protected async Task<Signed> VerifiedAsync(string email)
    {
        var account = await Node.RegisterAsync(email);
        await Node.DataSource.ExecuteAsync("update accounts set email_verified_at = now() where id = $1", account.Id);
        return account;
    }

    private protected Task<Answer> AskOwnAsync(Signed account, TestEvent @event) =>
        Node.AskAsync(HttpMethod.Post, $"events/{@event.Id}/reminders", account.AccessToken, new { });

    private protected async Task DeleteAsync(Signed account) =>
        (await Node.AskAsync(HttpMethod.Delete, "me", account.AccessToken, new { password = Auth.Password }))
            .Status.ShouldBe(204);

    private protected static async Task<int> AskAsync(
        OnsaleNode node, TestEvent @event, string email, string? language = null) =>
        (await node.AskAsync(HttpMethod.Post, $"events/{@event.Id}/reminders", null, new { email, language })).Status;

    private protected async Task<List<string>> SubjectsAsync(string email)
    {
        await using var connection = await Node.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            """
            select subject from mails
            where lower(recipient) = lower(@email) and kind in ('sale-soon', 'sale-tomorrow')
            """,
            new { email })).AsList();
    }

    /// <summary>One text that the database has.</summary>
    private protected async Task<string> ScalarAsync(string sql, string email)
    {
        await using var connection = await Node.DataSource.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<string>(sql, new { email }))!;
    }
}
