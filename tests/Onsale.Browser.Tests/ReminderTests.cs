using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Before a sale: a mail is asked for on the event's page, and ended by the mail's link.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReminderTests(BrowserFixture browser)
{
    private const string Coming = "/events/midnight-drop";

    [Fact]
    public async Task A_guest_asks_for_a_reminder_and_ends_it_by_the_link_of_the_mail()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync(Coming);
        await page.Button("Remind me by e-mail").ClickAsync();
        await page.Field("E-mail address").FillAsync("nobody");
        await page.Button("Remind me", exact: true).ClickAsync();
        await Expect(page.GetByText("This is no e-mail address.")).ToBeVisibleAsync();
        await Expect(page.Field("E-mail address")).ToBeFocusedAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        await page.Field("E-mail address").FillAsync("reminded@example.com");
        await page.Button("Remind me", exact: true).ClickAsync();
        await Expect(page.GetByText("A reminder goes to reminded@example.com")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        var reader = await browser.VisitorAsync();
        await reader.GotoAsync($"{Coming}#reminder-end={await browser.ReminderTokenAsync("reminded@example.com")}");
        await Expect(reader.GetByText("You get no more mails about this sale.")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task An_account_need_not_say_its_address()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("reminded-account@example.com");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeVisibleAsync();
        await page.GotoAsync(Coming);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeVisibleAsync();
        await page.Button("Remind me by e-mail").ClickAsync();
        await Expect(page.GetByText("A reminder goes to your account's address")).ToBeVisibleAsync();
        (await browser.ReminderTokenAsync("reminded-account@example.com")).ShouldNotBeEmpty();
    }
}
