using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Two wait for the last place: who is offered it gives it back, and the next one buys it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WaitlistTests(BrowserFixture browser)
{
    // The page asks for its place every twenty seconds.
    private const int OfferTimeoutMs = 45_000;

    [LongTheory]
    [InlineData(1280)]
    [InlineData(375)]
    public async Task Who_waits_is_offered_the_place_and_buys_it_or_leaves_it_to_the_next(int width)
    {
        var slug = $"a-room-for-few-{width}";
        await browser.AddSmallEventAsync(slug, places: 1);
        using var holder = await OtherBuyer.ComeAsync(browser);
        var held = await holder.HoldAsync(slug, "Chair", 1);
        var (first, second) = (await JoinAsync(slug, width, "Ada"), await JoinAsync(slug, width, "Grace"));
        await Expect(first.GetByText("about number 1 in line for 1 place")).ToBeVisibleAsync();
        await Expect(second.GetByText("about number 2 in line for 1 place")).ToBeVisibleAsync();

        await holder.ReleaseAsync(slug, held);

        await Expect(first.Heading("1 place for you")).ToBeVisibleAsync(new() { Timeout = OfferTimeoutMs });
        await ShouldBeAccessibleAsync(first);
        await first.Button("I do not want them").ClickAsync();
        await Expect(first.GetByText("You gave the offer back.")).ToBeVisibleAsync();

        await Expect(second.Heading("1 place for you")).ToBeVisibleAsync(new() { Timeout = OfferTimeoutMs });
        await second.GetByRole(AriaRole.Link, new() { Name = "Pay now" }).ClickAsync();
        await second.PayAsync();
        await Expect(second.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
    }

    private async Task<IPage> JoinAsync(string slug, int width, string name)
    {
        var page = await browser.VisitorAsync(new BrowserNewContextOptions
        {
            Locale = "en-US",
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        await page.GotoAsync($"/events/{slug}");
        await page.Button("Join the waitlist").ClickAsync();
        await page.Field("Name").FillAsync(name);
        await page.Field("E-mail").FillAsync($"{name}@example.com");
        await ShouldBeAccessibleAsync(page);
        await page.Button("Join", exact: true).ClickAsync();
        await Expect(page.Button("Leave the waitlist")).ToBeVisibleAsync();
        return page;
    }

    private static async Task ShouldBeAccessibleAsync(IPage page) =>
        (await page.RunAxe()).Violations.Select(violation => violation.Id).ShouldBeEmpty();
}
