using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Whatever a network lets through, what is sold elsewhere is seen here.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class LiveConnectionTests(BrowserFixture browser)
{
    private const string Slug = "harbour-light-festival";
    private const string Tier = "Lantern Deck";

    private const string Stale = "Connection lost. Availability may be out of date; reconnecting.";

    [LongFact]
    public async Task Without_web_sockets_a_change_comes_by_server_sent_events()
    {
        var page = await browser.VisitorAsync();
        await page.RouteWebSocketAsync(Live(), socket => _ = socket.CloseAsync(new() { Code = 1011 }));
        var stream = page.WaitForResponseAsync(
            answer => Live().IsMatch(answer.Url)
                && answer.Headers["content-type"].StartsWith("text/event-stream", StringComparison.Ordinal));
        await page.GotoAsync($"/events/{Slug}/pick");
        await stream;
        await SeesASaleAsync(page, new() { Timeout = 3000 });
    }

    [LongFact]
    public async Task Without_any_stream_a_change_comes_by_asking()
    {
        var page = await browser.VisitorAsync();
        await page.RouteWebSocketAsync(Live(), socket => _ = socket.CloseAsync(new() { Code = 1011 }));
        await page.RouteAsync(Live(), route => route.AbortAsync());
        var asked = page.WaitForResponseAsync(Availability());
        await page.GotoAsync($"/events/{Slug}/pick");
        await asked;
        await SeesASaleAsync(page, new() { Timeout = 12_000 });
    }

    [LongFact]
    public async Task While_nothing_comes_through_that_is_said_and_afterwards_nothing_is_missing()
    {
        var page = await browser.VisitorAsync();
        var isCut = false;
        var connected = new TaskCompletionSource<IWebSocketRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteWebSocketAsync(Live(), socket =>
        {
            if (isCut)
            {
                _ = socket.CloseAsync(new() { Code = 1011 });
                return;
            }

            socket.ConnectToServer().OnMessage(message =>
            {
                socket.Send(message.Text!);
                connected.TrySetResult(socket);
            });
        });
        await page.RouteAsync(LiveOrAvailability(), route => isCut ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync($"/events/{Slug}/pick");
        var line = await connected.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var before = await LeftAsync(page);
        await Expect(page.GetByText(Stale)).ToHaveCountAsync(0);

        isCut = true;
        await line.CloseAsync(new() { Code = 1011 });
        await Expect(page.GetByText(Stale)).ToBeVisibleAsync();
        using var other = await OtherBuyer.ComeAsync(browser);
        await other.HoldAsync(Slug, Tier, 2);
        (await LeftAsync(page)).ShouldBe(before, "nothing can have come through");

        isCut = false;
        await Expect(page.GetByText(Stale)).ToHaveCountAsync(0);
        await Expect(TierLine(page)).ToContainTextAsync($"{before - 2} left");
    }

    [Fact]
    public async Task Back_online_the_page_is_up_to_date_by_itself()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync($"/events/{Slug}/pick");
        var before = await LeftAsync(page);
        await page.Context.SetOfflineAsync(true);
        await Expect(page.GetByText("You are offline")).ToBeVisibleAsync();
        using var other = await OtherBuyer.ComeAsync(browser);
        await other.HoldAsync(Slug, Tier, 2);
        await page.Button($"One more: {Tier}").ClickAsync();
        await page.Button("Keep these places").ClickAsync();

        await page.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("You are offline")).ToHaveCountAsync(0);
        // What was asked for while offline is asked for now.
        await page.WaitForURLAsync(Checkout());
        await Expect(page.Heading("Checkout")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Button($"One more: {Tier}")).ToBeVisibleAsync();
        await Expect(TierLine(page)).ToContainTextAsync($"{before - 3} left");
        await page.ShouldHaveBookingsAsync(1);
    }

    private async Task SeesASaleAsync(IPage page, LocatorAssertionsToContainTextOptions within)
    {
        var before = await LeftAsync(page);
        using var other = await OtherBuyer.ComeAsync(browser);
        await other.HoldAsync(Slug, Tier, 2);
        await Expect(TierLine(page)).ToContainTextAsync($"{before - 2} left", within);
        await Expect(page.GetByText(Stale)).ToHaveCountAsync(0);
    }

    private static ILocator TierLine(IPage page) =>
        page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Tier });

    private static async Task<int> LeftAsync(IPage page)
    {
        var text = await TierLine(page).TextContentAsync();
        return int.Parse(Left().Match(text!).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/live")]
    private static partial Regex Live();

    [GeneratedRegex("/availability")]
    private static partial Regex Availability();

    [GeneratedRegex("/live|/availability")]
    private static partial Regex LiveOrAvailability();

    [GeneratedRegex("/checkout/")]
    private static partial Regex Checkout();

    [GeneratedRegex(@"(\d+) left")]
    private static partial Regex Left();
}
