using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Waiting for an event, from the pre-queue to a hold.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class WaitingRoomTests(BrowserFixture browser)
{
    private const string Slug = "midnight-drop";

    // Up to the sale, the leader's second, the page's two, and what a busy machine takes.
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 40_000 };

    [LongFact]
    public async Task Who_waits_is_drawn_let_in_and_holds_places_and_loses_nothing_by_a_reload()
    {
        await browser.ChangeEventAsync(Slug, "on_sale_at = now() + interval '25 seconds'");
        await browser.OpenRoomAsync(Slug, ratePerMinute: 600);
        try
        {
            var page = await browser.PhoneAsync(375, 812);
            await page.GotoAsync($"/events/{Slug}");
            await page.GetByRole(AriaRole.Link, new() { Name = "To the waiting room" })
                .ClickAsync(new() { Timeout = 30_000 });
            await Expect(page.GetByText("You are in", new() { Exact = true }).First).ToBeVisibleAsync();
            await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
            await ShouldBeAccessibleAsync(page, "before the draw");
            var pass = await PassAsync(page);
            await page.ReloadAsync();
            await Expect(page.GetByText("You are in", new() { Exact = true }).First).ToBeVisibleAsync();
            (await PassAsync(page)).ShouldBe(pass);

            await Expect(page.Button("Choose tickets")).ToBeVisibleAsync(Soon);
            (await page.TitleAsync()).ShouldStartWith("★");
            await page.GetByText("Was I treated fairly?").ClickAsync();
            await Expect(page.GetByText("the seed is the one that was fixed")).ToBeVisibleAsync();
            await Expect(page.GetByText(OfAbout())).ToBeVisibleAsync();
            await ShouldBeAccessibleAsync(page, "one's turn");
            await page.Button("Choose tickets").ClickAsync();
            await page.WaitForURLAsync(Pick());
            await page.Button("One more: Floor").ClickAsync();
            await page.HoldAsync();
        }
        finally
        {
            await browser.CloseRoomAsync(Slug);
        }
    }

    [Fact]
    public async Task Who_goes_straight_to_the_places_is_led_to_the_room_and_waits_in_line()
    {
        await browser.ChangeEventAsync(Slug, "on_sale_at = now() - interval '1 minute'");
        await browser.OpenRoomAsync(Slug, ratePerMinute: 1);
        try
        {
            var page = await browser.VisitorAsync();
            var other = await browser.VisitorAsync();
            await other.GotoAsync($"/events/{Slug}/queue");
            await Expect(other.GetByText("Your position")).ToBeVisibleAsync(Soon);
            await page.GotoAsync($"/events/{Slug}/pick");
            await page.WaitForURLAsync(Queue());
            await Expect(page.GetByText("One person is ahead of you").Last).ToBeVisibleAsync();
            await ShouldBeAccessibleAsync(page, "in line");

            await page.Button("Leave the waiting room").ClickAsync();
            await page.WaitForURLAsync(Event());
            // A page that stays open joins the room's next opening.
            await other.CloseAsync();
        }
        finally
        {
            await browser.CloseRoomAsync(Slug);
        }
    }

    private static Task<string> PassAsync(IPage page) => page.EvaluateAsync<string>(
        "localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('onsale.pass.')))");

    private static async Task ShouldBeAccessibleAsync(IPage page, string when)
    {
        (await page.RunAxe()).Violations
            .Select(found => $"{when}: {found.Id}: {string.Join("; ", found.Nodes.Take(3).Select(node => node.Html))}")
            .ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"))
            .ShouldBeLessThanOrEqualTo(0);
    }

    [GeneratedRegex(@"^\d of about \d$")]
    private static partial Regex OfAbout();

    [GeneratedRegex($"/events/{Slug}/pick$")]
    private static partial Regex Pick();

    [GeneratedRegex($"/events/{Slug}/queue$")]
    private static partial Regex Queue();

    [GeneratedRegex($"/events/{Slug}$")]
    private static partial Regex Event();
}
