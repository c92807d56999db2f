using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class MoreTimeTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_minute_before_the_end_the_buyer_is_asked_and_has_more_time_by_one_key()
    {
        var page = await browser.VisitorAsync();
        await HoldAndWaitAsync(page);
        await page.Field("Name").FillAsync("Ada Brook");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Clock.FastForwardAsync("09:10");
        await Expect(dialog).ToContainTextAsync("Do you need more time?");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, keep them longer" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByText("Your places are kept for 5:")).ToBeVisibleAsync();
        // The timer hears of it a moment after the words.
        await Expect(page.GetByRole(AriaRole.Timer)).ToContainTextAsync("5:");
        (await page.SecondsLeftAsync()).ShouldBeInRange(5 * 60, 6 * 60);
        // What was typed is still there, and the typing goes on where it was.
        await Expect(page.Field("Name")).ToHaveValueAsync("Ada Brook");
        await Expect(page.Field("Name")).ToBeFocusedAsync();
        // Once is all this event allows.
        await page.Clock.FastForwardAsync("05:10");
        await Expect(page.GetByRole(AriaRole.Timer)).ToContainTextAsync("0:");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.Field("E-mail address").FillAsync("ada@example.com");
        await page.PayAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Who_says_no_is_not_asked_again()
    {
        var page = await browser.VisitorAsync();
        await HoldAndWaitAsync(page);
        await page.Clock.FastForwardAsync("09:10");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Yes, keep them longer" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.Clock.FastForwardAsync("00:05");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.Clock.FastForwardAsync("01:00");
        await Expect(page.Heading("The time for these places is up")).ToBeVisibleAsync();
    }

    private static async Task HoldAndWaitAsync(IPage page)
    {
        await page.Clock.InstallAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
    }
}
