using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>What the seat map says is under the mouse.</summary>
/// <param name="Title">"Stalls, row C, seat 14", a section's name, a standing area's tier.</param>
/// <param name="Detail">Tier and price, or why it cannot be had.</param>
/// <param name="Note">What a click would do.</param>
internal sealed record UnderMouse(string Title, string Detail, string Note)
{
    /// <summary>Where the mouse was then.</summary>
    public (float X, float Y) At { get; init; }

    public bool IsFreeSeat => Note.StartsWith("Choose it", StringComparison.Ordinal)
        || Note.StartsWith("Choose these", StringComparison.Ordinal);

    public bool IsFarSection => Note.StartsWith("Choose a section", StringComparison.Ordinal);
}

/// <summary>The seat map as somebody with a mouse uses it: look what lies under the pointer, then press.</summary>
internal static class SeatMapSteps
{
    // Smaller than a seat is when a mouse may choose it, so that none is stepped over.
    private const int StepPixels = 11;
    // Sections and standing areas are larger than this.
    internal const int CoarseStepPixels = 33;
    private const int EdgePixels = 24;

    /// <summary>The card beside the pointer, after the frame in which it was drawn.</summary>
    private const string ReadCard = """
        box => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
            const card = box.querySelector(':scope > div[aria-hidden=true]:has(strong)');
            const text = name => card?.querySelector(name)?.textContent ?? '';
            const told = { title: text('strong'), detail: text('span'), note: text('em') };
            done(card === null ? null : JSON.stringify(told));
        })))
        """;

    public static ILocator SeatMap(this IPage page) =>
        page.GetByRole(AriaRole.Group, new PageGetByRoleOptions { Name = "Arrow keys move the map" });

    /// <summary>
    /// Moves the mouse outwards, from the middle or from where something was, until it is over what was looked
    /// for; answers what it is over.
    /// </summary>
    public static async Task<UnderMouse> PointOnMapAsync(
        this IPage page, Func<UnderMouse, bool> isIt, UnderMouse? around = null, int stepPixels = StepPixels)
    {
        var map = page.SeatMap();
        await Expect(map.GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await map.ScrollIntoViewIfNeededAsync();
        var box = await map.BoundingBoxAsync() ?? throw new InvalidOperationException("The map is not drawn.");
        HashSet<string> seen = [];
        foreach (var (x, y) in Outwards(box, around?.At, stepPixels))
        {
            await page.Mouse.MoveAsync(x, y);
            if (await page.ReadMapAsync() is not { } found)
                continue;
            if (isIt(found))
                return found with { At = (x, y) };
            seen.Add(found.ToString());
        }

        throw new InvalidOperationException($"It is not on the map; there are: {string.Join("; ", seen.Take(20))}");
    }

    /// <summary>Comes near enough to choose seats, as the whole of a large plan is too small for that.</summary>
    public static async Task ComeNearAsync(this IPage page)
    {
        var found = await page.PointOnMapAsync(
            under => under.IsFreeSeat || under.IsFarSection, stepPixels: CoarseStepPixels);
        if (found.IsFarSection)
            await page.PressMouseAsync();
    }

    /// <summary>Chooses the first such free seat.</summary>
    public static async Task<UnderMouse> ChooseOnMapAsync(
        this IPage page, Func<UnderMouse, bool>? isIt = null, UnderMouse? around = null)
    {
        var found = await page.PointOnMapAsync(under => under.IsFreeSeat && (isIt is null || isIt(under)), around);
        await page.PressMouseAsync();
        return found;
    }

    public static async Task<UnderMouse?> ReadMapAsync(this IPage page)
    {
        var text = await page.SeatMap().EvaluateAsync<string?>(ReadCard);
        return text is null ? null : JsonSerializer.Deserialize<UnderMouse>(text, JsonSerializerOptions.Web);
    }

    /// <summary>The map is there and has been drawn: its code comes after the page's.</summary>
    public static async Task ShouldBeDrawnAsync(this IPage page)
    {
        await Expect(page.SeatMap().GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        await page.EvaluateAsync("""
            async () => { for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame); }
            """);
    }

    /// <summary>How far the page is scrolled once it is scrolled at all; 0: it was not for a second.</summary>
    public static Task<double> ScrolledAsync(this IPage page) => page.EvaluateAsync<double>("""
        async () => {
            let before = 0;
            for (let frame = 0; frame < 60 && (scrollY === 0 || scrollY !== before); frame++) {
                before = scrollY;
                await new Promise(requestAnimationFrame);
            }
            return scrollY;
        }
        """);

    /// <summary>Where the mouse is.</summary>
    public static async Task PressMouseAsync(this IPage page)
    {
        await page.Mouse.DownAsync();
        await page.Mouse.UpAsync();
    }

    private static IEnumerable<(float X, float Y)> Outwards(
        LocatorBoundingBoxResult box, (float X, float Y)? from, int stepPixels)
    {
        var (startX, startY) = from ?? (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        bool IsInside(float x, float y) => x >= box.X + EdgePixels && x <= box.X + box.Width - EdgePixels
            && y >= box.Y + EdgePixels && y <= box.Y + box.Height - EdgePixels;
        yield return (startX, startY);
        for (var ring = 1; ring * stepPixels < Math.Max(box.Width, box.Height); ring++)
        {
            for (var step = -ring; step < ring; step++)
            {
                (int X, int Y)[] sides = [(step, -ring), (ring, step), (-step, ring), (-ring, -step)];
                foreach (var (x, y) in sides.Select(
                    side => (startX + (side.X * stepPixels), startY + (side.Y * stepPixels))))
                {
                    if (IsInside(x, y))
                        yield return (x, y);
                }
            }
        }
    }
}
