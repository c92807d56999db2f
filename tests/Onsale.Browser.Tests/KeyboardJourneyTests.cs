using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class KeyboardJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task From_registering_to_two_tickets_and_back_again_without_a_mouse()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.TypeIntoAsync(page.Field("Name"), "Ada Brook");
        await page.TypeIntoAsync(page.Field("E-mail address"), "keyboard@example.com");
        await page.TypeIntoAsync(page.Field("Password"), "seven quiet lanterns");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Find your next night out")).ToBeVisibleAsync();

        await page.PressOnAsync(Link(page, "Events", exact: true));
        await page.TypeIntoAsync(page.GetByLabel("Search"), "paper moon");
        await Expect(page.GetByText("1 event", new() { Exact = true })).ToBeVisibleAsync();
        await page.PressOnAsync(Link(page, "Pip and the Paper Moon"));
        await page.PressOnAsync(Link(page, "Choose seats"));

        await page.PressOnAsync(page.Button("Choose from a list"), "Space");
        await page.PressOnAsync(page.Locator("main li > button[aria-expanded=false]:not([disabled])").First, "Space");
        await page.TabIntoSeatsAsync();
        await page.ArrowToAsync(page.Button("2 seats together").First);
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("2 of 12 chosen").First).ToBeVisibleAsync();
        await page.PressOnAsync(page.Button("Keep these places"));
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        var address = page.Url;
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        page.Url.ShouldBe(address);

        var cards = page.GetByRole(AriaRole.Radio);
        await page.TabToAsync(cards.First);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(cards.Nth(1)).ToBeFocusedAsync();
        await Expect(cards.Nth(1)).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(cards.First).ToBeCheckedAsync();
        await page.PressOnAsync(page.Button("Pay "));

        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        await page.PressOnAsync(Link(page, "All my bookings"));
        await page.PressOnAsync(Link(page, "Pip and the Paper Moon"));
        await page.PressOnAsync(page.Button("Cancel booking"));
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("() => document.activeElement.closest('dialog') !== null")).ShouldBeTrue();
        await page.PressOnAsync(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel booking" }));
        await Expect(page.Heading("This booking was cancelled")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task The_list_is_the_first_thing_the_keyboard_meets_on_the_picking_page()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.TabToAsync(Link(page, "Back to the event"));
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Button("Choose from a list")).ToBeFocusedAsync();
    }

    [LongFact]
    public async Task From_a_chosen_seat_the_button_that_keeps_it_is_a_few_presses_away()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.PressOnAsync(page.Button("Choose from a list"), "Space");
        await page.PressOnAsync(page.Locator("main li > button[aria-expanded=false]:not([disabled])").First, "Space");
        await page.TabIntoSeatsAsync();
        await page.ArrowToAsync(page.Button("2 seats together").First);
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByText("2 of 8 chosen").First).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Tab");
        await Expect(Link(page, "Go to your choice")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Your choice")).ToBeFocusedAsync();
        for (var tabs = 0; tabs < 3; tabs++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(page.Button("Keep these places")).ToBeFocusedAsync();
    }

    [LongFact]
    public async Task Arrow_keys_go_from_seat_to_seat_and_the_Tab_key_stops_once_in_a_section()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.PressOnAsync(page.Button("Choose from a list"), "Space");
        await page.PressOnAsync(page.Button("One person fewer"), "Space");
        var section = page.Locator("main li > button[aria-expanded=false]:not([disabled])").First;
        await page.PressOnAsync(section, "Space");
        await page.TabIntoSeatsAsync();
        var rows = page.GetByRole(AriaRole.Row);
        ILocator Seat(int row, int index) => rows.Nth(row).GetByRole(AriaRole.Button).Nth(index);
        async Task ShouldLeadAsync(string key, ILocator seat)
        {
            await page.Keyboard.PressAsync(key);
            await Expect(seat).ToBeFocusedAsync();
            await page.ShouldShowFocusAsync();
        }

        await Expect(Seat(0, 0)).ToBeFocusedAsync();
        await ShouldLeadAsync("ArrowLeft", Seat(0, 0));
        await ShouldLeadAsync("ArrowRight", Seat(0, 1));
        await ShouldLeadAsync("ArrowDown", Seat(1, 1));
        await ShouldLeadAsync("End", rows.Nth(1).GetByRole(AriaRole.Button).Last);
        await ShouldLeadAsync("Home", Seat(1, 0));
        await ShouldLeadAsync("ArrowUp", Seat(0, 0));
        await ShouldLeadAsync("Control+End", rows.Last.GetByRole(AriaRole.Button).Last);

        // The next stop is below the seats, and the way back leads to the seat that was left.
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Grid).Locator(":focus")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(rows.Last.GetByRole(AriaRole.Button).Last).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("1 of 8 chosen").First).ToBeVisibleAsync();
        await Expect(rows.Last.GetByRole(AriaRole.Button).Last).ToBeFocusedAsync();
    }

    [LongFact]
    public async Task Arrow_keys_go_the_way_that_the_page_is_written()
    {
        var page = await browser.VisitorAsync(locale: "ar");
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.PressOnAsync(page.Locator("main button[aria-pressed]").First, "Space");
        await page.PressOnAsync(page.Locator("main li > button[aria-expanded=false]:not([disabled])").First, "Space");
        await page.TabIntoSeatsAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Expect(page.GetByRole(AriaRole.Row).First.GetByRole(AriaRole.Button).Nth(1)).ToBeFocusedAsync();
    }

    private static ILocator Link(IPage page, string name, bool exact = false) =>
        page.GetByRole(AriaRole.Link, new() { Name = name, Exact = exact });
}
