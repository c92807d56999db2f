using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>
/// Before a sale: a mail is asked for on the event's page, and confirmed and ended by the links of mails.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class ReminderTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_guest_asks_for_a_reminder_confirms_it_and_ends_it_by_the_links_of_mails()
    {
        var coming = await ComingAsync("reminded-guest");
        var page = await browser.VisitorAsync();
        await page.GotoAsync(coming);
        await page.Button("Remind me by e-mail").ClickAsync();
        await page.Field("E-mail address").FillAsync("nobody");
        await page.Button("Remind me", exact: true).ClickAsync();
        await Expect(page.GetByText("This is no e-mail address.")).ToBeVisibleAsync();
        await Expect(page.Field("E-mail address")).ToBeFocusedAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        await page.Field("E-mail address").FillAsync("reminded@example.com");
        await page.Button("Remind me", exact: true).ClickAsync();
        await Expect(page.GetByText("by the link in the mail to reminded@example.com")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        var reader = await browser.VisitorAsync();
        var token = await browser.ReminderTokenAsync("reminded@example.com");
        await reader.GotoAsync($"{coming}#reminder-confirm={token}");
        await Expect(reader.GetByText("Confirmed. A reminder goes to your address")).ToBeVisibleAsync();
        (await reader.RunAxe()).Violations.ShouldBeEmpty();

        // On sale already: the link is on the page of whatever state.
        var later = await browser.VisitorAsync();
        await later.GotoAsync($"/events/noche-de-patio#reminder-end={token}");
        await Expect(later.GetByText("You get no more mails about this sale.")).ToBeVisibleAsync();
        var again = await browser.VisitorAsync();
        await again.GotoAsync($"{coming}#reminder-confirm={token}");
        await Expect(again.GetByText("This link does not work any more")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task An_account_need_not_say_its_address()
    {
        var coming = await ComingAsync("reminded-account");
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("reminded-account@example.com");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeVisibleAsync();
        await page.GotoAsync(coming);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeVisibleAsync();
        await page.Button("Remind me by e-mail").ClickAsync();
        await Expect(page.GetByText("by the link in the mail to your account's address")).ToBeVisibleAsync();
        (await browser.ReminderTokenAsync("reminded-account@example.com")).ShouldNotBeEmpty();
    }

    /// <summary>The page of an event of its own whose sale is to begin.</summary>
    private async Task<string> ComingAsync(string slug)
    {
        await browser.AddSmallEventAsync(slug, places: 5);
        await browser.ChangeEventAsync(slug, "on_sale_at = now() + interval '3 days'");
        return $"/events/{slug}";
    }
}
