using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Answers that are lost and buttons that are pressed twice have one effect.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class RepeatedRequestTests(BrowserFixture browser)
{
    [LongFact]
    public async Task A_hold_whose_answer_is_lost_is_found_again_after_a_reload()
    {
        var page = await browser.VisitorAsync();
        List<string?> keys = [];
        page.Request += (_, request) =>
        {
            if (request.Method == "POST" && Bookings().IsMatch(request.Url))
                keys.Add(request.Headers.GetValueOrDefault("idempotency-key"));
        };
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync(Bookings(), async route =>
        {
            // The server has done it, and nobody hears of it.
            await route.FetchAsync();
            handled.TrySetResult();
            await route.AbortAsync("connectionreset");
        });
        await page.GotoAsync("/events/saltmarsh-rovers-alderney/pick");
        await page.ChooseTogetherAsync();
        var chosen = await page.ChosenSeatsAsync();
        await page.Button("Keep these places").ClickAsync();
        await handled.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });

        await page.ReloadAsync();
        await page.WaitForURLAsync(Checkout());
        foreach (var label in chosen)
            await Expect(page.GetByText(label, new() { Exact = true })).ToBeVisibleAsync();
        keys.Count.ShouldBeGreaterThan(1);
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        keys[0].ShouldNotBeNullOrEmpty();
        await page.ShouldHaveBookingsAsync(1);
    }

    [LongFact]
    public async Task A_hold_whose_answer_is_lost_is_asked_for_again_by_itself()
    {
        var page = await browser.VisitorAsync();
        var lost = 0;
        await page.RouteAsync(Bookings(), async route =>
        {
            await route.FetchAsync();
            if (Interlocked.Increment(ref lost) == 1)
                await route.AbortAsync("connectionreset");
            else
                await route.ContinueAsync();
        });
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        lost.ShouldBeGreaterThan(1);
        await page.ShouldHaveBookingsAsync(1);
    }

    [Fact]
    public async Task Pressing_twice_holds_once_and_pays_once()
    {
        var page = await browser.VisitorAsync();
        var (holds, payments) = (0, 0);
        page.Request += (_, request) =>
        {
            if (request.Method != "POST")
                return;
            if (Bookings().IsMatch(request.Url))
                holds++;
            else if (request.Url.EndsWith("/confirm", StringComparison.Ordinal))
                payments++;
        };
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.Button("Keep these places").EvaluateAsync("button => { button.click(); button.click(); }");
        await page.WaitForURLAsync(Checkout());

        // A declined card is asked once: a second time would cost one of the three attempts.
        await page.GiveContactAsync();
        await page.GetByText("Test card that is declined", new() { Exact = true }).ClickAsync();
        await page.Button("Pay ").EvaluateAsync("button => { button.click(); button.click(); }");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("you can try 2 more times");
        await page.GetByText("Slow test card", new() { Exact = true }).ClickAsync();
        await page.Button("Pay ").DblClickAsync();
        await Expect(page.Button("Pay ")).ToBeDisabledAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        holds.ShouldBe(1);
        payments.ShouldBe(2);
        await page.ShouldHaveBookingsAsync(1);
    }

    [LongFact]
    public async Task A_payment_whose_answer_is_lost_is_made_once()
    {
        var page = await browser.VisitorAsync();
        var asked = 0;
        await page.RouteAsync(Confirm(), async route =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync();
            await route.AbortAsync("connectionreset");
        });
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        asked.ShouldBe(2);
        await page.ShouldHaveBookingsAsync(1);
    }

    [GeneratedRegex(@"/api/v1/events/[\w-]+/bookings$")]
    private static partial Regex Bookings();

    [GeneratedRegex("/confirm$")]
    private static partial Regex Confirm();

    [GeneratedRegex("/checkout/")]
    private static partial Regex Checkout();
}
