using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Onsale.Browser.Tests.Organise;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class EveryPageTests(BrowserFixture browser)
{
    public static readonly string[] Pages =
    [
        "/", "/events", "/events?search=nothing-like-it", "/events/the-glass-garden", "/events/midnight-drop",
        "/events/harbour-light-festival/pick", "/events/the-glass-garden/pick", "/login", "/register", "/find-tickets",
        "/favourites", "/help", "/terms", "/privacy", "/imprint", "/bookings", "/venues/aurelia-hall",
        "/organisers/lantern-presents",
        "/forgot-password", "/reset-password", "/verify-email", "/transfer",
        "/no/such/page",
    ];

    private const string BeyondTheWindow = "document.documentElement.scrollWidth - innerWidth";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [LongInlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_no_page_breaks_its_own_content_policy(ColorScheme scheme)
    {
        var page = await browser.VisitorAsync(scheme);
        List<string> findings = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                findings.Add(message.Text);
        };
        foreach (var address in Pages)
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            findings.AddRange(await FindingsAsync(page, address));
        }

        findings.ShouldBeEmpty();
    }

    [LongTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_the_way_to_a_ticket_and_back(ColorScheme scheme)
    {
        var page = await browser.VisitorAsync(scheme);
        List<string> findings = [];
        async Task LookAsync(string name) => findings.AddRange(await FindingsAsync(page, name));

        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await LookAsync("checkout of a guest");
        await page.PayAsync("Test card that is declined");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await LookAsync("declined payment");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await LookAsync("register with a hold");
        await page.RegisterAsync($"axe-{scheme}@example.com");
        await page.PayAsync();
        await Expect(page.GetByAltText("Entry code")).ToBeVisibleAsync();
        await LookAsync("tickets");
        await page.GetByRole(AriaRole.Link, new() { Name = "All my bookings" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Noche de Patio" }).ClickAsync();
        await page.Button("Cancel booking").ClickAsync();
        await LookAsync("question before a cancellation");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel booking" })
            .ClickAsync();
        await Expect(page.Heading("This booking was cancelled")).ToBeVisibleAsync();
        await LookAsync("cancelled booking");
        await page.GotoAsync("/bookings");
        await Expect(page.GetByText("No bookings ahead")).ToBeVisibleAsync();
        await page.Button("Past").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await LookAsync("bookings");
        await page.GotoAsync("/profile");
        await Expect(page.Heading("Profile")).ToBeVisibleAsync();
        await LookAsync("profile");
        findings.ShouldBeEmpty();
    }

    [LongTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_in_any_way_to_choose_seats(ColorScheme scheme)
    {
        var page = await browser.VisitorAsync(scheme);
        List<string> findings = [];
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.ChooseTogetherAsync();
        findings.AddRange(await FindingsAsync(page, "list"));
        await page.Button("Seat map").ClickAsync();
        await Expect(page.Button("Show my 2 seats")).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "map"));
        await page.Button("Best available").ClickAsync();
        await page.Button("One more: Parterre").ClickAsync();
        await Expect(page.Button("Show on the map")).ToBeVisibleAsync();
        findings.AddRange(await FindingsAsync(page, "best available"));
        findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task From_right_to_left_a_ticket_is_bought_on_a_page_that_is_mirrored()
    {
        var page = await browser.VisitorAsync(locale: "ar-EG");
        await page.GotoAsync("/events/noche-de-patio/pick");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        var (tier, choice) = (page.Heading("Terraza"), page.Heading("اختيارك"));
        (await LeftOfAsync(tier)).ShouldBeGreaterThan(await LeftOfAsync(choice), "what is read first is on the right");
        await page.Button("أكثر بواحد: Patio").ClickAsync();
        await page.Button("احفظ هذه الأماكن").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await page.GiveContactAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = PayInArabic() }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>(BeyondTheWindow)).ShouldBeLessThanOrEqualTo(0);

        // The language is the visitor's own choice as well, and stays.
        await page.GetByRole(AriaRole.Combobox).SelectOptionAsync("de");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "ltr");
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
    }

    [Theory]
    [LongInlineData("en-GB", "en", "ltr", "Find your next night out")]
    [InlineData("de-DE", "de", "ltr", "Der nächste Abend beginnt hier")]
    [LongInlineData("es-MX", "es", "ltr", "Encuentre su próxima gran noche")]
    [LongInlineData("ar-EG", "ar", "rtl", "أمسيتك القادمة تبدأ هنا")]
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

    [Fact]
    public async Task Nothing_sticks_out_of_a_narrow_window()
    {
        var page = await browser.VisitorAsync();
        foreach (var address in Pages)
        {
            await page.SetViewportSizeAsync(375, 800);
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            (await page.EvaluateAsync<int>(BeyondTheWindow)).ShouldBeLessThanOrEqualTo(0, $"{address} on a phone");
            await page.SetViewportSizeAsync(768, 800);
            (await page.EvaluateAsync<int>(BeyondTheWindow)).ShouldBeLessThanOrEqualTo(0, $"{address} on a tablet");
        }
    }

    [Theory]
    [LongInlineData("en-GB")]
    [InlineData("de-DE")]
    [LongInlineData("es-MX")]
    [LongInlineData("ar-EG")]
    public async Task Nothing_sticks_out_of_320_pixels_in_any_language(string locale)
    {
        var page = await browser.VisitorAsync(locale: locale);
        await page.SetViewportSizeAsync(320, 640);
        string[] more = ["/help", "/terms", "/privacy", "/imprint", "/forgot-password", "/events?when=weekend"];
        foreach (var address in Pages.Concat(more))
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            (await page.EvaluateAsync<int>(BeyondTheWindow)).ShouldBeLessThanOrEqualTo(0, address);
        }
    }

    [LongFact]
    public async Task An_event_leads_to_its_venue_and_organiser_whose_pages_say_what_they_are_without_a_script()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/symphony-grand-hall");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Aurelia Hall" }).ClickAsync();
        await Expect(page.Heading("Aurelia Hall")).ToBeVisibleAsync();
        var address = page.Url;
        await page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Presented by Lantern Presents" }).ClickAsync();
        await Expect(page.Heading("Lantern Presents")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);

        var html = await (await page.APIRequest.GetAsync(address)).TextAsync();
        html.ShouldContain("<title>Aurelia Hall");
        html.ShouldContain("\"@type\":\"EventVenue\"");
        (await page.APIRequest.GetAsync(new Uri(new Uri(address), "/venues/no-such-venue").ToString(),
            new() { Headers = [new("Accept", "text/html")] })).Status.ShouldBe(404);
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

    [LongFact]
    public async Task Who_must_sign_in_first_comes_to_where_they_were_going()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/profile");
        await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
        await page.Field("E-mail address").FillAsync("buyer@example.com");
        await page.Field("Password").FillAsync(OrganiserSteps.DemoPassword);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(Profile());
        await Expect(page.Heading("Profile")).ToBeVisibleAsync();
    }

    private static async Task<IEnumerable<string>> FindingsAsync(IPage page, string name)
    {
        var result = await page.RunAxe();
        return result.Violations.Select(violation =>
            $"{name}: {violation.Id}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}");
    }

    private static async Task<float> LeftOfAsync(ILocator locator) => (await locator.BoundingBoxAsync())!.X;

    [GeneratedRegex("^ادفع")]
    private static partial Regex PayInArabic();

    [GeneratedRegex("/profile$")]
    private static partial Regex Profile();
}
