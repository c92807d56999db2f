using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class BuyerJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task From_registering_to_two_tickets_and_back_again()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("journey@example.com");
        await Expect(page.Heading("Find your next night out")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).ClickAsync();
        await page.GetByLabel("Search").FillAsync("paper moon");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pip and the Paper Moon" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose seats" }).ClickAsync();
        await page.ChooseTogetherAsync();
        await page.HoldAsync();
        var before = await page.GetByRole(AriaRole.Timer).TextContentAsync();

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        before.ShouldNotBeNull();
        await page.PayAsync();

        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = EntryCode() })).ToHaveCountAsync(2);
        var calendar = await page.RunAndWaitForDownloadAsync(() => page.Button("Add to calendar").ClickAsync());
        (await File.ReadAllTextAsync(await calendar.PathAsync())).ShouldContain("BEGIN:VEVENT");

        await page.GetByRole(AriaRole.Link, new() { Name = "All my bookings" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pip and the Paper Moon" }).ClickAsync();
        await page.Button("Cancel booking").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel booking" })
            .ClickAsync();
        await Expect(page.Heading("This booking was cancelled")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_guest_buys_and_becomes_an_account_that_has_the_tickets()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/night-sky-hour/pick");
        await page.Button("One more: Visitor").ClickAsync();
        await page.HoldAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await page.RegisterAsync("guest-no-more@example.com");
        await page.PayAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        await Expect(page.GetByText("You are buying as a guest")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "My bookings" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "An Hour with the Night Sky" })).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task A_declined_payment_keeps_the_places_and_can_be_repeated()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/club-night/pick");
        await page.Button("One more: GA").ClickAsync();
        await page.Button("One more: VIP").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync("Test card that is declined");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment was declined");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was charged");
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await page.PayAsync();
        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = EntryCode() })).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_hold_whose_time_is_up_says_so_and_offers_to_choose_again()
    {
        var page = await browser.VisitorAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync("/events/harbour-light-festival/pick");
        await page.Button("One more: Day").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await page.Clock.FastForwardAsync("11:00");
        await Expect(page.Heading("The time for these places is up")).ToBeVisibleAsync();
        await Expect(page.GetByText("Nothing was charged.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose again" }).ClickAsync();
        await Expect(page.Button("One more: Day")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task The_last_place_goes_and_another_visitor_sees_it_within_a_second()
    {
        var (first, second) = (await browser.VisitorAsync(), await browser.VisitorAsync());
        await second.GotoAsync("/events/limited-concert");
        await Expect(second.GetByRole(AriaRole.Link, new() { Name = "Choose tickets" })).ToBeVisibleAsync();
        // The other buyer is at the point of pressing the button: it is known that the feed is connected by its count.
        await first.GotoAsync("/events/limited-concert/pick");
        await first.Button("One more: Listener").ClickAsync();
        await first.Button("One more: Listener").ClickAsync();
        await Expect(second.GetByText("people are looking")).ToBeVisibleAsync();

        // Counted from the moment at which the first hears that the places are theirs.
        await first.RunAndWaitForResponseAsync(
            () => first.Button("Keep these places").ClickAsync(),
            answer => answer.Request.Method == "POST" && answer.Status == 201
                && answer.Url.EndsWith("/bookings", StringComparison.Ordinal));
        await Expect(second.Heading("Waitlist")).ToBeVisibleAsync(new() { Timeout = 1000 });
    }

    [Fact]
    public async Task Who_comes_too_late_hears_what_happened_and_nothing_was_booked()
    {
        var (first, second) = (await browser.VisitorAsync(), await browser.VisitorAsync());
        // Kept from hearing of the sale, as a phone on a bad line would be.
        await second.CutOffAsync();
        await second.GotoAsync("/events/candlelight-recital/pick");
        await second.Button("One more: Armchair").ClickAsync();
        await second.Button("One more: Armchair").ClickAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            first = await browser.VisitorAsync();
            await first.GotoAsync("/events/candlelight-recital/pick");
            await first.Button("One more: Armchair").ClickAsync();
            await first.Button("One more: Armchair").ClickAsync();
            await first.HoldAsync();
        }

        await second.Button("Keep these places").ClickAsync();
        await Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("Armchair was just sold out");
        second.Url.ShouldEndWith("/pick");
        await second.ShouldHaveBookingsAsync(0);
    }

    [GeneratedRegex("^Entry code")]
    private static partial Regex EntryCode();
}
