using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>The shop as an app: tickets without a network, and versions that change while somebody buys.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class OfflineTicketsTests(BrowserFixture browser)
{
    private const string Kept = """
        async (codes) => {
          if (!(await caches.has("onsale-shop-tickets"))) return codes === 0;
          const answer = await (await caches.open("onsale-shop-tickets")).match("/kept-tickets");
          const { entries } = await answer.json();
          return entries.filter(({ key }) => key[0] === "ticket-code").length === codes;
        }
        """;

    private const string Next = "() => navigator.serviceWorker.controller?.scriptURL.endsWith('?next') === true";

    [Fact]
    public async Task Bought_tickets_open_without_a_network_and_other_pages_say_that_they_cannot()
    {
        var page = await browser.PhoneAsync(390, 844);
        await BuyTwoAsync(page);
        (await page.RunAxe()).Violations.ShouldBeEmpty();
        var address = page.Url;

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();

        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        await Expect(page.GetByText("Offline, as of")).ToBeVisibleAsync();
        await Expect(Codes(page)).ToHaveCountAsync(2);
        (await Codes(page).First.EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(0);
        // What needs the server is not offered.
        await Expect(page.Button("Add to calendar")).ToHaveCountAsync(0);
        await Expect(page.Button("PDF to print")).ToHaveCountAsync(0);
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        await page.GotoAsync("/");
        await Expect(page.Heading("You are offline")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();
        await page.GetByRole(AriaRole.Link, new() { Name = "My tickets" }).ClickAsync();
        await Expect(page.Heading("My bookings")).ToBeVisibleAsync();
        await Expect(page.GetByText("Offline, as of")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Noche de Patio" }).ClickAsync();
        await Expect(Codes(page)).ToHaveCountAsync(2);
        page.Url.ShouldBe(address);

        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("Offline, as of")).ToHaveCountAsync(0);
        await Expect(page.Button("Add to calendar")).ToBeVisibleAsync();
        await Expect(page.Button("Share the event")).ToBeVisibleAsync();
        await page.GotoAsync("/");
        await Expect(page.Heading("Find your next night out")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task A_ticket_that_is_shown_live_opens_without_a_network_too_and_makes_its_codes()
    {
        const string slug = "live-offline";
        await browser.AddSmallEventAsync(slug, places: 5);
        await browser.RotateCodesAsync(slug);
        var page = await browser.PhoneAsync(390, 844);
        await page.GotoAsync($"/events/{slug}/pick");
        await page.Button("One more: Chair").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync();
        var code = page.Locator("svg[data-step]");
        await Expect(code).ToBeVisibleAsync();
        await UntilAsync(page, Kept, 1);
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await UntilAsync(page, "() => navigator.serviceWorker.controller !== null");
        // What the browser's own cache has would hide what the worker lacks.
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.clearBrowserCache");

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();

        await Expect(page.GetByText("Offline, as of")).ToBeVisibleAsync();
        await Expect(code).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_leaves_no_ticket_on_the_device()
    {
        var page = await browser.VisitorAsync();
        await RegisterAsync(page, "offline-leaves@example.com");
        await BuyTwoAsync(page);
        var address = page.Url;
        await SignOutAsync(page);
        await UntilAsync(page, Kept, 0);

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(address);

        await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
        await Expect(Codes(page)).ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task A_session_that_ended_elsewhere_takes_the_tickets_along()
    {
        var page = await browser.VisitorAsync();
        await BuyTwoAsync(page);
        await page.Context.ClearCookiesAsync();

        await page.ReloadAsync();

        await Expect(page.Heading("Sign in")).ToBeVisibleAsync();
        await UntilAsync(page, Kept, 0);
    }

    [LongFact]
    public async Task Another_account_on_the_device_has_nothing_of_the_one_before()
    {
        var page = await browser.VisitorAsync();
        await RegisterAsync(page, "offline-first@example.com");
        await BuyTwoAsync(page);
        var address = page.Url;
        await SignOutAsync(page);
        await RegisterAsync(page, "offline-second@example.com");

        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(address);

        await Expect(Codes(page)).ToHaveCountAsync(0);
        await Expect(page.Heading("Your tickets")).ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task A_new_version_waits_while_somebody_pays_and_a_hold_survives_it()
    {
        var page = await browser.VisitorAsync();
        await BuyTwoAsync(page);
        var buying = await page.Context.NewPageAsync();
        await buying.GotoAsync("/events/noche-de-patio/pick");
        await buying.Button("One more: Terraza").ClickAsync();
        await buying.HoldAsync();
        await Expect(buying.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await buying.GiveContactAsync();
        await buying.EvaluateAsync("window.isSamePage = true");

        // Another address of the script is to a browser what another content is.
        await page.EvaluateAsync("navigator.serviceWorker.register('/shop-worker.js?next', { scope: '/' })");
        await Expect(page.GetByText("There is a new version of this shop.")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();
        var looking = await page.Context.NewPageAsync();
        await looking.GotoAsync("/events");
        await Expect(looking.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        (await IsWaitingAsync(looking)).ShouldBeTrue("somebody pays in another tab");

        await page.Button("Load it").ClickAsync();
        await UntilAsync(page, Next);
        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        (await buying.EvaluateAsync<bool>("window.isSamePage === true")).ShouldBeTrue("it was not reloaded");
        await Expect(buying.GetByRole(AriaRole.Textbox).First).ToHaveValueAsync("Ada Brook");
        await buying.PayAsync();
        await Expect(buying.Heading("Your ticket")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task A_new_version_takes_over_at_the_next_page_when_nobody_pays()
    {
        var page = await browser.VisitorAsync();
        await BuyTwoAsync(page);
        await page.EvaluateAsync("navigator.serviceWorker.register('/shop-worker.js?next', { scope: '/' })");
        await Expect(page.GetByText("There is a new version of this shop.")).ToBeVisibleAsync();

        await page.GotoAsync("/events");

        await UntilAsync(page, Next);
        (await IsWaitingAsync(page)).ShouldBeFalse();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task The_worker_that_replaces_a_retired_one_leaves_nothing()
    {
        var page = await browser.VisitorAsync();
        await BuyTwoAsync(page);

        await page.EvaluateAsync("navigator.serviceWorker.register('/retired-worker.js', { scope: '/' })");

        await UntilAsync(page, "async () => (await navigator.serviceWorker.getRegistration('/')) === undefined");
        await UntilAsync(page, "async () => (await caches.keys()).every((name) => !name.startsWith('onsale-shop-'))");
        await page.GotoAsync("/events");
        (await page.EvaluateAsync<bool>("navigator.serviceWorker.controller === null")).ShouldBeTrue();
    }

    [LongFact]
    public async Task A_page_of_a_version_whose_files_are_gone_loads_the_new_one_once_and_keeps_the_hold()
    {
        var page = await browser.VisitorAsync();
        var missing = 0;
        // As after a release: the file of the page that comes next is no longer there.
        await page.RouteAsync(BuyingRoutes(), route => missing++ == 0
            ? route.FulfillAsync(new() { Status = 404 }) : route.ContinueAsync());
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Terraza").ClickAsync();
        await page.HoldAsync();

        await Expect(page.Heading("Checkout")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        missing.ShouldBe(2);
    }

    [LongFact]
    public async Task Who_has_no_ticket_has_no_worker()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Terraza").ClickAsync();
        await page.HoldAsync();
        await page.GotoAsync("/bookings");
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        (await page.EvaluateAsync<bool>("async () => (await navigator.serviceWorker.getRegistrations()).length === 0"))
            .ShouldBeTrue();
        (await page.EvaluateAsync<bool>("async () => (await caches.keys()).length === 0")).ShouldBeTrue();
    }

    /// <summary>Until the tickets are kept, and the worker answers for the page.</summary>
    private static async Task RegisterAsync(IPage page, string email)
    {
        await page.GotoAsync("/register");
        await page.RegisterAsync(email);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile" })).ToBeVisibleAsync();
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Profile" }).ClickAsync();
        await page.Button("Sign out").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First).ToBeVisibleAsync();
    }

    private static async Task BuyTwoAsync(IPage page)
    {
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync();
        await Expect(Codes(page)).ToHaveCountAsync(2);
        await UntilAsync(page, Kept, 2);
        await page.EvaluateAsync("async () => { await navigator.serviceWorker.ready; }");
        await UntilAsync(page, "() => navigator.serviceWorker.controller !== null");
    }

    /// <summary>
    /// Asked again and again from here: the page's policy allows no text that becomes a script, as waiting in it needs.
    /// </summary>
    private static Task UntilAsync(IPage page, string condition, object? argument = null) =>
        Eventually.ShouldPassAsync(
            async () => (await page.EvaluateAsync<bool>(condition, argument)).ShouldBeTrue(condition));

    private static Task<bool> IsWaitingAsync(IPage page) =>
        page.EvaluateAsync<bool>("async () => (await navigator.serviceWorker.getRegistration()).waiting !== null");

    private static ILocator Codes(IPage page) =>
        page.GetByRole(AriaRole.Img, new() { NameRegex = EntryCode() });

    [GeneratedRegex("^Entry code")]
    private static partial Regex EntryCode();

    [GeneratedRegex("/assets/buying-routes")]
    private static partial Regex BuyingRoutes();
}
