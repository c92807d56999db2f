using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>
/// What is not allowed is said before it is asked for, and by the server's answer where the page cannot
/// know.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed partial class RulesTests(BrowserFixture browser)
{
    [LongFact]
    public async Task A_single_seat_that_would_be_left_over_is_named_before_the_request()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.Button("One person fewer").ClickAsync();
        await page.Button("Choose from a list").ClickAsync();
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").First.ClickAsync();
        var seats = page.GetByRole(AriaRole.Row, new() { NameRegex = Row() }).First.GetByRole(AriaRole.Button);
        await seats.Nth(1).ClickAsync();
        await Expect(page.GetByText("alone. Move along by one, or take it too.")).ToBeVisibleAsync();
        await Expect(page.Button("Keep these places")).ToBeDisabledAsync();
        await seats.First.ClickAsync();
        await Expect(page.GetByText("alone. Move along by one, or take it too.")).ToHaveCountAsync(0);
        await page.HoldAsync();
    }

    [LongFact]
    public async Task A_single_seat_that_the_page_could_not_know_of_is_named_by_the_servers_answer()
    {
        var page = await browser.VisitorAsync();
        await page.CutOffAsync();
        await page.GotoAsync("/events/the-cartographers-daughter/pick");
        await page.Button("One person fewer").ClickAsync();
        await page.Button("Choose from a list").ClickAsync();
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").Last.ClickAsync();
        var seats = page.GetByRole(AriaRole.Row, new() { NameRegex = Row() }).First.GetByRole(AriaRole.Button);
        // The visitor wants the fourth and fifth; somebody else takes the first two, and the third would be left alone.
        await Expect(seats.Nth(4)).ToBeVisibleAsync();
        // "Gallery, row A, seat 1, Gallery, $25": all but tier and price is the seat's own name.
        var labels = await seats.EvaluateAllAsync<string[]>(
            "all => all.map(one => one.firstElementChild.textContent.split(', ').slice(0, -2).join(', '))");
        await seats.Nth(3).ClickAsync();
        await seats.Nth(4).ClickAsync();
        using var other = await OtherBuyer.ComeAsync(browser);
        await other.HoldSeatsAsync("the-cartographers-daughter", labels[0], labels[1]);
        await page.Button("Keep these places").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"This would leave {labels[2]} alone");
    }

    [LongFact]
    public async Task Several_kinds_of_tickets_go_into_one_booking_up_to_the_limit()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/club-night/pick");
        foreach (var (tier, quantity) in new[] { ("VIP", 1), ("Front Row", 2), ("GA", 5) })
        {
            foreach (var _ in Enumerable.Range(0, quantity))
                await page.Button($"One more: {tier}").ClickAsync();
        }

        await Expect(page.GetByText("8 of 8 chosen").First).ToBeVisibleAsync();
        await Expect(page.GetByText("That is as many as one buyer can have.")).ToBeVisibleAsync();
        foreach (var tier in new[] { "VIP", "Front Row", "GA" })
            await Expect(page.Button($"One more: {tier}")).ToBeDisabledAsync();
        await Expect(page.GetByText("2 × Front Row", new() { Exact = true })).ToBeVisibleAsync();
        await page.HoldAsync();
        await page.PayAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(8);

        await page.GotoAsync("/events/club-night/pick");
        await Expect(page.GetByText("You have 8 places of this event already.")).ToBeVisibleAsync();
        await Expect(page.GetByText("One buyer can have 8 places of this event; you have 8 already."))
            .ToBeVisibleAsync();
        await Expect(page.Button("Keep these places")).ToBeDisabledAsync();
    }

    [LongFact]
    public async Task A_childs_ticket_says_that_it_needs_an_adults_and_is_held_with_it()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/noche-de-patio");
        await Expect(page.GetByText("Only together with Patio")).ToBeVisibleAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await Expect(page.GetByText("Only together with Patio")).ToBeVisibleAsync();
        await page.Button("One more: Under 12").ClickAsync();
        await Expect(page.GetByText("Under 12 is sold only together with Patio. Add at least one.")).ToBeVisibleAsync();
        await Expect(page.Button("Keep these places")).ToBeDisabledAsync();
        var choice = page.Locator("section[aria-labelledby=choice]");
        await Expect(choice.Locator("li").GetByText("Free")).ToBeVisibleAsync();
        await Expect(choice.GetByText("$0")).ToHaveCountAsync(0);
        await page.Button("One more: Patio").ClickAsync();
        await Expect(page.GetByText("is sold only together")).ToHaveCountAsync(0);
        await page.HoldAsync();
    }

    [LongFact]
    public async Task A_limit_that_the_page_could_not_know_of_is_told_by_the_servers_answer()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/nina-okafor/pick");
        await page.Button("Best available").ClickAsync();
        foreach (var _ in Enumerable.Range(0, 4))
            await page.Button("One more: House").ClickAsync();
        await page.HoldAsync();

        await page.RouteAsync(MyBookings(), route => route.AbortAsync());
        await page.GotoAsync("/events/nina-okafor/pick");
        await page.Button("Best available").ClickAsync();
        foreach (var _ in Enumerable.Range(0, 3))
            await page.Button("One more: House").ClickAsync();
        await page.Button("Keep these places").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync(
            "One buyer can have 6 places of this event; you have 4 already.");
    }

    [LongFact]
    public async Task Where_one_booking_is_allowed_a_second_is_not_offered()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/foundations-conference/pick");
        await page.Button("One more: Student").ClickAsync();
        await page.HoldAsync();
        await page.GotoAsync("/events/foundations-conference/pick");
        await Expect(page.GetByText("This event allows one booking for each buyer, and you have one already."))
            .ToBeVisibleAsync();
        await Expect(page.Button("Keep these places")).ToBeDisabledAsync();
    }

    [GeneratedRegex(", row |Row ")]
    private static partial Regex Row();

    [GeneratedRegex("/me/bookings")]
    private static partial Regex MyBookings();
}
