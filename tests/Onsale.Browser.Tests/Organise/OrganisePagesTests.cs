using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

/// <summary>Each page of the organisers' app, whatever the theme, the width and the language.</summary>
[Collection(BrowserCollection.Name)]
public sealed class OrganisePagesTests(BrowserFixture browser)
{
    private const string BeyondTheWindow = "document.documentElement.scrollWidth - innerWidth";

    private static readonly string[] s_pages =
    [
        "", "/events", "/events?search=nothing-like-it", "/events/new", "/venues", "/plans", "/money", "/members",
        "/activity", "/settings", "/no/such/page",
    ];

    private static readonly string[] s_eventPages =
    [
        "", "/details", "/tickets", "/sale", "/blocks", "/codes", "/rehearsals", "/dates", "/bookings", "/counter",
        "/report", "/setup",
    ];

    [LongTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_no_page_breaks_its_own_content_policy(ColorScheme scheme)
    {
        var page = await browser.VisitorAsync(scheme);
        List<string> findings = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                findings.Add(message.Text);
        };
        await page.GotoAsync("/organise");
        await LookAsync(page, "/organise for nobody", findings);
        await page.SignInAsync("organiser@example.com");
        foreach (var address in await AddressesAsync(page))
        {
            await page.GotoAsync(address);
            await LookAsync(page, address, findings);
        }

        findings.ShouldBeEmpty();
    }

    [Theory]
    [LongInlineData(320, "en-US")]
    [InlineData(375, "de-DE")]
    [LongInlineData(320, "ar-EG")]
    [LongInlineData(768, "es-ES")]
    public async Task No_page_is_wider_than_its_window(int width, string locale)
    {
        // Signed in where the words are known; the session is the browser's.
        var page = await browser.VisitorAsync(new BrowserNewContextOptions
        {
            Locale = locale,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        await page.Context.AddCookiesAsync(
            [new Cookie { Name = "onsale_language", Value = "en", Url = browser.Address }]);
        await page.SignInAsync("organiser@example.com");
        var addresses = await AddressesAsync(page);
        await page.Context.AddCookiesAsync(
            [new Cookie { Name = "onsale_language", Value = locale[..2], Url = browser.Address }]);
        List<string> findings = [];
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", locale[..2]);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            var beyond = await page.EvaluateAsync<int>(BeyondTheWindow);
            if (beyond > 0)
                findings.Add($"{address}: {beyond} pixels");
        }

        findings.ShouldBeEmpty();
    }

    private static async Task<List<string>> AddressesAsync(IPage page)
    {
        await page.GotoAsync($"{OrganiserSteps.DemoPages}/events");
        var first = page.GetByRole(AriaRole.Link, new() { Name = "The Glass Garden" });
        var address = await first.GetAttributeAsync("href");
        await page.GotoAsync($"{OrganiserSteps.DemoPages}/plans");
        var plan = await page.Locator("main table a").First.GetAttributeAsync("href");
        return
        [
            .. s_pages.Select(path => OrganiserSteps.DemoPages + path),
            .. s_eventPages.Select(path => address + path), plan!, "/organise/found",
        ];
    }

    private static async Task LookAsync(IPage page, string name, List<string> findings)
    {
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var result = await page.RunAxe();
        findings.AddRange(result.Violations.Select(violation =>
            $"{name}: {violation.Id}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
    }
}
