using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

/// <summary>What an organiser does, in their words.</summary>
internal static class OrganiserSteps
{
    /// <summary>The demo's organisation, in addresses.</summary>
    public const string DemoPages = "/organise/lantern-presents";

    public const string DemoPassword = "lantern-demo-tickets";

    /// <summary>Signs in as one of the demo's members; ends on the overview of the demo's organisation.</summary>
    public static async Task SignInAsync(this IPage page, string email)
    {
        await page.GotoAsync("/login?to=/organise");
        await page.Field("E-mail address").FillAsync(email);
        await page.Field("Password").FillAsync(DemoPassword);
        await page.Button("Sign in", exact: true).ClickAsync();
        await Expect(page.Heading("Lantern Presents")).ToBeVisibleAsync();
    }

    /// <summary>A new account with an organisation of its own; ends on its overview.</summary>
    public static async Task FoundAsync(this IPage page, string email, string name)
    {
        await page.GotoAsync("/register?to=/organise");
        await page.RegisterAsync(email);
        await Expect(page.Heading("Found an organisation")).ToBeVisibleAsync();
        await page.Field("Name").FillAsync(name);
        await page.Button("Found organisation").ClickAsync();
        await Expect(page.Heading(name)).ToBeVisibleAsync();
    }

    /// <summary>Adds a venue from wherever its dialog is open.</summary>
    public static async Task FillVenueAsync(this IPage page, string name, string city)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(name);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "City" }).FillAsync(city);
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Time zone" }).SelectOptionAsync("Europe/Berlin");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>Adds a tier that sells by quantity.</summary>
    public static async Task AddTierAsync(this IPage page, string name, string price, int places)
    {
        await page.Button("Add places by quantity").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(name);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Price" }).FillAsync(price);
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Places" }).FillAsync($"{places}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    /// <summary>The guided way from a name to a published event by quantity; ends where it says so.</summary>
    public static async Task PublishEventAsync(this IPage page, string title, string venue)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "New event" }).First.ClickAsync();
        await page.Field("What is it called?").FillAsync(title);
        await page.Button("Next").ClickAsync();
        await Expect(page.Heading("When and where")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Venue" }).SelectOptionAsync("new");
        await page.FillVenueAsync(venue, "Berlin");
        await page.Button("Next").ClickAsync();
        await Expect(page.Heading("What it costs")).ToBeVisibleAsync();
        await page.AddTierAsync("Standing", "12.50", 40);
        await page.Button("Next").ClickAsync();
        await Expect(page.Heading("On-sale")).ToBeVisibleAsync();
        await page.Button("Next").ClickAsync();
        await Expect(page.Heading("Check and publish")).ToBeVisibleAsync();
        await page.Button("Publish", exact: true).ClickAsync();
        await Expect(page.GetByText("It is on sale now.")).ToBeVisibleAsync();
    }
}
