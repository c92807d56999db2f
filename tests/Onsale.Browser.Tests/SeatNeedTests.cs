using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class SeatNeedTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_wheelchairs_place_with_its_companions_is_found_in_the_list_and_held()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await page.Button("Choose from a list").ClickAsync();
        var need = page.Button("Wheelchair");
        await need.ClickAsync();
        await Expect(need).ToHaveAttributeAsync("aria-pressed", "true");
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").First.ClickAsync();
        var groups = page.Locator("[role=gridcell] button");
        await Expect(groups.First).ToContainTextAsync("wheelchair place, companion’s place");
        await groups.First.ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Without_a_need_the_list_leaves_those_places_to_others()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await page.Button("Choose from a list").ClickAsync();
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").First.ClickAsync();
        var groups = page.Locator("[role=gridcell] button");
        await Expect(groups.First).ToBeVisibleAsync();
        await Expect(groups.Filter(new() { HasText = "wheelchair" })).ToHaveCountAsync(0);
        await page.Button("Full view").ClickAsync();
        await Expect(groups.Filter(new() { HasText = "restricted view" })).ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task A_range_of_prices_holds_for_the_list_and_for_the_best_places()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.Button("Choose from a list").ClickAsync();
        var sections = page.Locator("main li > button[aria-expanded]");
        await Expect(sections.First).ToBeVisibleAsync();
        var all = await sections.CountAsync();
        var most = page.GetByRole(AriaRole.Slider, new() { Name = "Highest price" });
        await most.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Expect(sections).Not.ToHaveCountAsync(all);
        await Expect(most).ToBeFocusedAsync();
        var dearest = await most.GetAttributeAsync("aria-valuetext");
        await page.Button("Best available").ClickAsync();
        var tiers = page.Locator("main li h2");
        await Expect(tiers).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Main).GetByText($"{dearest} ·")).ToBeVisibleAsync();
        await most.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(tiers).Not.ToHaveCountAsync(1);
    }
}
