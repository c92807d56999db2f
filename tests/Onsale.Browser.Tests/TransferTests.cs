using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class TransferTests(BrowserFixture browser)
{
    [LongFact]
    public async Task A_ticket_goes_from_one_browser_to_another()
    {
        const string email = "receiver@example.com";
        var giver = await browser.VisitorAsync();
        await giver.GotoAsync("/events/noche-de-patio/pick");
        await giver.Button("One more: Patio").ClickAsync();
        await giver.HoldAsync();
        await giver.PayAsync();
        await Expect(giver.Heading("Your ticket")).ToBeVisibleAsync();
        await giver.Button("Give tickets to somebody else").ClickAsync();
        await giver.Field("Their e-mail address").FillAsync(email);
        await giver.Button("Send the link").ClickAsync();
        await Expect(giver.GetByText($"Offered to {email}")).ToBeVisibleAsync();
        (await giver.RunAxe()).Violations.ShouldBeEmpty();

        var receiver = await browser.VisitorAsync();
        await Eventually.ShouldPassAsync(async () =>
        {
            await receiver.GotoAsync("/dev/mail");
            await receiver.GetByRole(AriaRole.Listitem).Filter(new() { HasText = email })
                .GetByRole(AriaRole.Link, new() { Name = "A ticket for you" }).First
                .ClickAsync(new() { Timeout = 1000 });
        });
        var text = await receiver.Locator("pre").TextContentAsync();
        await receiver.GotoAsync(
            text!.Split('\n').Single(line => line.Contains("/transfer#", StringComparison.Ordinal)));
        await receiver.Field("Your name").FillAsync("Bo Late");
        (await receiver.RunAxe()).Violations.ShouldBeEmpty();
        await receiver.Button("Take the ticket").ClickAsync();

        await Expect(receiver.Heading("Tickets given to you")).ToBeVisibleAsync();
        await Expect(receiver.GetByRole(AriaRole.Img, new() { Name = "Code of the ticket" })).ToBeVisibleAsync();
        receiver.Url.ShouldEndWith("/transfer");
        (await receiver.RunAxe()).Violations.ShouldBeEmpty();
        await giver.ReloadAsync();
        await Expect(giver.GetByText($"Accepted by {email}")).ToBeVisibleAsync();
        await Expect(giver.GetByRole(AriaRole.Img, new() { Name = "Entry code" })).ToBeHiddenAsync();
    }
}
