using System.Diagnostics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class SeatMapJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task From_registering_to_two_seats_of_the_map_and_back_again()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/register");
        await page.RegisterAsync("map-journey@example.com");
        await Expect(page.Heading("Find your next night out")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).ClickAsync();
        await page.GetByLabel("Search").FillAsync("paper moon");
        await page.GetByRole(AriaRole.Link, new() { Name = "Pip and the Paper Moon" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose seats" }).ClickAsync();

        await page.Button("One person fewer").ClickAsync();
        await page.ComeNearAsync();
        var first = await page.ChooseOnMapAsync();
        await Expect(page.Button($"Remove {first.Title}", exact: true)).ToBeVisibleAsync();
        var second = await page.ChooseOnMapAsync(under => under.Title != first.Title, around: first);
        await Expect(page.Button($"Remove {second.Title}", exact: true)).ToBeVisibleAsync();
        await page.HoldAsync();

        var (address, left, sinceThen) = (page.Url, await page.SecondsLeftAsync(), Stopwatch.StartNew());
        await page.ReloadAsync();
        var leftAfter = await page.SecondsLeftAsync();
        page.Url.ShouldBe(address);
        var passed = (int)sinceThen.Elapsed.TotalSeconds;
        (left - leftAfter).ShouldBeInRange(passed - 2, passed + 2, "the clock went on as if nothing had happened");
        await Expect(page.GetByText(first.Title, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText(second.Title, new() { Exact = true })).ToBeVisibleAsync();
        await page.PayAsync();

        await Expect(page.Heading("Your tickets")).ToBeVisibleAsync();
        await Expect(page.GetByAltText($"Entry code: {first.Title}")).ToBeVisibleAsync();
        await Expect(page.GetByAltText($"Entry code: {second.Title}")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "All my bookings" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Pip and the Paper Moon" }).ClickAsync();
        await page.Button("Cancel booking").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel booking" })
            .ClickAsync();
        await Expect(page.Heading("This booking was cancelled")).ToBeVisibleAsync();

        await page.GotoAsync("/events/pip-and-the-paper-moon/pick");
        await page.ComeNearAsync();
        await page.PointOnMapAsync(under => under.Title == first.Title && under.IsFreeSeat, around: first);
    }

    [LongFact]
    public async Task One_press_on_the_map_seats_the_party_together()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/saltmarsh-rovers-alderney/pick");
        await page.Button("One person more").ClickAsync();
        await page.ComeNearAsync();
        var seat = await page.ChooseOnMapAsync();
        seat.Note.ShouldBe("Choose these 3");
        await Expect(page.Locator("button[aria-label^='Remove ']")).ToHaveCountAsync(3);
        await page.HoldAsync();
        await Expect(page.GetByText(seat.Title, new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_chosen_seats_the_lost_one_is_named_and_the_one_beside_the_other_is_offered()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/nina-okafor/pick");
        await page.ComeNearAsync();
        var seat = await page.ChooseOnMapAsync(under => under.Note == "Choose these 2");
        var chosen = await page.ChosenSeatsAsync();
        chosen.Length.ShouldBe(2);
        using var other = await OtherBuyer.ComeAsync(browser);
        await other.HoldSeatsAsync("nina-okafor", seat.Title);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync($"{seat.Title} was just taken.");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("is free.");
        var kept = chosen.Single(label => label != seat.Title);
        await page.Button("Take this seat").ClickAsync();
        var now = await page.ChosenSeatsAsync();
        now.Length.ShouldBe(2);
        now.Any(label => label == kept).ShouldBeTrue();
        await page.HoldAsync();
    }

    [LongFact]
    public async Task The_best_seats_are_shown_on_the_map_before_they_are_taken()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await page.Button("Best available").ClickAsync();
        foreach (var _ in Enumerable.Range(0, 3))
            await page.Button("One more: Orchestra").ClickAsync();
        await Expect(page.GetByText("The best seats at this moment are")).ToBeVisibleAsync();
        await page.Button("Show on the map").ClickAsync();
        await page.Button("Take these seats").ClickAsync();
        var shown = await page.ChosenSeatsAsync();
        shown.Length.ShouldBe(3);
        await page.Button("Show my 3 seats").ClickAsync();
        await page.PointOnMapAsync(under => under.Title == shown[1] && under.Note == "Take it away");

        // What the server chooses for another, at the same moment, is the same.
        var rival = await browser.VisitorAsync();
        await rival.GotoAsync("/events/symphony-grand-hall/pick");
        await rival.Button("Best available").ClickAsync();
        foreach (var _ in Enumerable.Range(0, 3))
            await rival.Button("One more: Orchestra").ClickAsync();
        await rival.HoldAsync();
        foreach (var label in shown)
            await Expect(rival.GetByText(label, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("were just taken");
    }

    [LongFact]
    public async Task Places_to_stand_are_chosen_on_the_map()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/late-set/pick");
        await page.PointOnMapAsync(
            under => under.Note == "Standing, no numbered places", stepPixels: SeatMapSteps.CoarseStepPixels);
        await page.PressMouseAsync();
        await page.Button("One more: Bar standing").ClickAsync();
        await page.Button("One more: Bar standing").ClickAsync();
        await Expect(page.GetByText("2 × Bar standing").First).ToBeVisibleAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await Expect(page.GetByText("2 × Bar standing", new() { Exact = true })).ToBeVisibleAsync();
    }
}
