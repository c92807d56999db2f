using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Pages that are open when a sale opens, ends or is called off change by themselves.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class SaleMomentTests(BrowserFixture browser)
{
    private const string Slug = "midnight-drop";
    private const string Title = "Nocturne 404: Unannounced Live Set";
    private const string Seconds = "now() + interval '8 seconds'";

    // Of a page that has seen the sale open: the crowd's spread, and what a busy machine takes.
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    [Fact]
    public async Task EventPage_sale_opens_shows_the_button_without_a_jump_and_says_so_once()
    {
        await browser.ChangeEventAsync(Slug, $"on_sale_at = {Seconds}");
        var page = await browser.VisitorAsync();
        await page.GotoAsync($"/events/{Slug}");
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await Expect(Choose(page)).ToHaveCountAsync(0);
        var share = page.Button("Share");
        await share.FocusAsync();
        var rules = page.GetByText("The price shown is what you pay");
        var before = await rules.BoundingBoxAsync();
        var asked = RequestsOf(page);

        await Expect(Choose(page)).ToBeVisibleAsync(Soon);
        await Expect(share).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = $"{Title} is on sale now." }))
            .ToHaveCountAsync(1);
        (await rules.BoundingBoxAsync())!.Y.ShouldBe(before!.Y, tolerance: 1);
        asked.Count(address => Event().IsMatch(address)).ShouldBeInRange(1, 3);
    }

    [LongFact]
    public async Task StartPage_sale_opens_shows_the_button_in_the_row_that_waited()
    {
        await browser.ChangeEventAsync(Slug, $"on_sale_at = {Seconds}");
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/");
        var row = page.GetByRole(AriaRole.Article).Filter(new() { HasText = Title });
        await Expect(row.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        var before = await row.BoundingBoxAsync();
        var asked = RequestsOf(page);

        await Expect(Choose(row)).ToBeVisibleAsync(Soon);
        await Expect(row).ToHaveCountAsync(1);
        (await row.BoundingBoxAsync())!.Y.ShouldBe(before!.Y, tolerance: 1);
        (await row.BoundingBoxAsync())!.Height.ShouldBe(before.Height, tolerance: 2);
        asked.ShouldNotContain(address => List().IsMatch(address), "only the event that changed is asked for");
    }

    [LongFact]
    public async Task List_sale_opens_and_ends_shows_both_in_the_card()
    {
        await browser.ChangeEventAsync(Slug, $"on_sale_at = {Seconds}");
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events?search=nocturne");
        var card = page.GetByRole(AriaRole.Article);
        await Expect(card.GetByText("Coming soon")).ToBeVisibleAsync();
        await Expect(card.GetByText("Available")).ToBeVisibleAsync(Soon);

        await browser.ChangeEventAsync(Slug, $"off_sale_at = {Seconds}");
        try
        {
            // Another address, of which the browser has no copy.
            await page.GotoAsync("/events?search=unannounced");
            await Expect(card.GetByText("Available")).ToBeVisibleAsync();
            await Expect(card.GetByText("Sale ended")).ToBeVisibleAsync(Soon);
        }
        finally
        {
            await browser.ChangeEventAsync(Slug, "off_sale_at = starts_at");
        }
    }

    [LongFact]
    public async Task EventPage_event_is_called_off_says_so_and_offers_nothing()
    {
        await browser.ChangeEventAsync(Slug, "on_sale_at = now() + interval '1 day'");
        var page = await browser.VisitorAsync();
        var connected = page.WaitForWebSocketAsync();
        await page.GotoAsync($"/events/{Slug}");
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await connected;
        await browser.ChangeEventAsync(Slug, "status = 2");
        try
        {
            await Expect(page.GetByText("Event cancelled", new() { Exact = true })).ToBeVisibleAsync(Soon);
            await Expect(page.GetByText("what happens with your money")).ToBeVisibleAsync();
            await Expect(page.GetByText("$42")).ToHaveCountAsync(0);
            await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = $"{Title} has been cancelled." }))
                .ToHaveCountAsync(1);
        }
        finally
        {
            await browser.ChangeEventAsync(Slug, "status = 1");
        }
    }

    private static ILocator Choose(IPage page) => page.GetByRole(AriaRole.Link, new() { NameRegex = ChooseName() });

    private static ILocator Choose(ILocator row) => row.GetByRole(AriaRole.Link, new() { NameRegex = ChooseName() });

    private static List<string> RequestsOf(IPage page)
    {
        List<string> addresses = [];
        page.Request += (_, request) => addresses.Add(new Uri(request.Url).PathAndQuery);
        return addresses;
    }

    [GeneratedRegex("^Choose (seats|tickets)$")]
    private static partial Regex ChooseName();

    [GeneratedRegex($"^/api/v1/events/{Slug}$")]
    private static partial Regex Event();

    [GeneratedRegex(@"^/api/v1/events\?")]
    private static partial Regex List();
}
