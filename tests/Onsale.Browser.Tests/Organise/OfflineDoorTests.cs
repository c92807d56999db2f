using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

/// <summary>The door's app in browsers whose network is cut.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class OfflineDoorTests(BrowserFixture browser)
{
    private const string Slug = "noche-de-patio";
    private const int Scanned = 50;

    [LongFact]
    public async Task Two_devices_scan_without_a_network_and_agree_when_it_is_back()
    {
        List<string> codes = [];
        while (codes.Count < Scanned + 2)
        {
            using var buyer = await OtherBuyer.ComeAsync(browser);
            codes.AddRange(await buyer.BuyAsync(Slug, "Patio", 4));
        }

        var staff = await browser.VisitorAsync();
        await staff.SignInAsync("door@example.com");
        await staff.GotoAsync($"{OrganiserSteps.DemoPages}/events?search=Noche");
        await staff.GetByRole(AriaRole.Link, new() { NameRegex = Patio() }).ClickAsync();
        var north = await PairAsync(staff, "North");
        var south = await PairAsync(staff, "South");
        var before = await CountAsync(north, "inside");

        // From now on nothing reaches the server; the app opens anew without it.
        await north.Context.SetOfflineAsync(true);
        await south.Context.SetOfflineAsync(true);
        await north.ReloadAsync();
        await Expect(north.GetByText("Offline: tickets are checked on this device")).ToBeVisibleAsync();
        await Expect(north.GetByLabel("Ticket code")).ToBeFocusedAsync();
        foreach (var (i, code) in codes.Take(Scanned).Index())
        {
            // As a hand scanner types: half of them what people type, half what the QR code says.
            await ScanAsync(north, i % 2 == 0 ? code : await browser.SignAsync(Slug, code));
            await Expect(north.GetByText("Admitted", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(Count(north, "inside")).ToHaveTextAsync($"{before + i + 1}");
        }

        await ScanAsync(north, codes[0]);
        await Expect(north.GetByText("Already inside")).ToBeVisibleAsync();
        var signed = await browser.SignAsync(Slug, codes[^1]);
        await ScanAsync(north, signed[..119] + (signed[119] == '0' ? '1' : '0'));
        await Expect(north.GetByText("Not a genuine ticket")).ToBeVisibleAsync();
        await ScanAsync(north, "0000000000000000");
        await Expect(north.GetByText("Not a ticket of this event")).ToBeVisibleAsync();
        (await north.RunAxe()).Violations.ShouldBeEmpty();

        // The same ticket at the other door, later.
        await ScanAsync(south, codes[0]);
        await Expect(south.GetByText("Admitted", new() { Exact = true })).ToBeVisibleAsync();
        await ScanAsync(south, codes[Scanned]);
        await Expect(Count(south, "inside")).ToHaveTextAsync($"{before + 2}");

        // The later one tells first.
        await south.Context.SetOfflineAsync(false);
        await Expect(south.GetByText("Online", new() { Exact = true })).ToBeVisibleAsync();
        await north.Context.SetOfflineAsync(false);
        foreach (var device in new[] { north, south })
        {
            await Expect(device.GetByText("Online", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(device.GetByText("One ticket was let in twice")).ToBeVisibleAsync();
            await Expect(Count(device, "inside")).ToHaveTextAsync($"{before + Scanned + 1}");
            await Expect(Count(device, "admitted")).ToHaveTextAsync($"{before + Scanned + 1}");
            await Expect(device.GetByText(Waiting())).ToHaveCountAsync(0);
        }

        // Online the server has the last word: what came in by one door is known at the other.
        await ScanAsync(south, codes[1]);
        await Expect(south.GetByText("Already inside")).ToBeVisibleAsync();

        // A device that is unpaired admits nobody any more.
        await staff.GetByRole(AriaRole.Button, new() { Name = "Unpair South" }).ClickAsync();
        await staff.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Unpair", Exact = true })
            .ClickAsync();
        await Expect(south.GetByText("This device was unpaired.")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task The_camera_reads_one_code_after_the_other_whatever_comes_of_them()
    {
        using var buyer = await OtherBuyer.ComeAsync(browser);
        var signed = await browser.SignAsync(Slug, (await buyer.BuyAsync(Slug, "Patio", 1)).Single());
        var name = $"onsale-camera-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}.y4m";
        var video = Path.Combine(Path.GetTempPath(), name);
        QrVideo.Write(video, "https://example.com/not-a-ticket", signed);
        try
        {
            var staff = await browser.VisitorAsync();
            await staff.SignInAsync("door@example.com");
            await staff.GotoAsync($"{OrganiserSteps.DemoPages}/events?search=Noche");
            await staff.GetByRole(AriaRole.Link, new() { NameRegex = Patio() }).ClickAsync();
            var address = await PairingOfAsync(staff, "Camera");
            await using var chromium = await browser.WithCameraAsync(video);
            var device = await chromium.NewPageAsync();
            await device.GotoAsync(address);
            await Expect(device.GetByText("Ready to scan")).ToBeVisibleAsync();
            // From what it has read it decides by itself.
            await device.Context.SetOfflineAsync(true);
            await device.GetByRole(AriaRole.Button, new() { Name = "Camera" }).ClickAsync();
            await Expect(device.GetByText("Admitted", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(device.GetByText("Not a ticket of this event")).ToBeVisibleAsync();
            await Expect(device.GetByText("Already inside")).ToBeVisibleAsync();
            await Expect(device.GetByText("Not a ticket of this event")).ToBeVisibleAsync();
            await device.GetByRole(AriaRole.Button, new() { Name = "Stop camera" }).ClickAsync();
            await Expect(device.Locator("video")).ToHaveCountAsync(0);
        }
        finally
        {
            File.Delete(video);
        }
    }

    private async Task<IPage> PairAsync(IPage staff, string name)
    {
        var address = await PairingOfAsync(staff, name);

        var device = await browser.PhoneAsync(412, 915);
        await device.GotoAsync(address);
        await Expect(device.GetByText("Ready to scan")).ToBeVisibleAsync();
        device.Url.ShouldNotContain("pair", Case.Sensitive, "the code is nobody's to see");
        await device.EvaluateAsync("navigator.serviceWorker.ready");
        await device.WaitForFunctionAsync("navigator.serviceWorker.controller !== null");
        return device;
    }

    private static async Task<string> PairingOfAsync(IPage staff, string name)
    {
        await staff.GetByLabel("Name of the device").FillAsync(name);
        await staff.Button("Pair a device").ClickAsync();
        await Expect(staff.GetByRole(AriaRole.Button, new() { Name = $"Unpair {name}" })).ToBeVisibleAsync();
        var link = staff.GetByRole(AriaRole.Link, new() { Name = "Use this device" });
        return (await link.GetAttributeAsync("href"))!;
    }

    private static async Task ScanAsync(IPage device, string text)
    {
        await device.GetByLabel("Ticket code").FillAsync(text);
        await device.Keyboard.PressAsync("Enter");
    }

    private static ILocator Count(IPage device, string name) => device.Locator($"[data-count={name}]");

    private static async Task<int> CountAsync(IPage device, string name) =>
        int.Parse(await Count(device, name).InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("Noche de Patio")]
    private static partial Regex Patio();

    [GeneratedRegex("waits?$")]
    private static partial Regex Waiting();
}
