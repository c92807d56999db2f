using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Every event and every booking has a way to it, and an address that leads there again.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class WaysThroughTests(BrowserFixture browser)
{
    [LongFact]
    public async Task Every_kind_of_event_can_be_reached_from_the_start_page()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        var kinds = await page.GetByLabel("Category").Locator("option").AllTextContentsAsync();
        await page.GotoAsync("/");
        var links = page.GetByRole(AriaRole.Navigation, new() { Name = "Category" }).GetByRole(AriaRole.Link);
        await page.TabToAsync(page.GetByRole(AriaRole.Button, new() { NameRegex = More() }));
        var shown = await links.CountAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(links.Nth(shown)).ToBeFocusedAsync();
        // The filter says how many there are of a kind: "Ballet (1)".
        (await links.AllTextContentsAsync()).ShouldBe(
            kinds.Where(kind => kind != "All kinds").Select(kind => kind.Split(" (")[0]), ignoreOrder: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Events")).ToBeVisibleAsync();
        page.Url.ShouldContain("category=");
    }

    [LongFact]
    public async Task Past_bookings_stay_through_a_reload_and_back_leads_to_those_ahead()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All my bookings" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await page.Button("Past").ClickAsync();
        await Expect(page.Heading("No past bookings")).ToBeVisibleAsync();
        var address = page.Url;
        await page.ReloadAsync();
        await Expect(page.Heading("No past bookings")).ToBeVisibleAsync();
        await Expect(page.Button("Past")).ToHaveAttributeAsync("aria-pressed", "true");
        page.Url.ShouldBe(address);

        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await Expect(page.Button("Upcoming")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [LongFact]
    public async Task Profile_shows_the_email_address_as_text_since_it_cannot_be_changed()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("only-the-name@example.com");
        await page.GetByRole(AriaRole.Link, new() { Name = "Profile" }).ClickAsync();
        await Expect(page.GetByText("only-the-name@example.com")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main).Locator("input[type=email]")).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"^\d+ more$")]
    private static partial Regex More();
}
