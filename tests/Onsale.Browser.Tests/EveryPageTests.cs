using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class EveryPageTests(BrowserFixture browser)
{
    public static readonly string[] Pages =
    [
        "/", "/events", "/events?search=nothing-like-it", "/events/the-glass-garden", "/events/midnight-drop",
        "/events/harbour-light-festival/pick", "/events/the-glass-garden/pick", "/login", "/register", "/no/such/page",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        var page = await browser.VisitorAsync(scheme);
        List<string> findings = [];
        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            findings.AddRange(await FindingsAsync(page, address));
        }

        await page.GotoAsync("/events/harbour-light-festival/pick");
        await page.Button("One more: Day").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "checkout"));
        await page.PayAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "tickets"));
        await page.GotoAsync("/bookings");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Harbour Light Festival" })).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "bookings"));
        findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en-GB", "en", "ltr", "Find your next night out")]
    [InlineData("de-DE", "de", "ltr", "Der nächste Abend beginnt hier")]
    [InlineData("es-MX", "es", "ltr", "Encuentre su próxima gran noche")]
    [InlineData("ar-EG", "ar", "rtl", "أمسيتك القادمة تبدأ هنا")]
    public async Task A_visitor_is_met_in_their_language(string locale, string language, string direction, string title)
    {
        var page = await browser.VisitorAsync(locale: locale);
        await page.GotoAsync("/");
        await Expect(page.Heading(title)).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", direction);
        await page.GotoAsync("/events/the-glass-garden/pick");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        (await page.InnerTextAsync("body")).ShouldNotMatch(@"\{\w+\}");
    }

    [Theory]
    [InlineData(375)]
    [InlineData(768)]
    public async Task Nothing_sticks_out_of_a_narrow_window(int width)
    {
        var page = await browser.VisitorAsync();
        await page.SetViewportSizeAsync(width, 800);
        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            var beyond = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            beyond.ShouldBeLessThanOrEqualTo(0, address);
        }
    }

    [Fact]
    public async Task Losing_the_network_is_shown_until_it_is_back()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        await Expect(page.Heading("Events")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await Expect(page.GetByText("You are offline")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("You are offline")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_must_sign_in_first_comes_to_where_they_were_going()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/profile");
        await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
        await page.GetByLabel("E-mail address").FillAsync("buyer@example.com");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Password" }).FillAsync("lantern-demo-tickets");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(Profile());
        await Expect(page.Heading("Profile")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task No_page_breaks_its_own_content_policy()
    {
        var page = await browser.VisitorAsync();
        List<string> refused = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                refused.Add(message.Text);
        };
        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        }

        refused.ShouldBeEmpty();
    }

    private static async Task<IEnumerable<string>> FindingsAsync(IPage page, string name)
    {
        var result = await page.RunAxe();
        return result.Violations.Select(violation =>
            $"{name}: {violation.Id}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}");
    }

    [GeneratedRegex("/profile$")]
    private static partial Regex Profile();
}
