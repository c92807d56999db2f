using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>One visitor with several tabs, and a guest who turns out to have an account.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TabsTests(BrowserFixture browser)
{
    [LongFact]
    public async Task Signing_in_and_out_in_one_tab_is_known_in_the_other()
    {
        var one = await browser.VisitorAsync();
        var other = await one.Context.NewPageAsync();
        await other.GotoAsync("/events");
        await Expect(Link(other, "Sign in")).ToBeVisibleAsync();
        await one.GotoAsync("/register");
        await one.RegisterAsync("tabs@example.com");
        await Expect(Link(other, "Profile")).ToBeVisibleAsync();

        await Link(other, "My bookings").ClickAsync();
        await Expect(other.Heading("My bookings")).ToBeVisibleAsync();
        await other.Button("Past").ClickAsync();
        await Link(one, "Profile").ClickAsync();
        await one.Button("Sign out").ClickAsync();
        await Expect(Link(one, "Sign in")).ToBeVisibleAsync();
        // Somebody's bookings do not stay on the screen when they have left.
        await Expect(other.Heading("Sign in")).ToBeVisibleAsync();
        other.Url.ShouldEndWith("/login?to=%2Fbookings%3Fshow%3Dpast");
        await other.ReloadAsync();
        await Expect(other.Heading("Sign in")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task A_hold_of_one_tab_is_seen_in_the_other_until_it_is_given_back()
    {
        var one = await browser.VisitorAsync();
        var other = await one.Context.NewPageAsync();
        await other.GotoAsync("/events");
        await one.GotoAsync("/events/noche-de-patio/pick");
        await one.Button("One more: Terraza").ClickAsync();
        await one.HoldAsync();

        var bar = other.GetByRole(AriaRole.Complementary, new() { Name = "Places kept for you" });
        await Expect(bar).ToContainTextAsync("Noche de Patio");
        await bar.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(other.Heading("Checkout")).ToBeVisibleAsync();
        other.Url.ShouldBe(one.Url);
        Math.Abs(await one.SecondsLeftAsync() - await other.SecondsLeftAsync()).ShouldBeLessThanOrEqualTo(2);

        await one.Button("Give these places back").ClickAsync();
        await one.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Give back" }).ClickAsync();
        await Expect(one.Heading("Noche de Patio")).ToBeVisibleAsync();
        await Expect(other.Heading("These places were given back")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Whoever_signs_out_leaves_no_hold_behind_for_the_next()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("leaves-nothing@example.com");
        await Expect(Link(page, "Profile")).ToBeVisibleAsync();
        // Who is signed in is not asked to sign in.
        await page.GotoAsync("/login");
        await Expect(page.Heading("Find your next night out")).ToBeVisibleAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await Link(page, "Profile").ClickAsync();
        var bar = page.GetByRole(AriaRole.Complementary, new() { Name = "Places kept for you" });
        await Expect(bar).ToBeVisibleAsync();
        await page.Button("Sign out").ClickAsync();
        await Expect(Link(page, "Sign in")).ToBeVisibleAsync();
        await Expect(bar).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Signing_in_keeps_what_the_guest_holds()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("comes-back@example.com");
        await Expect(Link(page, "Profile")).ToBeVisibleAsync();
        await Link(page, "Profile").ClickAsync();
        await page.Button("Sign out").ClickAsync();
        await Expect(Link(page, "Sign in")).ToBeVisibleAsync();

        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Terraza").ClickAsync();
        await page.Button("One more: Terraza").ClickAsync();
        await page.HoldAsync();
        var (address, left) = (page.Url, await page.SecondsLeftAsync());
        await Link(page.GetByRole(AriaRole.Main), "Sign in").ClickAsync();
        await Expect(page.GetByText("The places you hold")).ToBeVisibleAsync();
        await page.Field("E-mail address").FillAsync("comes-back@example.com");
        await page.Field("Password").FillAsync("seven quiet lanterns");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.Heading("Checkout")).ToBeVisibleAsync();
        page.Url.ShouldBe(address);
        (await page.SecondsLeftAsync()).ShouldBeLessThanOrEqualTo(left);
        await Expect(page.GetByText("You are buying as a guest")).ToHaveCountAsync(0);
        await page.PayAsync();
        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        await Link(page, "All my bookings").ClickAsync();
        await Expect(Link(page, "Noche de Patio")).ToBeVisibleAsync();
    }

    private static ILocator Link(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name }).First;

    private static ILocator Link(ILocator within, string name) =>
        within.GetByRole(AriaRole.Link, new() { Name = name });
}
