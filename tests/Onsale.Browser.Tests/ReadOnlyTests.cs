using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Onsale.Browser.Tests.Organise;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>While the installation takes no changes, the shop says what works, and no hold runs out.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReadOnlyTests(BrowserFixture browser)
{
    private const string Reason = "We are moving to a larger database.";

    [LongFact]
    public async Task Nothing_can_be_changed_and_the_hold_waits_until_it_is_over()
    {
        using var @operator = await OperatorAsync();
        var page = await browser.VisitorAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Button("One more: Patio").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await SwitchAsync(@operator, new { on = true, reason = Reason });
        try
        {
            await page.GotoAsync("/events/harbour-light-festival/pick");
            await page.Clock.FastForwardAsync("00:03");
            await Expect(page.GetByTestId("read-only")).ToContainTextAsync(Reason);
            await page.Button("One more: Lantern Deck").ClickAsync();
            await page.Button("Keep these places").ClickAsync();
            await Expect(page.GetByText("Nothing can be bought or changed for the moment. Nothing was booked"))
                .ToBeVisibleAsync();
            (await page.RunAxe()).Violations.Select(violation => violation.Id).ShouldBeEmpty();

            // Longer than the hold would have lasted.
            await page.Clock.FastForwardAsync("15:00");
            await Expect(page.GetByLabel("Places kept for you")).ToBeVisibleAsync();
        }
        finally
        {
            await SwitchAsync(@operator, new { on = false });
        }

        await page.Clock.FastForwardAsync("00:05");
        await Expect(page.GetByText("Buying works again.")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("read-only")).ToHaveCountAsync(0);
    }

    private static async Task SwitchAsync(HttpClient client, object body)
    {
        using var response = await client.PutAsJsonAsync("/api/v1/operate/read-only", body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpClient> OperatorAsync()
    {
        var client = new HttpClient { BaseAddress = new Uri(browser.Address) };
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = "operator@example.com", password = OrganiserSteps.DemoPassword });
        var signedIn = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", signedIn.GetProperty("accessToken").GetString());
        return client;
    }
}
