using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Onsale.Browser.Tests.Organise;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Tickets that are shown live: phone and door without a network.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LiveTicketTests(BrowserFixture browser)
{
    // What the page makes QR codes of: the door's field takes it as from a hand scanner.
    private const string KeepShown = """
        const before = BigInt.prototype.toString;
        window.shown = [];
        BigInt.prototype.toString = function (radix) {
          const text = before.call(this, radix);
          if (radix === 36) window.shown.push(text);
          return text;
        };
        """;

    private const string Title = "Moving Codes";
    private const float StepsTimeoutMs = 90_000;

    [LongFact]
    public async Task A_phone_without_a_network_shows_a_code_that_a_door_without_one_admits_and_no_picture_of_it()
    {
        const string slug = "live-tickets";
        await browser.AddSmallEventAsync(slug, places: 5, Title);
        await browser.RotateCodesAsync(slug);
        var phone = await browser.PhoneAsync(375, 800);
        await phone.AddInitScriptAsync(KeepShown);
        await phone.GotoAsync($"/events/{slug}/pick");
        await phone.Button("One more: Chair").ClickAsync();
        await phone.HoldAsync();
        await phone.PayAsync();
        await Expect(phone.Heading("Your ticket")).ToBeVisibleAsync();
        var code = phone.Locator("svg[data-step]");
        await Expect(code).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Entry code"));
        await Expect(phone.Button("Give tickets to somebody else")).ToBeVisibleAsync();
        await Expect(phone.Button("PDF to print")).ToHaveCountAsync(0);
        await Expect(phone.Button("Print")).ToHaveCountAsync(0);
        (await phone.RunAxe()).Violations.ShouldBeEmpty();
        (await phone.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

        var device = await PairAsync();
        await phone.Context.SetOfflineAsync(true);
        await device.Context.SetOfflineAsync(true);
        var picture = await ShownAsync(phone);
        var first = await StepAsync(code);
        var top = (await code.BoundingBoxAsync())!.Y;
        await phone.WaitForFunctionAsync(
            "first => Number(document.querySelector('svg[data-step]').dataset.step) >= first + 3", first,
            new() { Timeout = StepsTimeoutMs });

        (await code.BoundingBoxAsync())!.Y.ShouldBe(top, "nothing moves with a new code");
        await ScanAsync(device, picture);
        await Expect(device.GetByText("Code is too old", new() { Exact = true })).ToBeVisibleAsync();
        await ScanAsync(device, await ShownAsync(phone));
        await Expect(device.GetByText("Admitted", new() { Exact = true })).ToBeVisibleAsync();

        await device.Context.SetOfflineAsync(false);
        await Expect(device.GetByText("Online", new() { Exact = true })).ToBeVisibleAsync();
        await Eventually.ShouldBeAsync(() => browser.CountScansAsync(slug, outcome: 0), 1);
        // Why it was refused is told, too.
        (await browser.CountScansAsync(slug, outcome: 12)).ShouldBe(1);
    }

    private async Task<IPage> PairAsync()
    {
        var staff = await browser.VisitorAsync();
        await staff.SignInAsync("door@example.com");
        await staff.GotoAsync($"{OrganiserSteps.DemoPages}/events?search=Moving");
        await staff.GetByRole(AriaRole.Link, new() { Name = Title }).ClickAsync();
        await staff.GetByLabel("Name of the device").FillAsync("North");
        await staff.Button("Pair a device").ClickAsync();
        var link = staff.GetByRole(AriaRole.Link, new() { Name = "Use this device" });
        var device = await browser.PhoneAsync(412, 915);
        await device.GotoAsync((await link.GetAttributeAsync("href"))!);
        await Expect(device.GetByText("Ready to scan")).ToBeVisibleAsync();
        return device;
    }

    private static async Task ScanAsync(IPage device, string text)
    {
        await device.GetByLabel("Ticket code").FillAsync(text);
        await device.Keyboard.PressAsync("Enter");
    }

    private static Task<string> ShownAsync(IPage phone) => phone.EvaluateAsync<string>("window.shown.at(-1)");

    private static async Task<int> StepAsync(ILocator code) => int.Parse(
        (await code.GetAttributeAsync("data-step"))!, System.Globalization.CultureInfo.InvariantCulture);
}
