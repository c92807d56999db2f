using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>What the seat map's canvas shows, pixel by pixel.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SeatMapPictureTests(BrowserFixture browser)
{
    /// <summary>
    /// How many pixels of the canvas have each colour, the most frequent ones first; once it is the same for so many
    /// frames that nothing is being drawn any more.
    /// </summary>
    private const string Colours = """
        async canvas => {
            const count = () => {
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                const counts = {};
                for (let at = 0; at < data.length; at += 4) {
                    const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
                    counts[colour] = (counts[colour] ?? 0) + 1;
                }
                return JSON.stringify(Object.entries(counts).sort((a, b) => b[1] - a[1]).slice(0, 40));
            };
            const frames = async number => {
                for (let frame = 0; frame < number; frame++) await new Promise(requestAnimationFrame);
            };
            let before = '';
            for (let now = count(); now !== before; now = count()) {
                before = now;
                await frames(30);
            }
            return JSON.stringify(Object.fromEntries(JSON.parse(before)));
        }
        """;

    [LongFact]
    public async Task Area_without_colour_leaves_the_map_drawn()
    {
        var page = await browser.VisitorAsync();
        List<string> faults = [];
        page.PageError += (_, error) => faults.Add(error);
        await ChangeMapAsync(page, map => map["areas"]!.AsArray().Add(Area("null", 200, 800, 60, 40)));
        await page.GotoAsync("/events/nina-okafor/pick");
        await Expect(page.Button("Take these seats")).ToBeVisibleAsync();

        (await ColoursAsync(page)).Count.ShouldBeGreaterThan(3, "seats, stage and ground are drawn");
        faults.ShouldBeEmpty();
    }

    [LongFact]
    public async Task Area_inside_a_section_is_drawn_on_its_ground()
    {
        var page = await browser.VisitorAsync();
        await ChangeMapAsync(page, map => map["areas"]!.AsArray().Add(Area("\"#00ff00\"", 300, 600, 300, 150)));
        await page.GotoAsync("/events/nina-okafor/pick");
        await Expect(page.Button("Take these seats")).ToBeVisibleAsync();

        // Half of the plan's own green in the paper.
        var greens = (await ColoursAsync(page)).Where(pair => IsGreen(pair.Key)).Sum(pair => pair.Value);
        greens.ShouldBeGreaterThan(2000, "the court is not hidden by the section around it");
    }

    [LongFact]
    public async Task Before_the_first_availability_nothing_is_called_sold_out()
    {
        var page = await browser.VisitorAsync();
        await page.RouteWebSocketAsync("**/live*", _ => { });
        await page.RouteAsync("**/api/v1/events/*/live*", _ => Task.CompletedTask);
        await page.RouteAsync("**/api/v1/events/*/availability*", _ => Task.CompletedTask);
        await page.GotoAsync("/events/symphony-grand-hall/pick");

        await Expect(page.GetByText("Loading which seats are free")).ToBeVisibleAsync();
        await Expect(page.Button("Balcony")).ToContainTextAsync("left");
        await Expect(page.GetByText("Sold out")).ToHaveCountAsync(0);
        await page.Button("Choose from a list").ClickAsync();
        await Expect(page.GetByText("Loading which places are free")).ToBeVisibleAsync();
        await Expect(page.GetByText("Sold out")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Forced_colours_give_the_map_the_systems()
    {
        var page = await browser.VisitorAsync(new BrowserNewContextOptions
        {
            ForcedColors = ForcedColors.Active,
            ColorScheme = ColorScheme.Dark,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await Expect(page.Button("Take these seats")).ToBeVisibleAsync();
        var system = await page.EvaluateAsync<string[]>("""
            () => ['Canvas', 'CanvasText'].map(name => {
                const probe = document.createElement('span');
                probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
                document.body.append(probe);
                const colour = getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).join();
                probe.remove();
                return colour;
            })
            """);
        var colours = await ColoursAsync(page);

        colours.First().Key.ShouldBe(system[0], "the ground is the system's");
        colours.ShouldContainKey(system[1], "names are written in the system's ink");
        colours.Keys.Count(colour => colour is not ("0,0,0" or "255,255,255")).ShouldBeGreaterThan(3, "tiers are seen");
        // The pressed one of the ways can be told without colours.
        (await page.Button("Seat map").EvaluateAsync<string>("one => getComputedStyle(one).outlineStyle"))
            .ShouldBe("solid");
    }

    [LongFact]
    public async Task Wheel_over_the_whole_map_scrolls_the_page_and_towards_it_zooms()
    {
        var page = await browser.VisitorAsync();
        await page.SetViewportSizeAsync(1280, 600);
        await page.GotoAsync("/events/symphony-grand-hall/pick");
        await Expect(page.Button("Take these seats")).ToBeVisibleAsync();
        await page.ShouldBeDrawnAsync();
        var box = (await page.SeatMap().BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.WheelAsync(0, 120);
        (await page.ScrolledAsync()).ShouldBeGreaterThan(40);
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.Mouse.WheelAsync(0, -240);
        await Expect(page.Button("Show the whole map")).ToBeEnabledAsync();
        (await page.EvaluateAsync<double>("scrollY")).ShouldBe(0);
    }

    private static bool IsGreen(string colour)
    {
        var parts = colour.Split(',').Select(int.Parse).ToArray();
        return parts[1] > 220 && parts[0] < 180 && parts[2] < 180;
    }

    private static JsonNode Area(string colour, int left, int top, int width, int height) => JsonNode.Parse($$"""
        {"kind":"other","caption":"","captionAt":{"x":{{left}},"y":{{top}}},"colour":{{colour}},
         "outline":[{{left}},{{top}},{{left + width}},{{top}},{{left + width}},{{top + height}},{{left}},{{top + height}}]}
        """)!;

    private static Task ChangeMapAsync(IPage page, Action<JsonNode> change) =>
        page.RouteAsync("**/seatmap*", async route =>
        {
            var answer = await route.FetchAsync();
            var map = JsonNode.Parse(await answer.TextAsync())!;
            change(map);
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = map.ToJsonString() });
        });

    private static async Task<Dictionary<string, int>> ColoursAsync(IPage page)
    {
        await page.ShouldBeDrawnAsync();
        var canvas = page.SeatMap().GetByRole(AriaRole.Img);
        return JsonSerializer.Deserialize<Dictionary<string, int>>(await canvas.EvaluateAsync<string>(Colours))!;
    }
}
