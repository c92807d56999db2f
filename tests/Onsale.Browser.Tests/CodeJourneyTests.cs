using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Onsale.Browser.Tests.Organise;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>A code, from the organiser who makes it to the buyer who pays less.</summary>
[Collection(BrowserCollection.Name)]
public sealed class CodeJourneyTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [LongInlineData(ColorScheme.Dark, 375)]
    public async Task An_organiser_makes_a_code_and_a_buyer_pays_less_with_it(ColorScheme scheme, int width)
    {
        var text = $"{scheme}-{width}";
        var page = await browser.VisitorAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            Locale = "en-US",
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        await page.SignInAsync("organiser@example.com");
        await page.GotoAsync($"{OrganiserSteps.DemoPages}/events");
        var address = await page.GetByRole(AriaRole.Link, new() { Name = "Late Set" }).GetAttributeAsync("href");
        await page.GotoAsync($"{address}/codes");
        await page.Button("New code").ClickAsync();
        await page.Field("Code").FillAsync(text);
        await page.Field("Percent").FillAsync("50");
        await page.Field("Bookings in all, at most").FillAsync("1");
        await ShouldBeAccessibleAsync(page);
        await page.Button("Make the code").ClickAsync();
        await Expect(page.GetByText(text.ToUpperInvariant()).First).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = text.ToUpperInvariant() });
        await Expect(row.GetByText("0 of 1")).ToBeVisibleAsync();
        await ShouldBeAccessibleAsync(page);

        var buyer = await browser.VisitorAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            Locale = "en-US",
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
        });
        await buyer.GotoAsync("/events/late-set/pick");
        await buyer.Button("Take these seats").ClickAsync();
        var full = await buyer.Locator("strong.num").First.InnerTextAsync();
        await buyer.Button("I have a code").ClickAsync();
        await buyer.Field("Code").FillAsync("no-such-code");
        await buyer.Button("Use the code").ClickAsync();
        await Expect(buyer.GetByText("This code is not taken")).ToBeVisibleAsync();
        await buyer.Field("Code").FillAsync(text.ToLowerInvariant());
        await ShouldBeAccessibleAsync(buyer);
        await buyer.Button("Use the code").ClickAsync();
        await Expect(buyer.GetByText($"Prices are with the code {text.ToUpperInvariant()}.")).ToBeVisibleAsync();
        (await buyer.Locator("strong.num").First.InnerTextAsync()).ShouldNotBe(full);
        await ShouldBeAccessibleAsync(buyer);
        await buyer.HoldAsync();
        await Expect(buyer.GetByText($"With the code {text.ToUpperInvariant()}:")).ToBeVisibleAsync();
        await buyer.PayAsync();
        await Expect(buyer.GetByRole(AriaRole.Article)).ToHaveCountAsync(2);

        await page.ReloadAsync();
        await Expect(row.GetByText("1 of 1")).ToBeVisibleAsync();
        await page.Button($"End the code {text.ToUpperInvariant()}").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "End", Exact = true })
            .ClickAsync();
        await Expect(row.GetByText("ended")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Before_the_sale_a_presale_code_opens_the_picker()
    {
        await browser.ChangeEventAsync("midnight-drop", "on_sale_at = now() + interval '1 day'");
        var page = await browser.VisitorAsync();
        await page.SignInAsync("organiser@example.com");
        await page.GotoAsync($"{OrganiserSteps.DemoPages}/events");
        var address = await page.GetByRole(AriaRole.Link, new() { Name = "Unannounced Live Set" })
            .GetAttributeAsync("href");
        await page.GotoAsync($"{address}/codes");
        await page.Button("New code").ClickAsync();
        await page.Field("Code").FillAsync("night-owls");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "What it does" }).SelectOptionAsync("none");
        await page.GetByText("Tickets can be bought with it before the sale begins").ClickAsync();
        await page.GetByText("Floor", new() { Exact = true }).ClickAsync();
        await page.Button("Make the code").ClickAsync();
        await Expect(page.GetByText("before the sale · Floor")).ToBeVisibleAsync();

        var buyer = await browser.VisitorAsync();
        await buyer.GotoAsync("/events/midnight-drop");
        await buyer.GetByRole(AriaRole.Link, new() { Name = "I have a presale code" }).ClickAsync();
        await Expect(buyer.Heading("The sale has not begun")).ToBeVisibleAsync();
        await ShouldBeAccessibleAsync(buyer);
        await buyer.Field("Code").FillAsync("Night-Owls");
        await buyer.Button("Use the code").ClickAsync();
        await buyer.Button("One more: Floor").ClickAsync();
        await buyer.HoldAsync();
        await buyer.PayAsync();
        await Expect(buyer.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
    }

    private static async Task ShouldBeAccessibleAsync(IPage page) =>
        (await page.RunAxe()).Violations.Select(violation => violation.Id).ShouldBeEmpty();
}
