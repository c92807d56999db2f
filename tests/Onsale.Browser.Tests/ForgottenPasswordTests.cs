using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class ForgottenPasswordTests(BrowserFixture browser)
{
    private const string Second = "nine loud accordions";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_of_a_mail()
    {
        const string email = "forgetful@example.com";
        var account = await browser.VisitorAsync();
        await account.GotoAsync("/register");
        await account.RegisterAsync(email);
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.Field("E-mail address").FillAsync(email);
        await page.Button("Send the link").ClickAsync();
        await Expect(page.GetByText("Look at your mail")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        await Eventually.ShouldPassAsync(async () =>
        {
            await page.GotoAsync("/dev/mail");
            await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = email })
                .GetByRole(AriaRole.Link, new() { Name = "Set a new password" }).First
                .ClickAsync(new() { Timeout = 1000 });
        });
        var text = await page.Locator("pre").TextContentAsync();
        await page.GotoAsync(
            text!.Split('\n').Single(line => line.Contains("/reset-password#", StringComparison.Ordinal)));
        await page.Field("New password").FillAsync(Second);
        await page.Button("Set the new password").ClickAsync();
        await Expect(page.GetByText("Your new password is set.")).ToBeVisibleAsync();

        await page.GotoAsync("/login");
        await page.Field("E-mail address").FillAsync(email);
        await page.Field("Password").FillAsync(Second);
        await page.Button("Sign in").ClickAsync();
        await Expect(page.Heading("Sign in")).ToBeHiddenAsync();
    }
}
