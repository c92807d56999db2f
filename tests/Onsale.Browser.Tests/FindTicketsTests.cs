using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed partial class FindTicketsTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_guests_tickets_are_found_on_another_device_by_order_code_and_email()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        var code = await page.GetByText(OrderCode()).First.TextContentAsync();

        var other = await browser.VisitorAsync();
        await other.GotoAsync("/login");
        await other.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Find my tickets" }).ClickAsync();
        await other.Field("Order code").FillAsync(code!.ToLowerInvariant());
        await other.Field("E-mail address").FillAsync("nobody@example.com");
        await other.Button("Find tickets").ClickAsync();
        await Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("There are no tickets with this order code");
        await other.Field("E-mail address").FillAsync("ada@example.com");
        await other.Button("Find tickets").ClickAsync();

        await Expect(other.Heading("Your ticket")).ToBeFocusedAsync();
        await Expect(other.GetByRole(AriaRole.Img, new() { NameRegex = EntryCode() })).ToBeVisibleAsync();
        (await other.GetByText(OrderCode()).First.TextContentAsync()).ShouldBe(code);
    }

    [LongFact]
    public async Task Nothing_is_paid_before_the_buyer_says_who_they_are()
    {
        var page = await browser.VisitorAsync();
        var isPaid = false;
        page.Request += (_, request) => isPaid |= request.Url.EndsWith("/confirm", StringComparison.Ordinal);
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();

        await page.Button("Pay ").ClickAsync();
        await Expect(page.Field("Name")).ToBeFocusedAsync();
        await page.Field("Name").FillAsync("Ada Brook");
        // The browser takes it for an address, the server does not.
        await page.Field("E-mail address").FillAsync("ada@localhost");
        await page.Button("Pay ").ClickAsync();

        await Expect(page.Field("E-mail address")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Field("E-mail address")).ToBeFocusedAsync();
        isPaid.ShouldBeFalse();
    }

    [GeneratedRegex("^[2-9C-Y]{3}-[2-9C-Y]{3}-[2-9C-Y]{3}$")]
    private static partial Regex OrderCode();

    [GeneratedRegex("^Entry code")]
    private static partial Regex EntryCode();
}
