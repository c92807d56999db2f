using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Events of a few places say how many there are by number, and nothing that will not happen.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SmallEventTests(BrowserFixture browser)
{
    [Fact]
    public async Task Few_places_are_counted_and_sold_out_promises_only_what_is_held()
    {
        const string slug = "a-room-for-three";
        await browser.AddSmallEventAsync(slug, places: 3);
        using var buyer = await OtherBuyer.ComeAsync(browser);
        await buyer.BuyAsync(slug, "Chair", 1);
        var page = await browser.VisitorAsync();
        await page.GotoAsync($"/events/{slug}/pick");
        await Expect(page.GetByText("0 of 2 chosen").First).ToBeVisibleAsync();
        await page.GotoAsync($"/events/{slug}");
        await Expect(page.GetByText("Only 2 left").First).ToBeVisibleAsync();

        await buyer.BuyAsync(slug, "Chair", 2);
        await Expect(page.GetByText("Sold out").First).ToBeVisibleAsync();
        await Expect(page.GetByText("held and not paid")).ToHaveCountAsync(0);
        await page.GotoAsync($"/events/{slug}/pick");
        await Expect(page.GetByText("All places are taken at the moment.")).ToBeVisibleAsync();
        await Expect(page.GetByText("held and not paid")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Word_longer_than_a_phone_is_wide_stays_within_it()
    {
        const string slug = "a-long-word";
        await browser.AddSmallEventAsync(slug, places: 3);
        await browser.ChangeEventAsync(slug, $"title = '{new string('W', 60)}'");
        var page = await browser.VisitorAsync(new BrowserNewContextOptions
        {
            Locale = "en-US",
            ViewportSize = new ViewportSize { Width = 320, Height = 640 },
        });
        foreach (var path in new[] { $"/events/{slug}", $"/events/{slug}/pick" })
        {
            await page.GotoAsync(path);
            await Expect(page.GetByText("WWWWWWWW").First).ToBeVisibleAsync();
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(320, path);
        }
    }
}
