using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>What a walk through the shop with a demanding eye had found missing, one by one.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WalkTests(BrowserFixture browser)
{
    private const string Patio = "/events/noche-de-patio/pick";

    [Fact]
    public async Task A_hold_that_ends_while_one_is_elsewhere_says_so_and_leads_back()
    {
        var page = await browser.VisitorAsync();
        await page.Clock.InstallAsync();
        await HoldAsync(page);
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await Expect(Bar(page)).ToBeVisibleAsync();
        await page.Clock.FastForwardAsync("11:00");
        var news = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "The time for your places at" });
        await Expect(news).ToBeVisibleAsync();
        await Expect(Bar(page)).ToHaveCountAsync(0);
        await news.GetByRole(AriaRole.Link, new() { Name = "Choose again" }).ClickAsync();
        await page.WaitForURLAsync($"**{Patio}");
    }

    [Fact]
    public async Task Two_holds_are_both_told_of_with_their_time_also_while_one_registers()
    {
        var page = await browser.VisitorAsync();
        await HoldAsync(page);
        await page.GotoAsync("/events/club-night/pick");
        await page.Locator("main [role=group] button:last-child").First.ClickAsync();
        await page.HoldAsync();
        await page.GotoAsync("/register");
        await Expect(Bar(page)).ToContainTextAsync("and 1 more");
        await Expect(Bar(page).GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await page.GotoAsync("/bookings");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Pay now") })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_hold_asked_for_without_a_network_says_so_and_can_be_called_off()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync(Patio);
        await page.Button("One more: Patio").ClickAsync();
        await Expect(page.Button("Keep these places")).ToBeEnabledAsync();
        await page.Context.SetOfflineAsync(true);
        await page.Button("Keep these places").ClickAsync();
        await Expect(page.GetByText("You are offline. The places are asked for as soon as you are back."))
            .ToBeVisibleAsync();
        await page.Button("Do not ask").ClickAsync();
        await page.Context.SetOfflineAsync(false);
        await Expect(page.Button("Keep these places")).ToBeEnabledAsync();
        page.Url.ShouldEndWith(Patio);
    }

    [Fact]
    public async Task A_form_that_is_wrong_puts_the_focus_into_its_first_wrong_field()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.Field("Name").FillAsync("Ada Brook");
        await page.Field("E-mail address").FillAsync("ada-walk@example.com");
        await page.Field("Password").FillAsync("password123");
        await page.Button("Create account").ClickAsync();
        await Expect(page.Field("Password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Field("Password")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task After_a_cancellation_the_focus_is_on_what_has_become_of_the_booking_and_paper_has_tickets_only()
    {
        var page = await browser.VisitorAsync();
        await HoldAsync(page);
        await page.PayAsync();
        await Expect(page.GetByAltText("Entry code")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByAltText("Entry code")).ToBeVisibleAsync();
        await Expect(page.GetByText("Order code").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Banner)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Contentinfo)).ToHaveCountAsync(0);
        await Expect(page.GetByText("Create an account")).ToBeHiddenAsync();
        await Expect(page.Button("Cancel booking")).ToBeHiddenAsync();

        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.Button("Cancel booking").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel booking" })
            .ClickAsync();
        await Expect(page.Heading("This booking was cancelled")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Every_field_of_the_list_shows_the_focus_in_the_same_way()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);
        // Who uses the keyboard sees where the focus is.
        await page.Keyboard.PressAsync("Tab");
        foreach (var field in new[]
        {
            page.GetByRole(AriaRole.Combobox, new() { Name = "Search" }),
            page.GetByRole(AriaRole.Combobox, new() { Name = "City" }),
            page.GetByRole(AriaRole.Textbox, new() { Name = "From" }), page.Button("Today"),
        })
        {
            await field.FocusAsync();
            await Expect(field).ToHaveCSSAsync("outline-style", "solid");
            await Expect(field).ToHaveCSSAsync("outline-width", "3px");
        }
    }

    [LongFact]
    public async Task A_payment_without_an_answer_is_not_called_declined_and_charges_nothing()
    {
        var page = await browser.VisitorAsync();
        await HoldAsync(page);
        await page.PayAsync("Test card that does not answer");
        var alert = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert);
        await Expect(alert).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await Expect(alert).ToContainTextAsync("nothing was charged", new() { IgnoreCase = true });
        await Expect(alert).Not.ToContainTextAsync("declined", new() { IgnoreCase = true });
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Giving_places_back_is_asked_about_first()
    {
        var page = await browser.VisitorAsync();
        await HoldAsync(page);
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Button("Give these places back").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep them" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();

        await page.Button("Give these places back").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Give back" }).ClickAsync();
        await Expect(page.GetByText("The places are given back. Nothing was charged.")).ToBeVisibleAsync();
        await Expect(Bar(page)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Price_of_seats_side_by_side_is_said_to_be_for_each()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await page.Button("Choose from a list").ClickAsync();
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").First.ClickAsync();
        var pair = page.GetByRole(AriaRole.Row).First.GetByRole(AriaRole.Button).First;
        await Expect(pair).ToContainTextAsync("$145 each");
    }

    private static async Task HoldAsync(IPage page)
    {
        await page.GotoAsync(Patio);
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
    }

    private static ILocator Bar(IPage page) =>
        page.GetByRole(AriaRole.Complementary, new() { Name = "Places kept for you" });
}
