using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Onsale.Browser.Tests;

/// <summary>What a buyer does, in their words.</summary>
internal static partial class Steps
{
    public static ILocator Button(this IPage page, string name, bool exact = false) =>
        page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = exact });

    public static ILocator Heading(this IPage page, string name) =>
        page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = name });

    /// <summary>
    /// A field of the app. By its role and not its label, which would also find the one in the page's first view, that
    /// the app is about to replace.
    /// </summary>
    public static ILocator Field(this IPage page, string name) =>
        page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = name });

    public static async Task RegisterAsync(this IPage page, string email, string password = "seven quiet lanterns")
    {
        // The page that led here may have fields of the same names.
        await Assertions.Expect(page.Button("Create account")).ToBeVisibleAsync();
        await page.Field("Name").FillAsync("Ada Brook");
        await page.Field("E-mail address").FillAsync(email);
        await page.Field("Password").FillAsync(password);
        await page.Button("Create account").ClickAsync();
    }

    /// <summary>Opens the first section of the list and takes the first free group of the party's size.</summary>
    public static async Task ChooseTogetherAsync(this IPage page)
    {
        await page.Button("Choose from a list").ClickAsync();
        await page.Locator("main li > button[aria-expanded=false]:not([disabled])").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = TwoTogether() })
            .First.ClickAsync();
    }

    public static async Task HoldAsync(this IPage page)
    {
        await page.Button("Keep these places").ClickAsync();
        await page.WaitForURLAsync(Checkout());
    }

    /// <summary>Who books: an account's own data is there already.</summary>
    public static async Task GiveContactAsync(this IPage page)
    {
        var fields = page.Locator("section[aria-labelledby=contact] input");
        if (await fields.First.InputValueAsync() != "")
            return;
        await fields.First.FillAsync("Ada Brook");
        await fields.Last.FillAsync("ada@example.com");
    }

    public static async Task PayAsync(this IPage page, string card = "Test card")
    {
        await page.GiveContactAsync();
        await page.GetByText(card, new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = Pay() }).ClickAsync();
    }

    /// <summary>Labels of the chosen seats, as the summary has them.</summary>
    public static async Task<string[]> ChosenSeatsAsync(this IPage page)
    {
        var buttons = page.Locator("button[aria-label^='Remove ']");
        await Assertions.Expect(buttons).Not.ToHaveCountAsync(0);
        return await buttons.EvaluateAllAsync<string[]>("all => all.map(one => one.ariaLabel.slice('Remove '.length))");
    }

    /// <summary>So many bookings and no more, by what the buyer sees of them.</summary>
    public static async Task ShouldHaveBookingsAsync(this IPage page, int count)
    {
        await page.GotoAsync("/bookings");
        await Assertions.Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(count);
    }

    /// <summary>Nothing live reaches the page, as on a phone in a cellar; what is asked for does.</summary>
    public static async Task CutOffAsync(this IPage page)
    {
        await page.RouteWebSocketAsync(
            Live(), socket => _ = socket.CloseAsync(new WebSocketRouteCloseOptions { Code = 1011 }));
        var isFirst = true;
        // It learns once how things stand, then no more.
        await page.RouteAsync(LiveOrAvailability(), route =>
        {
            if (!isFirst || Live().IsMatch(route.Request.Url))
                return route.AbortAsync();
            isFirst = false;
            return route.ContinueAsync();
        });
    }

    /// <summary>What the timer says.</summary>
    public static async Task<int> SecondsLeftAsync(this IPage page)
    {
        var text = await page.GetByRole(AriaRole.Timer).TextContentAsync();
        var parts = text!.Split(':');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture) * 60)
            + int.Parse(parts[1], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("/live")]
    private static partial Regex Live();

    [GeneratedRegex("/live|/availability")]
    private static partial Regex LiveOrAvailability();

    [GeneratedRegex("^2 seats together")]
    private static partial Regex TwoTogether();

    [GeneratedRegex("/checkout/")]
    private static partial Regex Checkout();

    [GeneratedRegex("^Pay ")]
    private static partial Regex Pay();
}
