using Onsale.Server.Delivery.Reminders;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Reminders;

/// <summary>Mails to those who want to be there when a sale begins.</summary>
public sealed class SaleReminderTests : ReminderFixture
{
    [Fact]
    public async Task Who_asked_days_before_is_told_a_day_and_minutes_before_once_each()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(50));
        await ConfirmedAsync(@event, email, "de");
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
        await ConfirmedAsync(@event, email);
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldBeEmpty();

        await MoveSaleAsync(@event, "10 minutes");
        await RoundAsync();

        (await SubjectsAsync(email)).ShouldHaveSingleItem().ShouldStartWith("On sale in a few minutes:");
        var text = await ScalarAsync(
            "select text_body from mails where recipient = @email and kind = 'sale-soon'", email);
        var slug = await ScalarAsync(
            "select slug from events where id = @email::uuid", @event.Id.ToString());
        text.ShouldContain($"/events/{slug}#reminder-end=");
    }

    [Fact]
    public async Task Nobody_is_told_of_a_sale_that_has_begun_or_was_called_off()
    {
        var email = Auth.NewEmail();
        var begun = await EventAsync(TimeSpan.FromHours(1));
        var calledOff = await EventAsync(TimeSpan.FromHours(1));
        await ConfirmedAsync(begun, email);
        await ConfirmedAsync(calledOff, email);
        await MoveSaleAsync(begun, "-1 minute");
        await MoveSaleAsync(calledOff, "5 minutes");
        await Node.DataSource.ExecuteAsync("update events set status = 2 where id = $1", calledOff.Id);

        await RoundAsync();

        (await SubjectsAsync(email)).ShouldBeEmpty();
        (await Node.DataSource.CountAsync("sale_reminders", "event_id = $1", calledOff.Id)).ShouldBe(0);
        await MoveSaleAsync(begun, "-2 days");
        await RoundAsync();
        (await Node.DataSource.CountAsync("sale_reminders", "event_id = $1", begun.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task The_link_of_a_mail_ends_its_reminder_and_no_other()
    {
        var (email, other) = (Auth.NewEmail(), Auth.NewEmail());
        var @event = await EventAsync(TimeSpan.FromHours(3));
        var token = await ConfirmedAsync(@event, email);
        await ConfirmedAsync(@event, other);

        foreach (var given in (string[])[token, token, "never-given-to-anybody"])
            (await Node.AskAsync(HttpMethod.Post, "reminders/end", null, new { token = given })).Status.ShouldBe(204);

        await MoveSaleAsync(@event, "5 minutes");
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldBeEmpty();
        (await SubjectsAsync(other)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_link_of_a_mail_ends_its_reminder_when_the_sale_has_begun_too()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(3));
        var token = await ConfirmedAsync(@event, email);
        await MoveSaleAsync(@event, "-1 minute");

        (await Node.AskAsync(HttpMethod.Post, "reminders/end", null, new { token })).Status.ShouldBe(204);

        (await Node.DataSource.CountAsync("sale_reminders", "email = $1", email)).ShouldBe(0);
    }

    [Fact]
    public async Task A_sale_that_is_moved_again_and_again_is_told_of_a_few_times()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(3));
        await ConfirmedAsync(@event, email);

        for (var i = 0; i < RemindersLimits.MaxMails + 3; i++)
        {
            await MoveSaleAsync(@event, $"{100 + i} seconds");
            await RoundAsync();
        }

        (await SubjectsAsync(email)).Count.ShouldBe(RemindersLimits.MaxMails);
    }

    [Fact]
    public async Task Mails_of_a_reminder_end_when_they_would_be_untrue()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(50));
        await ConfirmedAsync(@event, email);
        await MoveSaleAsync(@event, "20 hours", askedAgo: "30 hours");
        await RoundAsync();
        await MoveSaleAsync(@event, "10 minutes");
        await RoundAsync();

        const string Timely = """
            recipient = $1 and (kind = 'sale-soon' and not_after - clock_timestamp() between '9 min' and '10 min'
                or kind = 'sale-tomorrow' and not_after - clock_timestamp() between '19 h' and '19 h 45 min')
            """;
        (await Node.DataSource.CountAsync("mails", Timely, email)).ShouldBe(2);
    }

    [Fact]
    public async Task TwoNodes_write_each_mail_once()
    {
        await using var other = await OnsaleNode.StartAsync(Node.Database);
        var @event = await EventAsync(TimeSpan.FromHours(3));
        var emails = Enumerable.Range(0, RemindersLimits.MaxBatchMails + 20).Select(_ => Auth.NewEmail()).ToArray();
        await Task.WhenAll(emails.Select(email => AskAsync(Node, @event, email)));
        await Node.DataSource.ExecuteAsync(
            "update sale_reminders set confirmed_at = now() where event_id = $1", @event.Id);
        await MoveSaleAsync(@event, "5 minutes");

        await Task.WhenAll(RoundAsync(), RoundAsync(other), RoundAsync(), RoundAsync(other));

        (await Node.DataSource.CountAsync("mails", "kind = 'sale-soon' and recipient = any ($1)", [emails]))
            .ShouldBe(emails.Length);
    }

    [Fact]
    public async Task Refusals_say_why()
    {
        var coming = await EventAsync(TimeSpan.FromHours(3));
        var onSale = await TestEvent.WithPoolsAsync(Node.DataSource, [5]);
        var draft = await EventAsync(TimeSpan.FromHours(3));
        await Node.DataSource.ExecuteAsync("update events set status = 0 where id = $1", draft.Id);
        var guest = await Node.GuestAsync();

        (await Node.AskAsync(HttpMethod.Post, $"events/{coming.Id}/reminders", null, new { email = "nobody" }))
            .Status.ShouldBe(400);
        (await Node.AskAsync(HttpMethod.Post, $"events/{coming.Id}/reminders", guest.AccessToken, new { }))
            .Status.ShouldBe(400, "a guest has no address of their own");
        (await AskAsync(Node, coming, Auth.NewEmail(), new string('x', 40))).ShouldBe(400);
        (await AskAsync(Node, onSale, Auth.NewEmail())).ShouldBe(409);
        (await AskAsync(Node, draft, Auth.NewEmail())).ShouldBe(404);
        (await AskAsync(Node, coming with { Id = House.NewId() }, Auth.NewEmail())).ShouldBe(404);
        foreach (var route in (string[])["reminders/end", "reminders/confirm"])
        {
            (await Node.AskAsync(HttpMethod.Post, route, null, new { token = "" })).Status.ShouldBe(400);
            (await Node.AskAsync(HttpMethod.Post, route, null, new { token = new string('x', 9000) }))
                .Status.ShouldBe(413);
        }
    }

    [Fact]
    public async Task Asking_too_often_is_refused_by_address()
    {
        await using var node = await OnsaleNode.StartAsync(
            Node.Database,
            [("Onsale:RateLimits:Enabled", "true"), ("Onsale:RateLimits:Auth:PermitLimit", "3")]);
        var @event = await EventAsync(TimeSpan.FromHours(3));
        List<int> answers = [];
        for (var i = 0; i < 4; i++)
            answers.Add(await AskAsync(node, @event, Auth.NewEmail()));
        answers.ShouldBe([202, 202, 202, 429]);
    }
}
