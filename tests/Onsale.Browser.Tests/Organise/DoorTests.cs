using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

[Collection(BrowserCollection.Name)]
public sealed partial class DoorTests(BrowserFixture browser)
{
    [Fact]
    public async Task Door_staff_admit_a_ticket_once_see_who_is_inside_and_take_a_mistake_back()
    {
        var buyer = await browser.VisitorAsync();
        await buyer.GotoAsync("/events/noche-de-patio/pick");
        await buyer.Button("One more: Patio").ClickAsync();
        await buyer.HoldAsync();
        var paid = await buyer.RunAndWaitForResponseAsync(
            () => buyer.PayAsync(), answer => answer.Url.EndsWith("/confirm", StringComparison.Ordinal));
        var code = (await paid.JsonAsync())!.Value.GetProperty("tickets")[0].GetProperty("code").GetString()!;

        var page = await browser.VisitorAsync();
        await page.SignInAsync("door@example.com");
        await page.GotoAsync($"{OrganiserSteps.DemoPages}/events?search=Noche");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = Patio() }).ClickAsync();
        var answer = page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Ready to scan" });
        await Expect(answer).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();
        await Expect(page.GetByLabel("Ticket code")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync($"{code.ToLowerInvariant()}\n");
        await Expect(page.GetByText("Admitted", new() { Exact = true })).ToBeVisibleAsync();
        // The field is ready for the next one without a touch.
        await Expect(page.GetByLabel("Ticket code")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"{code}\n");
        await Expect(page.GetByText("Already inside")).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("0000000000000000\n");
        await Expect(page.GetByText("Not a ticket of this event")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        await page.GetByLabel("Name or order code").FillAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = TakeBack() }).First.ClickAsync();
        await Expect(page.GetByText("Taken back", new() { Exact = true })).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain("ada@example.com");
    }

    [GeneratedRegex("Noche de Patio")]
    private static partial Regex Patio();

    [GeneratedRegex("^Take back the admission of Ada")]
    private static partial Regex TakeBack();
}
