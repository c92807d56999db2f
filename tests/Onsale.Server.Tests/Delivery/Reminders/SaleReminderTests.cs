using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Delivery.Reminders;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Reminders;

/// <summary>Mails to those who want to be there when a sale begins.</summary>
public sealed class SaleReminderTests : IAsyncLifetime
{
    private OnsaleNode _node = null!;

    public async Task InitializeAsync() => _node = await OnsaleNode.StartAsync();

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task Who_asked_days_before_is_told_a_day_and_minutes_before_once_each()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(50));
        (await AskAsync(_node, @event, email, "de")).ShouldBe(202);
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldBeEmpty();

        await MoveSaleAsync(@event, "20 hours", askedAgo: "30 hours");
        await RoundAsync();
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldHaveSingleItem().ShouldStartWith("Morgen im Verkauf:");

        // Moved by its organiser, that is another start: told anew, a day before and minutes before.
        await MoveSaleAsync(@event, "14 minutes");
        await RoundAsync();
        await RoundAsync();
        (await SubjectsAsync(email)).Count.ShouldBe(2);
        (await SubjectsAsync(email)).ShouldContain(subject => subject.StartsWith("In wenigen Minuten im Verkauf:"));
    }

    [Fact]
    public async Task Who_asked_within_the_last_day_is_told_minutes_before_only()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(20));
        (await AskAsync(_node, @event, email)).ShouldBe(202);
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldBeEmpty();

        await MoveSaleAsync(@event, "10 minutes");
        await RoundAsync();

        (await SubjectsAsync(email)).ShouldHaveSingleItem().ShouldStartWith("On sale in a few minutes:");
        var text = await _node.DataSource.ScalarAsync("select text_body from mails where recipient = @email", email);
        var slug = await _node.DataSource.ScalarAsync("select slug from events where id = @email::uuid", @event.Id.ToString());
        text.ShouldContain($"/events/{slug}#reminder-end=");
    }

    [Fact]
    public async Task Nobody_is_told_of_a_sale_that_has_begun_or_was_called_off()
    {
        var email = Auth.NewEmail();
        var begun = await EventAsync(TimeSpan.FromHours(1));
        var calledOff = await EventAsync(TimeSpan.FromHours(1));
        (await AskAsync(_node, begun, email)).ShouldBe(202);
        (await AskAsync(_node, calledOff, email)).ShouldBe(202);
        await MoveSaleAsync(begun, "-1 minute");
        await MoveSaleAsync(calledOff, "5 minutes");
        await _node.DataSource.ExecuteAsync("update events set status = 2 where id = $1", calledOff.Id);

        await RoundAsync();

        (await SubjectsAsync(email)).ShouldBeEmpty();
        (await _node.DataSource.CountAsync("sale_reminders", "event_id = $1", calledOff.Id)).ShouldBe(0);
        await MoveSaleAsync(begun, "-2 days");
        await RoundAsync();
        (await _node.DataSource.CountAsync("sale_reminders", "event_id = $1", begun.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task The_link_of_a_mail_ends_its_reminder_and_no_other()
    {
        var (email, other) = (Auth.NewEmail(), Auth.NewEmail());
        var @event = await EventAsync(TimeSpan.FromHours(3));
        await AskAsync(_node, @event, email);
        await AskAsync(_node, @event, other);
        var token = await _node.DataSource.ScalarAsync("select token from sale_reminders where email = @email", email);

        foreach (var given in (string[])[token, token, "never-given-to-anybody"])
            (await _node.AskAsync(HttpMethod.Post, "reminders/end", null, new { token = given })).Status.ShouldBe(204);

        await MoveSaleAsync(@event, "5 minutes");
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldBeEmpty();
        (await SubjectsAsync(other)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_answer_is_the_same_whoever_is_on_the_list_and_an_address_cannot_be_buried()
    {
        var email = Auth.NewEmail();
        List<TestEvent> events = [];
        for (var i = 0; i <= RemindersLimits.MaxPerAddress; i++)
            events.Add(await EventAsync(TimeSpan.FromHours(50)));

        foreach (var @event in events)
            (await AskAsync(_node, @event, email)).ShouldBe(202);
        (await AskAsync(_node, events[0], email.ToUpperInvariant(), "es")).ShouldBe(202);

        (await _node.DataSource.CountAsync("sale_reminders", "lower(email) = $1", email))
            .ShouldBe(RemindersLimits.MaxPerAddress);
        (await _node.DataSource.CountAsync("sale_reminders", "lower(email) = $1 and language = 'es'", email)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_nodes_write_each_mail_once()
    {
        await using var other = await OnsaleNode.StartAsync(_node.Database);
        var @event = await EventAsync(TimeSpan.FromHours(3));
        var emails = Enumerable.Range(0, RemindersLimits.MaxBatchMails + 20).Select(_ => Auth.NewEmail()).ToArray();
        await Task.WhenAll(emails.Select(email => AskAsync(_node, @event, email)));
        await MoveSaleAsync(@event, "5 minutes");

        await Task.WhenAll(RoundAsync(), RoundAsync(other), RoundAsync(), RoundAsync(other));

        (await _node.DataSource.CountAsync("mails", "kind = 'sale-soon' and recipient = any ($1)", [emails]))
            .ShouldBe(emails.Length);
    }

    [Fact]
    public async Task Refusals_say_why()
    {
        var coming = await EventAsync(TimeSpan.FromHours(3));
        var onSale = await TestEvent.WithPoolsAsync(_node.DataSource, [5]);
        var draft = await EventAsync(TimeSpan.FromHours(3));
        await _node.DataSource.ExecuteAsync("update events set status = 0 where id = $1", draft.Id);
        var guest = await _node.GuestAsync();

        (await _node.AskAsync(HttpMethod.Post, $"events/{coming.Id}/reminders", null, new { email = "nobody" }))
            .Status.ShouldBe(400);
        (await _node.AskAsync(HttpMethod.Post, $"events/{coming.Id}/reminders", guest.AccessToken, new { }))
            .Status.ShouldBe(400, "a guest has no address of their own");
        (await AskAsync(_node, coming, Auth.NewEmail(), new string('x', 40))).ShouldBe(400);
        (await AskAsync(_node, onSale, Auth.NewEmail())).ShouldBe(409);
        (await AskAsync(_node, draft, Auth.NewEmail())).ShouldBe(404);
        (await AskAsync(_node, coming with { Id = House.NewId() }, Auth.NewEmail())).ShouldBe(404);
        (await _node.AskAsync(HttpMethod.Post, "reminders/end", null, new { token = "" })).Status.ShouldBe(400);
        (await _node.AskAsync(HttpMethod.Post, "reminders/end", null, new { token = new string('x', 9000) }))
            .Status.ShouldBe(413);
    }

    [Fact]
    public async Task An_account_is_told_at_its_own_address_and_takes_its_reminders_along_when_it_goes()
    {
        var email = Auth.NewEmail();
        var account = await _node.RegisterAsync(email);
        var @event = await EventAsync(TimeSpan.FromHours(3));

        (await _node.AskAsync(HttpMethod.Post, $"events/{@event.Id}/reminders", account.AccessToken, new { }))
            .Status.ShouldBe(202);

        (await _node.DataSource.CountAsync("sale_reminders", "lower(email) = $1", email)).ShouldBe(1);
        var unverified = await _node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);
        unverified["saleReminders"].GetArrayLength().ShouldBe(0, "anybody can register with anybody's address");
        await _node.DataSource.ExecuteAsync("update accounts set email_verified_at = now() where id = $1", account.Id);
        var verified = await _node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);
        verified["saleReminders"].GetArrayLength().ShouldBe(1);
        (await _node.AskAsync(HttpMethod.Delete, "me", account.AccessToken, new { password = Auth.Password }))
            .Status.ShouldBe(204);
        (await _node.DataSource.CountAsync("sale_reminders", "lower(email) = $1", email)).ShouldBe(0);
    }

    [Fact]
    public async Task Asking_too_often_is_refused_by_address()
    {
        await using var node = await OnsaleNode.StartAsync(
            _node.Database,
            [("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Auth:PermitLimit", "3")]);
        var @event = await EventAsync(TimeSpan.FromHours(3));
        List<int> answers = [];
        for (var i = 0; i < 4; i++)
            answers.Add(await AskAsync(node, @event, Auth.NewEmail()));
        answers.ShouldBe([202, 202, 202, 429]);
    }

    private Task<TestEvent> EventAsync(TimeSpan saleIn)
    {
        var at = TimeProvider.System.GetUtcNow() + saleIn;
        return TestEvent.WithPoolsAsync(_node.DataSource, [5], one => one with
        {
            OnSaleAt = at,
            OffSaleAt = at.AddDays(100),
            StartsAt = at.AddDays(100),
            EndsAt = at.AddDays(100).AddHours(2),
        });
    }

    /// <summary>Where days would have to pass, the sale comes nearer instead.</summary>
    private Task MoveSaleAsync(TestEvent @event, string fromNow, string? askedAgo = null) =>
        _node.DataSource.ExecuteAsync($"""
            with moved as (update events set on_sale_at = now() + interval '{fromNow}' where id = $1 returning id)
            update sale_reminders set asked_at = asked_at - interval '{askedAgo ?? "0"}'
            from moved where event_id = moved.id
            """, @event.Id);

    private Task RoundAsync(OnsaleNode? node = null) =>
        (node ?? _node).Services.GetRequiredService<ReminderRounds>().RoundAsync(CancellationToken.None);

    private static async Task<int> AskAsync(OnsaleNode node, TestEvent @event, string email, string? language = null) =>
        (await node.AskAsync(HttpMethod.Post, $"events/{@event.Id}/reminders", null, new { email, language })).Status;

    private async Task<List<string>> SubjectsAsync(string email)
    {
        await using var connection = await _node.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            "select subject from mails where lower(recipient) = lower(@email)", new { email })).AsList();
    }
}

file static class Scalars
{
    public static async Task<string> ScalarAsync(this Npgsql.NpgsqlDataSource dataSource, string sql, string email)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return (await connection.QuerySingleAsync<string>(sql, new { email }))!;
    }
}
