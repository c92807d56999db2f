using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class FavouritesTests(BrowserFixture browser)
{
    private const string Title = "Noche de Patio";

    [LongFact]
    public async Task A_guest_marks_with_the_keyboard_and_finds_it_again_in_the_same_browser()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events?search=noche");
        var heart = Heart(page);
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "false");
        await heart.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(heart).ToBeFocusedAsync();
        page.Url.ShouldContain("/events?search=noche", customMessage: "the card's own link is not followed");

        await page.ReloadAsync();
        await Expect(heart).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Favourites" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = Title })).ToBeVisibleAsync();
        await Expect(page.GetByText("kept in this browser only")).ToBeVisibleAsync();
        await heart.ClickAsync();
        await Expect(page.GetByText("No favourites ahead")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText("No favourites ahead")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task What_a_guest_marked_goes_to_the_account_and_is_there_in_another_browser()
    {
        const string Email = "hearts@example.com";
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/noche-de-patio");
        await Heart(page).ClickAsync();
        await page.GotoAsync("/venues/patio-azul");
        var follow = page.Button("Follow Patio Azul");
        await follow.ClickAsync();
        await Expect(follow).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GotoAsync("/register");
        await page.RegisterAsync(Email);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profile: Ada Brook" })).ToBeVisibleAsync();
        await page.GotoAsync("/favourites");
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = Title })).Not.ToHaveCountAsync(0);
        await Expect(page.Heading("Venues you follow")).ToBeVisibleAsync();
        await Eventually.ShouldBeTrueAsync(
            async () => await page.EvaluateAsync<string?>("localStorage.getItem('onsale.favourites')") is null,
            "what was the guest's is the account's");

        var elsewhere = await browser.VisitorAsync();
        await elsewhere.GotoAsync("/login");
        await elsewhere.Field("E-mail address").FillAsync(Email);
        await elsewhere.Field("Password").FillAsync("seven quiet lanterns");
        await elsewhere.Button("Sign in").ClickAsync();
        await Expect(elsewhere.GetByRole(AriaRole.Link, new() { Name = "Profile: Ada Brook" })).ToBeVisibleAsync();
        await elsewhere.GotoAsync("/favourites");
        await Expect(Heart(elsewhere).First).ToHaveAttributeAsync("aria-pressed", "true");
        await elsewhere.Button("Follow Patio Azul").ClickAsync();
        await Expect(elsewhere.Heading("Venues you follow")).ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task Without_the_hearts_file_the_page_goes_on()
    {
        var page = await browser.VisitorAsync();
        await page.RouteAsync("**/assets/favourites-*.js", route => route.AbortAsync());
        await page.GotoAsync("/events?search=noche");
        await page.GetByRole(AriaRole.Article).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Heading(Title)).ToBeVisibleAsync();
        await Expect(page.Locator("button[aria-label^='Favourite']")).ToHaveCountAsync(0);
    }

    private static ILocator Heart(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { Name = $"Favourite: {Title}" });
}
