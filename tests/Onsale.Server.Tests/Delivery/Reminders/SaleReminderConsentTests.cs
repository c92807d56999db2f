using Onsale.Server.Delivery.Reminders;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.Reminders;

/// <summary>Reminders come only to who reads the mail of their address.</summary>
public sealed class SaleReminderConsentTests : ReminderFixture
{
    [Fact]
    public async Task An_address_is_asked_once_and_told_nothing_before_it_confirms()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(3));
        var asked = await Node.AskAsync(
            HttpMethod.Post, $"events/{@event.Id}/reminders", null, new { email, language = "de" });
        asked.Status.ShouldBe(202);
        asked["isConfirmed"].GetBoolean().ShouldBeFalse();
        (await AskAsync(Node, @event, email.ToUpperInvariant(), "en")).ShouldBe(202);

        await MoveSaleAsync(@event, "5 minutes");
        await RoundAsync();

        (await SubjectsAsync(email)).ShouldBeEmpty();
        var subject = await ScalarAsync(
            "select subject from mails where lower(recipient) = lower(@email)", email);
        subject.ShouldBe("Bestätigen Sie Ihre Erinnerung", "no text of an organiser in a subject to strangers");
        var text = await ScalarAsync("select text_body from mails where recipient = @email", email);
        text.ShouldContain($"#reminder-confirm={await TokenAsync(@event, email)}");
        await ConfirmedAsync(@event, email);
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_link_of_yesterday_or_of_a_sale_that_has_begun_confirms_nothing()
    {
        var email = Auth.NewEmail();
        var (begun, old) = (await EventAsync(TimeSpan.FromHours(3)), await EventAsync(TimeSpan.FromHours(3)));
        (await AskAsync(Node, begun, email)).ShouldBe(202);
        (await AskAsync(Node, old, email)).ShouldBe(202);
        string[] tokens = [await TokenAsync(begun, email), await TokenAsync(old, email), "never-given-to-anybody"];
        await MoveSaleAsync(begun, "-1 minute");
        await MoveSaleAsync(old, "3 hours", askedAgo: "25 hours");
        await RoundAsync();

        foreach (var token in tokens)
        {
            var answer = await Node.AskAsync(HttpMethod.Post, "reminders/confirm", null, new { token });
            answer.Status.ShouldBe(404);
            answer["code"].GetString().ShouldBe("link-invalid");
        }

        (await Node.DataSource.CountAsync("sale_reminders", "event_id = $1", old.Id)).ShouldBe(0);
        (await Node.DataSource.CountAsync("sale_reminders", "event_id = $1", begun.Id))
            .ShouldBe(1, "it counts for its whole day");
    }

    [Fact]
    public async Task Strangers_have_an_address_asked_a_few_times_a_day_and_take_nothing_from_its_owner()
    {
        var email = Auth.NewEmail();
        var owner = await VerifiedAsync(email);
        List<TestEvent> events = [];
        for (var i = 0; i <= RemindersLimits.MaxPerAddress; i++)
            events.Add(await EventAsync(TimeSpan.FromHours(50)));

        (await Task.WhenAll(events.Select(one => AskAsync(Node, one, email)))).ShouldAllBe(status => status == 202);
        const string Questions = "lower(recipient) = lower($1) and kind = 'reminder-confirmation'";
        (await Node.DataSource.CountAsync("mails", Questions, email))
            .ShouldBe(RemindersLimits.MaxUnconfirmedPerAddress);
        // What the owner wants none of makes no room for another.
        foreach (var one in events)
        {
            if (await FindTokenAsync(one, email) is { } token)
                (await Node.AskAsync(HttpMethod.Post, "reminders/end", null, new { token })).Status.ShouldBe(204);
        }

        (await Task.WhenAll(events.Select(one => AskAsync(Node, one, email)))).ShouldAllBe(status => status == 202);
        (await Node.DataSource.CountAsync("mails", Questions, email))
            .ShouldBe(RemindersLimits.MaxUnconfirmedPerAddress);

        List<int> own = [];
        foreach (var one in events)
            own.Add((await AskOwnAsync(owner, one)).Status);
        own.ShouldBe([.. Enumerable.Repeat(202, RemindersLimits.MaxPerAddress), 409]);
        (await Node.DataSource.CountAsync("sale_reminders", "lower(email) = $1 and confirmed_at is not null", email))
            .ShouldBe(RemindersLimits.MaxPerAddress);
    }

    [Fact]
    public async Task A_stranger_changes_nothing_of_what_is_confirmed()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(3));
        await ConfirmedAsync(@event, email, "de");

        (await AskAsync(Node, @event, email, "es")).ShouldBe(202);

        (await Node.DataSource.CountAsync("sale_reminders", "email = $1 and language = 'de'", email)).ShouldBe(1);
        (await Node.DataSource.CountAsync("mails", "recipient = $1", email)).ShouldBe(1);
    }

    [Fact]
    public async Task An_account_is_told_at_its_own_address_and_takes_its_reminders_along_when_it_goes()
    {
        var email = Auth.NewEmail();
        var account = await VerifiedAsync(email);
        var @event = await EventAsync(TimeSpan.FromHours(3));
        (await AskAsync(Node, @event, email)).ShouldBe(202);

        var asked = await AskOwnAsync(account, @event);

        asked.Status.ShouldBe(202, asked.Body.ToString());
        asked["isConfirmed"].GetBoolean().ShouldBeTrue("a stranger asked before");
        await MoveSaleAsync(@event, "5 minutes");
        await RoundAsync();
        (await SubjectsAsync(email)).ShouldHaveSingleItem();
        var export = await Node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);
        export["saleReminders"].GetArrayLength().ShouldBe(1);
        await DeleteAsync(account);
        (await Node.DataSource.CountAsync("sale_reminders", "lower(email) = $1", email)).ShouldBe(0);
        (await Node.DataSource.CountAsync("mails", "lower(recipient) = $1", email)).ShouldBe(0);
    }

    [Fact]
    public async Task An_account_with_an_unverified_address_gets_and_takes_nothing_of_the_addresss_owner()
    {
        var email = Auth.NewEmail();
        var @event = await EventAsync(TimeSpan.FromHours(3));
        await ConfirmedAsync(@event, email);
        var account = await Node.RegisterAsync(email);
        var other = await EventAsync(TimeSpan.FromHours(3));

        var asked = await AskOwnAsync(account, other);

        asked.Status.ShouldBe(202);
        asked["isConfirmed"].GetBoolean().ShouldBeFalse("anybody can register with anybody's address");
        var export = await Node.AskAsync(HttpMethod.Get, "me/export", account.AccessToken);
        export["saleReminders"].GetArrayLength().ShouldBe(0);
        const string Links = "recipient = $1 and kind = 'email-verification'";
        await Eventually.ShouldBeAsync(() => Node.DataSource.CountAsync("mails", Links, email), 1);
        await DeleteAsync(account);
        (await Node.DataSource.CountAsync("sale_reminders", "email = $1 and confirmed_at is not null", email))
            .ShouldBe(1);
        (await Node.DataSource.CountAsync("mails", "recipient = $1 and kind = 'reminder-confirmation'", email))
            .ShouldBe(2);
        (await Node.DataSource.CountAsync("mails", Links, email)).ShouldBe(0);
    }
}
