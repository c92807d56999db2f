using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

/// <summary>What one does to draw a plan.</summary>
internal static partial class PlanEditorSteps
{
    public static ILocator Sheet(this IPage page) => page.GetByRole(AriaRole.Application);

    /// <summary>A new account with an empty sheet.</summary>
    public static async Task OpenSheetAsync(this IPage page, string email, string name)
    {
        await page.FoundAsync(email, name);
        await page.GetByRole(AriaRole.Link, new() { Name = "Seating plans" }).ClickAsync();
        await page.Button("Draw a plan").ClickAsync();
        await page.ShouldHaveSeatsAsync(0);
    }

    public static Task ShouldHaveSeatsAsync(this IPage page, int count) =>
        Expect(page.Sheet())
            .ToHaveAttributeAsync("aria-label", count == 1 ? "Sheet with 1 seat" : $"Sheet with {count} seats");

    public static Task ShouldBeSavedAsync(this IPage page) =>
        Expect(page.GetByText("Saved", new() { Exact = true })).ToBeVisibleAsync();

    public static Task ChooseToolAsync(this IPage page, string name) =>
        page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    public static Task OpenTabAsync(this IPage page, string name) =>
        page.Locator("aside")
            .GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{name}") }).First.ClickAsync();

    /// <summary>A press on the sheet; from 0, its left or upper edge, to 1.</summary>
    public static async Task PressSheetAsync(this IPage page, double x, double y)
    {
        var (left, top) = await page.PlaceAsync(x, y);
        await page.Mouse.ClickAsync(left, top);
    }

    public static async Task DragOnSheetAsync(this IPage page, (double X, double Y) from, (double X, double Y) to)
    {
        var start = await page.PlaceAsync(from.X, from.Y);
        var end = await page.PlaceAsync(to.X, to.Y);
        await page.Mouse.MoveAsync(start.X, start.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 6 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Publishes; ends on the plan's page.</summary>
    public static async Task PublishPlanAsync(this IPage page, string name)
    {
        await page.Button("Publish", exact: true).ClickAsync();
        await page.WaitForURLAsync(PlanAddress());
        await Expect(page.Heading(name)).ToBeVisibleAsync();
    }

    private static async Task<(float X, float Y)> PlaceAsync(this IPage page, double x, double y)
    {
        var box = (await page.Sheet().BoundingBoxAsync())!;
        return (box.X + (float)(box.Width * x), box.Y + (float)(box.Height * y));
    }

    [GeneratedRegex("/plans/[0-9a-f-]{36}$")]
    private static partial Regex PlanAddress();
}
