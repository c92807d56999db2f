using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

[Collection(BrowserCollection.Name)]
public sealed class CounterJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_sale_at_the_counter_is_found_by_name_paid_back_in_part_exported_and_reported()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.FoundAsync("counter@example.com", "Counter Club");
        await organiser.PublishEventAsync("At The Counter", "The Kiosk");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "To the event’s page" }).ClickAsync();
        await Tab(organiser, "Bookings").ClickAsync();
        await Expect(organiser.GetByText("No bookings yet")).ToBeVisibleAsync();

        await organiser.GetByRole(AriaRole.Link, new() { Name = "Sell at the counter" }).ClickAsync();
        await organiser.Field("Standing").FillAsync("3");
        await organiser.Field("Buyer’s name").FillAsync("Greta Ohm");
        await organiser.Button("Sell for €37.50").ClickAsync();
        await Expect(organiser.GetByText("Sold: €37.50")).ToBeVisibleAsync();
        await Expect(organiser.Button("Sell for €0")).ToBeDisabledAsync();

        await Tab(organiser, "Bookings").ClickAsync();
        await organiser.GetByRole(AriaRole.Searchbox, new() { Name = "Search" }).FillAsync("greta");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Greta Ohm" }).ClickAsync();
        await Expect(organiser.GetByRole(AriaRole.Heading, new() { Name = "What happened" })).ToBeVisibleAsync();
        await organiser.Button("Pay back …").ClickAsync();
        var dialog = organiser.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "What goes back" }).SelectOptionAsync("amount");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Amount" }).FillAsync("12.50");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Reason" }).FillAsync("One stayed at home");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Pay €12.50 back" }).ClickAsync();
        await Expect(organiser.GetByText("One stayed at home")).ToBeVisibleAsync();

        await Tab(organiser, "Bookings").ClickAsync();
        await Expect(organiser.GetByText("€12.50 paid back")).ToBeVisibleAsync();
        var file = await organiser.RunAndWaitForDownloadAsync(() => organiser.Button("Attendees (CSV)").ClickAsync());
        (await File.ReadAllTextAsync(await file.PathAsync())).ShouldContain("Greta Ohm");
        await Tab(organiser, "Report").ClickAsync();
        await Expect(organiser.GetByRole(AriaRole.Heading, new() { Name = "Sales over time" })).ToBeVisibleAsync();
        await Expect(organiser.Locator("dl[aria-label='Money']")).ToContainTextAsync("€25");
    }

    [LongFact]
    public async Task A_booking_is_given_another_seat_and_the_old_one_is_free_again()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.SignInAsync("organiser@example.com");
        await organiser.GotoAsync($"{OrganiserSteps.DemoPages}/events");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Lakeshore Philharmonic: The Unfinished Sea" })
            .First.ClickAsync();
        await Tab(organiser, "Bookings").ClickAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Sell at the counter" }).ClickAsync();
        await ChooseAsync(organiser.Locator("form"), section: "Loge Left");
        await organiser.Field("Buyer’s name").FillAsync("Ivo Moves");
        await organiser.Button("Sell for $95").ClickAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "See the booking" }).ClickAsync();
        await Expect(organiser.GetByText("Loge Left, row A, seat 1").First).ToBeVisibleAsync();

        await organiser.Button("Change seats").ClickAsync();
        var dialog = organiser.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        var change = dialog.GetByRole(AriaRole.Button, new() { Name = "Change seats" });
        await Expect(change).ToBeDisabledAsync();
        await ChooseAsync(dialog, section: "Loge Right");
        await Expect(dialog.GetByText("1 of 1 seats chosen")).ToBeVisibleAsync();
        await change.ClickAsync();

        await Expect(organiser.GetByText("Given other seats")).ToBeVisibleAsync();
        await Expect(organiser.GetByText("Loge Right, row A, seat 1").First).ToBeVisibleAsync();
        await Expect(organiser.GetByText("Loge Left, row A, seat 1")).ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task Pages_and_events_are_reached_by_a_few_letters_without_a_mouse()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.SignInAsync("organiser@example.com");
        await organiser.Keyboard.PressAsync("Control+k");
        var field = organiser.GetByRole(AriaRole.Combobox, new() { Name = "A page or an event" });
        await Expect(field).ToBeFocusedAsync();
        await field.FillAsync("glass");
        await Expect(organiser.GetByRole(AriaRole.Option, new() { Name = "The Glass Garden" })).ToBeVisibleAsync();
        await organiser.Keyboard.PressAsync("Enter");
        await Expect(organiser.Heading("The Glass Garden")).ToBeVisibleAsync();
        await organiser.Keyboard.PressAsync("Control+k");
        await field.FillAsync("members");
        await organiser.Keyboard.PressAsync("Enter");
        await Expect(organiser.GetByRole(AriaRole.Heading, new() { Name = "Members", Level = 1 })).ToBeVisibleAsync();
    }

    private static async Task ChooseAsync(ILocator form, string section)
    {
        await form.GetByRole(AriaRole.Combobox, new() { Name = "Section" })
            .SelectOptionAsync(new SelectOptionValue { Label = section });
        await form.GetByRole(AriaRole.Button, new() { Name = "Add the free ones of these" }).ClickAsync();
    }

    private static ILocator Tab(IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the event" })
            .GetByRole(AriaRole.Link, new() { Name = name, Exact = true });
}
