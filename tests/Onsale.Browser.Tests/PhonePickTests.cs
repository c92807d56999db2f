using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Choosing seats with one hand.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class PhonePickTests(BrowserFixture browser)
{
    /// <summary>Within five seconds: the browser scrolls in frames of its own.</summary>
    private const string IsStill = """
        () => new Promise((done) => {
          let last = -1;
          let frames = 0;
          const look = () => {
            frames = scrollY === last ? frames + 1 : 0;
            last = scrollY;
            if (frames > 20) done();
            else requestAnimationFrame(look);
          };
          look();
        })
        """;

    private const string HasScrolled = """
        new Promise(resolve => {
            const until = performance.now() + 5000;
            const look = () => scrollY > 20 ? resolve(true)
                : performance.now() > until ? resolve(false) : requestAnimationFrame(look);
            look();
        })
        """;

    [Theory]
    [LongInlineData(390, 664)]
    [InlineData(375, 667)]
    [LongInlineData(360, 640)]
    [LongInlineData(664, 390)]
    [LongInlineData(640, 360)]
    public async Task Map_on_a_phone_has_the_screen_and_nothing_over_it(int width, int height)
    {
        var page = await browser.PhoneAsync(width, height);
        await page.GotoAsync("/events/the-glass-garden/pick");
        await Expect(page.Button("Take these seats")).ToBeVisibleAsync();
        await page.ShouldBeDrawnAsync();

        await ShouldBeUncoveredAsync(page, width, height);
        await page.Button("Take these seats").TapAsync();
        await Expect(page.Button("Keep these places")).ToBeEnabledAsync();
        await ShouldBeUncoveredAsync(page, width, height);
    }

    [LongFact]
    public async Task A_swipe_scrolls_the_page_while_the_whole_map_is_seen_and_moves_the_map_after_zooming()
    {
        var page = await browser.PhoneAsync(390, 664);
        await page.GotoAsync("/events/the-glass-garden/pick");
        await page.ShouldBeDrawnAsync();
        var map = (await page.Locator("main canvas").First.BoundingBoxAsync())!;

        await SwipeUpAsync(page, map);

        (await page.EvaluateAsync<bool>(HasScrolled)).ShouldBeTrue();
        await page.Button("Zoom in").TapAsync();
        await page.Button("Zoom in").TapAsync();
        await page.ShouldBeDrawnAsync();
        // The page moves on for a while after the finger has left it.
        await page.EvaluateAsync(IsStill);
        var before = await page.EvaluateAsync<double>("scrollY");
        await SwipeUpAsync(page, (await page.Locator("main canvas").First.BoundingBoxAsync())!);
        await page.EvaluateAsync(IsStill);
        (await page.EvaluateAsync<double>("scrollY")).ShouldBe(before);
    }

    [Fact]
    public async Task Tap_on_a_seat_names_it_before_it_is_chosen()
    {
        var page = await browser.PhoneAsync(390, 664);
        await page.GotoAsync("/events/the-cartographers-daughter/pick");

        var card = await TapASeatAsync(page);

        await Expect(card).ToContainTextAsync(SeatsAndPrice());
        await Expect(page.Button("Keep these places")).ToBeHiddenAsync();
        var name = await card.GetAttributeAsync("aria-label");
        await card.GetByRole(AriaRole.Button).TapAsync();
        await Expect(page.Button("Show my 2 seats")).ToBeVisibleAsync();
        // The sheet names the seats without being unfolded: "Gallery A 5–6".
        var numbers = Digits().Matches(name!).Select(match => match.Value).ToArray();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = Fold() })).ToContainTextAsync(numbers[^1]);
        await page.HoldAsync();
    }

    [LongFact]
    public async Task Options_unfold_over_the_map_and_the_list_is_the_first_of_them()
    {
        var page = await browser.PhoneAsync(360, 640);
        await page.GotoAsync("/events/stadium-tour/pick");
        await Expect(page.Button("Choose from a list")).ToBeHiddenAsync();
        await page.Button("List or map, 2 people, prices").TapAsync();
        await Expect(page.Button("Choose from a list")).ToBeVisibleAsync();
        await page.Button("One person more").TapAsync();
        await page.Button("Upper Bowl Value").TapAsync();
        await page.Button("Choose from a list").TapAsync();
        await Expect(page.Button("Choose from a list")).ToBeHiddenAsync();
        await Expect(page.Button("List or map, 3 people, prices")).ToBeVisibleAsync();
        await Expect(page.Button("Section 215")).ToBeVisibleAsync();
        await Expect(page.Button("Section 101")).ToHaveCountAsync(0);
    }

    [LongTheory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("es")]
    [InlineData("ar")]
    public async Task No_way_of_choosing_sticks_out_of_320_pixels_or_of_text_twice_as_large(string locale)
    {
        foreach (var (width, style) in new[] { (320, ""), (375, "html { font-size: 200% }") })
        {
            var page = await browser.PhoneAsync(width, 640, locale);
            await page.GotoAsync("/events/stadium-tour/pick");
            if (style.Length > 0)
                await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            await Expect(page.GetByRole(AriaRole.Img).First).ToBeVisibleAsync();
            var fold = page.Locator("header button[aria-expanded]");
            foreach (var way in new[] { 0, 1, 2 })
            {
                await fold.TapAsync();
                await ShouldFitAsync(page, $"{locale}, {width}, way {way}, unfolded");
                await page.Locator("main [role=group] > button[aria-pressed]").Nth(way).TapAsync();
                await ShouldFitAsync(page, $"{locale}, {width}, way {way}");
            }
        }
    }

    /// <summary>A finger as the browser itself sees one: only such a swipe scrolls.</summary>
    private static async Task SwipeUpAsync(IPage page, LocatorBoundingBoxResult over)
    {
        const int steps = 12, pixels = 200;
        var session = await page.Context.NewCDPSessionAsync(page);
        var (x, y) = (over.X + (over.Width / 2), over.Y + (over.Height * 0.6f));
        await TouchAsync("touchStart", y);
        for (var step = 1; step <= steps; step++)
            await TouchAsync("touchMove", y - (pixels * step / steps));
        await TouchAsync("touchEnd", null);
        await session.DetachAsync();

        Task TouchAsync(string type, float? at) => session.SendAsync("Input.dispatchTouchEvent",
            new Dictionary<string, object>
            {
                ["type"] = type,
                ["touchPoints"] = at is null ? [] : new object[] { new { x, y = at.Value } },
            });
    }

    private static async Task ShouldFitAsync(IPage page, string where) =>
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"))
            .ShouldBeLessThanOrEqualTo(0, where);

    /// <summary>As soon as the page has come to rest: the sheet takes its height a moment after the map.</summary>
    private static Task ShouldBeUncoveredAsync(IPage page, int width, int height) =>
        Eventually.ShouldPassAsync(() => CheckUncoveredAsync(page, width, height));

    private static async Task CheckUncoveredAsync(IPage page, int width, int height)
    {
        var map = (await page.SeatMap().BoundingBoxAsync())!;
        var sheet = (await page.GetByRole(AriaRole.Region, new() { Name = "Your choice" }).BoundingBoxAsync())!;
        (map.Y + map.Height).ShouldBeLessThanOrEqualTo(height, "the whole map is in view");
        var isBelow = sheet.Y >= map.Y + map.Height;
        var isBeside = sheet.X >= map.X + map.Width;
        (isBelow || isBeside).ShouldBeTrue("the sheet is below the map or beside it");
        (map.Width * map.Height / (width * height)).ShouldBeGreaterThan(0.4f, "the map has most of the screen");
        await ShouldFitAsync(page, $"{width} × {height}");
        foreach (var name in new[] { "Zoom in", "Zoom out" })
        {
            (await page.Button(name).EvaluateAsync<bool>("""
                button => {
                    const { left, top, width, height } = button.getBoundingClientRect();
                    return button.contains(document.elementFromPoint(left + width / 2, top + height / 2));
                }
                """)).ShouldBeTrue($"{name} can be pressed");
        }
    }

    /// <summary>Comes near, then taps here and there until a free seat's card is shown.</summary>
    private static async Task<ILocator> TapASeatAsync(IPage page)
    {
        var map = page.SeatMap();
        await page.ShouldBeDrawnAsync();
        await Expect(page.Button("Take these seats")).ToBeVisibleAsync();
        var box = (await map.BoundingBoxAsync())!;
        var card = map.GetByRole(AriaRole.Group).Filter(new() { HasText = "Choose these 2" });
        await page.Touchscreen.TapAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await Expect(page.Button("Show the whole map")).ToBeEnabledAsync();
        for (var step = 0; step < 60; step++)
        {
            await page.Touchscreen.TapAsync(
                box.X + (box.Width / 2) + ((step % 7 * 13) - 40), box.Y + (box.Height / 2) + ((step / 7 * 13) - 40));
            await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            if (await card.CountAsync() > 0)
                return card;
        }

        throw new InvalidOperationException("No seat was found under the finger.");
    }

    [GeneratedRegex(@", row \w+, seats \d+ and \d+.*\$\d+ each")]
    private static partial Regex SeatsAndPrice();

    [GeneratedRegex(@"\$\d+$")]
    private static partial Regex Fold();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
