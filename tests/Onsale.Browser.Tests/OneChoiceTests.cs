using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>
/// What was chosen stays chosen, whatever way it was chosen and wherever the visitor has been meanwhile.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class OneChoiceTests(BrowserFixture browser)
{
    [Fact]
    public async Task Seats_and_standing_places_of_the_map_are_one_booking()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/late-set/pick");
        await page.Button("Take these seats").ClickAsync();
        var seats = await page.ChosenSeatsAsync();
        seats.Length.ShouldBe(2);
        await page.PointOnMapAsync(
            under => under.Note == "Standing, no numbered places", stepPixels: SeatMapSteps.CoarseStepPixels);
        await page.PressMouseAsync();
        await page.Button("One more: Bar standing").ClickAsync();
        await Expect(page.GetByText("3 of 4 chosen").First).ToBeVisibleAsync();

        await page.Button("Best available").ClickAsync();
        await Expect(page.Button("Remove 1 × Bar standing", exact: true)).ToBeVisibleAsync();
        foreach (var seat in seats)
            await Expect(page.Button($"Remove {seat}", exact: true)).ToBeVisibleAsync();
        await page.Button("Choose from a list").ClickAsync();
        await Expect(page.GetByText("3 of 4 chosen").First).ToBeVisibleAsync();

        await page.HoldAsync();
        foreach (var seat in seats)
            await Expect(page.GetByText(seat, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("Bar standing").First).ToBeVisibleAsync();
        await page.PayAsync();
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(3);
        await page.ShouldHaveBookingsAsync(1);
    }

    [LongFact]
    public async Task Choice_is_kept_in_its_tab_over_a_reload_and_the_way_back()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await page.Button("One person more").ClickAsync();
        await page.Button("Take these seats").ClickAsync();
        var chosen = await page.ChosenSeatsAsync();
        chosen.Length.ShouldBe(3);

        await page.ReloadAsync();
        (await page.ChosenSeatsAsync()).ShouldBe(chosen);
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the event" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Choose seats" }).ClickAsync();
        (await page.ChosenSeatsAsync()).ShouldBe(chosen);

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/events/symphony-grand-hall/pick");
        await Expect(other.GetByText("0 of 8 chosen").First).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Own_hold_is_named_and_can_be_changed()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/pip-and-the-paper-moon/pick");
        await page.Button("Take these seats").ClickAsync();
        var chosen = await page.ChosenSeatsAsync();
        await page.HoldAsync();
        await page.GotoAsync("/events/pip-and-the-paper-moon/pick");

        var choice = page.GetByRole(AriaRole.Region, new() { Name = "Your choice" });
        await Expect(choice.GetByText("You hold ")).ToBeVisibleAsync();
        await Expect(choice.GetByText("You have ")).ToHaveCountAsync(0);
        await Expect(choice.GetByRole(AriaRole.Link, new() { Name = "Continue to checkout" })).ToBeVisibleAsync();
        await page.Button("Change them").ClickAsync();

        (await page.ChosenSeatsAsync()).ShouldBe(chosen);
        await Expect(choice.GetByText("You hold ")).ToHaveCountAsync(0);
        await page.Button($"Remove {chosen[0]}", exact: true).ClickAsync();
        await page.HoldAsync();
        await page.ShouldHaveBookingsAsync(1);
    }

    [LongFact]
    public async Task Seat_that_would_be_left_alone_is_avoided_by_one_press()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.Button("One person fewer").ClickAsync();
        await page.Button("Choose from a list").ClickAsync();
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").Nth(3).ClickAsync();
        await page.GetByRole(AriaRole.Row).First.GetByRole(AriaRole.Button).Nth(1).ClickAsync();
        await Expect(page.Button("Keep these places")).ToBeDisabledAsync();
        await page.Button("Move for me").ClickAsync();
        await Expect(page.Button("Keep these places")).ToBeEnabledAsync();
        (await page.ChosenSeatsAsync()).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("de-DE", "Diese Plätze nehmen", "Bühne", "Parkett, Reihe ", "Parkett", "Loge links")]
    [InlineData("ar-EG", "خذ هذين المقعدين", "المسرح", "الصالة، صف ", "الصالة", "مقصورة يسار")]
    public async Task Seats_are_named_in_the_visitors_language(
        string locale, string take, string stage, string seat, string section, string loge)
    {
        var page = await browser.VisitorAsync(locale: locale);
        // What is drawn on the canvas is in no element.
        await page.AddInitScriptAsync("""
            window.written = new Set();
            const { fillText } = CanvasRenderingContext2D.prototype;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
              window.written.add(text);
              return fillText.call(this, text, ...rest);
            };
            """);
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await page.WaitForFunctionAsync("text => window.written.has(text)", stage);
        foreach (var name in new[] { section, loge })
            await page.WaitForFunctionAsync("text => window.written.has(text)", name);
        await page.Button(take).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = seat }).First).ToBeVisibleAsync();

        var written = string.Join('\n', await page.EvaluateAsync<string[]>("() => [...window.written]"));
        var shown = await page.GetByRole(AriaRole.Main).InnerTextAsync();
        foreach (var english in new[] { "Orchestra", "Balcony", "Grand Circle", "Stage", "Loge Left", ", row " })
        {
            written.ShouldNotContain(english);
            shown.ShouldNotContain(english);
        }
    }
}
