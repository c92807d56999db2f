using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Every event and every booking has a way to it, and an address that leads there again.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class WaysThroughTests(BrowserFixture browser)
{
    [Fact]
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
        (await links.AllTextContentsAsync()).ShouldBe(kinds.Where(kind => kind != "All kinds"), ignoreOrder: true);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Events")).ToBeVisibleAsync();
        page.Url.ShouldContain("category=");
    }

    [GeneratedRegex(@"^\d+ more$")]
    private static partial Regex More();
}
