using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>What the owner of an account does about its safety: sessions, password, deletion.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class ProfileTests(BrowserFixture browser)
{
    private const string First = "seven quiet lanterns";
    private const string Second = "nine loud accordions";

    [LongFact]
    public async Task Sessions_are_ended_elsewhere_the_password_is_changed_and_the_account_deleted()
    {
        const string email = "profile@example.com";
        var here = await browser.VisitorAsync();
        await here.GotoAsync("/register?to=%2Fprofile");
        await here.RegisterAsync(email);
        await Expect(here.Heading("Where you are signed in")).ToBeVisibleAsync();
        var there = await browser.VisitorAsync();
        await SignInAsync(there, email, First);

        // The other session is named by its device, and is out as soon as it asks for something.
        await here.ReloadAsync();
        await here.GetByRole(AriaRole.Button, new() { NameRegex = SignOutDevice() }).ClickAsync();
        await Expect(here.GetByText("That session is signed out.")).ToBeVisibleAsync();
        await there.Field("Name").FillAsync("Somebody else");
        await there.Button("Save").ClickAsync();
        await Expect(there.Heading("Sign in")).ToBeVisibleAsync();
        (await here.RunAxe()).Violations.ShouldBeEmpty();

        // A wrong present password is said; the right one changes it and signs the other session out.
        await SignInAsync(there, email, First);
        await here.Field("Current password").FillAsync("not the password");
        await here.Field("New password").FillAsync(Second);
        await here.Button("Change password").ClickAsync();
        await Expect(here.GetByText("The current password is not right.")).ToBeVisibleAsync();
        await here.Field("Current password").FillAsync(First);
        await here.Button("Change password").ClickAsync();
        await Expect(here.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await there.ReloadAsync();
        await Expect(there.Heading("Sign in")).ToBeVisibleAsync();
        await here.ReloadAsync();
        await Expect(here.Heading("Profile")).ToBeVisibleAsync();

        await here.Button("Delete account").ClickAsync();
        var dialog = here.GetByRole(AriaRole.Dialog, new() { Name = "Delete your account?" });
        await Expect(dialog).ToContainTextAsync("nothing is refunded");
        await dialog.GetByRole(AriaRole.Textbox).FillAsync(Second);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete account" }).ClickAsync();
        await Expect(here.GetByText("Your account is deleted.")).ToBeVisibleAsync();
        await here.GotoAsync("/login?to=%2Fprofile");
        await FillAndSendAsync(here, email, Second);
        await Expect(here.GetByText("The e-mail address or the password is not right.")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string email, string password)
    {
        await page.GotoAsync("/login?to=%2Fprofile");
        await FillAndSendAsync(page, email, password);
        await Expect(page.Heading("Profile")).ToBeVisibleAsync();
    }

    private static async Task FillAndSendAsync(IPage page, string email, string password)
    {
        await page.Field("E-mail address").FillAsync(email);
        await page.Field("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    [GeneratedRegex("^Sign out .* on ")]
    private static partial Regex SignOutDevice();
}
