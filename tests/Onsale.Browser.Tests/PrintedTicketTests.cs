using System.Text;
using Deque.AxeCore.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

[Collection(BrowserCollection.Name)]
public sealed class PrintedTicketTests(BrowserFixture browser)
{
    [LongFact]
    public async Task A_bought_ticket_is_saved_as_PDF_to_print_and_for_the_phone()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await page.PayAsync();
        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        await Expect(page.Button("PDF to print")).ToBeVisibleAsync();
        (await page.RunAxe()).Violations.ShouldBeEmpty();

        foreach (var button in (string[])["PDF to print", "PDF for the phone"])
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.Button(button).ClickAsync());
            download.SuggestedFilename.ShouldEndWith(".pdf");
            var file = await File.ReadAllBytesAsync(await download.PathAsync());
            Encoding.ASCII.GetString(file.AsSpan(0, 5)).ShouldBe("%PDF-");
        }
    }
}
