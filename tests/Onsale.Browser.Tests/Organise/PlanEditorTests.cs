using System.Text.Json;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

[Collection(BrowserCollection.Name)]
public sealed partial class PlanEditorTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_hall_of_500_seats_is_drawn_by_mouse_numbered_coloured_published_and_sold_by_the_shop()
    {
        var page = await browser.VisitorAsync();
        await page.OpenSheetAsync("hall@example.com", "Five Hundred");
        await page.GetByLabel("Name of the plan").FillAsync("Grand Hall");
        await page.ChooseToolAsync("Block of rows");
        await page.GetByLabel("Rows", new() { Exact = true }).FillAsync("20");
        await page.GetByLabel("Seats", new() { Exact = true }).FillAsync("25");
        await page.PressSheetAsync(0.5, 0.55);
        await page.ShouldHaveSeatsAsync(500);
        await page.ChooseToolAsync("Rectangular area");
        await page.GetByLabel("What it is").SelectOptionAsync("stage");
        await page.DragOnSheetAsync((0.35, 0.03), (0.65, 0.1));

        // The rear of the house is another category.
        await page.OpenTabAsync("Plan");
        await page.Button("Add a category").ClickAsync();
        await page.GetByLabel("Name of the category").Last.FillAsync("Rear");
        await page.ChooseToolAsync("Select and move");
        await page.Button("All", exact: true).ClickAsync();
        await page.DragOnSheetAsync((0.04, 0.6), (0.96, 0.97));
        await page.Button("Paint selection: Rear").ClickAsync();
        await Expect(page.Locator("[data-category='Rear'] [title]")).Not.ToHaveTextAsync("0");
        await page.Sheet().FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.OpenTabAsync("Edit");
        await page.Button("Renumber").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Scheme: Seats").SelectOptionAsync("middle");
        await Expect(dialog.GetByText("25 23 21").First).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Expect(page.Button("Problems (0)")).ToBeVisibleAsync();
        await page.Button("As a buyer sees it").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Grand Hall as buyers see it, 500 seats" }))
            .ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await page.PublishPlanAsync("Grand Hall");

        var slug = await SellAsync(page);
        var answer = await page.APIRequest.GetAsync($"{browser.Address}/api/v1/events/{slug}");
        answer.Ok.ShouldBeTrue(await answer.TextAsync());
        var id = (await answer.JsonAsync())!.Value.GetProperty("id").GetString();
        var map = (await (await page.APIRequest.GetAsync($"{browser.Address}/api/v1/events/{id}/seatmap"))
            .JsonAsync())!.Value;
        map.GetProperty("seatCount").GetInt32().ShouldBe(500);
        map.GetProperty("tiers").GetArrayLength().ShouldBe(2);
        var rows = map.GetProperty("sections")[0].GetProperty("rows");
        rows.GetArrayLength().ShouldBe(20);
        rows[0].GetProperty("name").GetString().ShouldBe("A");
        string.Join(' ', rows[0].GetProperty("numbers").EnumerateArray().Select(number => number.GetString()))
            .ShouldBe("25 23 21 19 17 15 13 11 9 7 5 3 1 2 4 6 8 10 12 14 16 18 20 22 24");
        rows[0].GetProperty("tier").GetInt32().ShouldNotBe(rows[19].GetProperty("tier").GetInt32());
        map.GetProperty("areas")[0].GetProperty("kind").GetString().ShouldBe("stage");
    }

    [Fact]
    public async Task A_room_of_40_seats_is_drawn_arranged_and_published_by_keyboard_alone()
    {
        var page = await browser.VisitorAsync();
        await page.OpenSheetAsync("room@example.com", "Forty");
        var sheet = page.Sheet();
        await page.TabToAsync(page.GetByLabel("Name of the plan"));
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("Small Room");
        await page.TabToAsync(sheet);
        await page.Keyboard.PressAsync("b");
        await page.TabToAsync(page.GetByLabel("Rows", new() { Exact = true }));
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("4");
        await page.TabToAsync(page.Button("Add in the middle of the view"));
        await page.Keyboard.PressAsync("Enter");
        await page.ShouldHaveSeatsAsync(40);

        // From object to object, moved, turned and taken back; behind the last one Tab goes on as anywhere.
        await page.ShiftTabToAsync(sheet);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Tab");
        await Expect(Said(page)).ToHaveTextAsync("Stalls, Row A, 10 seats");
        await page.Keyboard.PressAsync("Tab");
        await Expect(Said(page)).ToHaveTextAsync("Stalls, Row B, 10 seats");
        var before = await PlaceOfSelectionAsync(page);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        (await PlaceOfSelectionAsync(page)).ShouldBe((before.X + 25, before.Y + 5));
        await page.Keyboard.PressAsync("Control+z");
        (await PlaceOfSelectionAsync(page)).ShouldBe(before);
        await page.Keyboard.PressAsync("Control+d");
        await page.ShouldHaveSeatsAsync(50);
        await page.Keyboard.PressAsync("Delete");
        await page.ShouldHaveSeatsAsync(40);
        for (var object_ = 0; object_ < 5; object_++)
            await page.Keyboard.PressAsync("Tab");
        await Expect(sheet).Not.ToBeFocusedAsync();

        await page.ShouldBeSavedAsync();
        await page.ShiftTabToAsync(page.Button("Publish", exact: true));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Small Room")).ToBeVisibleAsync();
        await Expect(page.GetByText("40 seats", new() { Exact = true })).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task What_is_drawn_outlives_undo_a_reload_and_a_server_that_does_not_answer()
    {
        var page = await browser.VisitorAsync();
        await page.OpenSheetAsync("reload@example.com", "Reloaded");
        await page.ChooseToolAsync("Row");
        await page.PressSheetAsync(0.5, 0.4);
        await page.ShouldHaveSeatsAsync(10);
        await page.Keyboard.PressAsync("Control+z");
        await page.ShouldHaveSeatsAsync(0);
        await page.Keyboard.PressAsync("Control+y");
        await page.ShouldHaveSeatsAsync(10);
        await page.ShouldBeSavedAsync();
        await page.ReloadAsync();
        await page.ShouldHaveSeatsAsync(10);

        await page.RouteAsync("**/plan-drafts/*", async route =>
        {
            if (route.Request.Method == "PUT")
                await route.AbortAsync();
            else
                await route.ContinueAsync();
        });
        await page.ChooseToolAsync("Row");
        await page.PressSheetAsync(0.5, 0.8);
        await page.ShouldHaveSeatsAsync(20);
        await Expect(page.GetByText("Not saved yet; kept in this browser")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.ShouldHaveSeatsAsync(20);
        await page.UnrouteAsync("**/plan-drafts/*");
        await page.ShouldBeSavedAsync();
        await page.ReloadAsync();
        await page.ShouldHaveSeatsAsync(20);
    }

    [LongFact]
    public async Task Of_two_who_draw_at_once_the_second_is_told_and_neither_loses_anything()
    {
        var first = await browser.VisitorAsync();
        await first.OpenSheetAsync("two-sheets@example.com", "Two Sheets");
        var address = first.Url;
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync(address);
        await second.ShouldHaveSeatsAsync(0);

        await second.ChooseToolAsync("Block of rows");
        await second.PressSheetAsync(0.5, 0.5);
        await second.ShouldHaveSeatsAsync(50);
        await second.ShouldBeSavedAsync();
        await first.ChooseToolAsync("Row");
        await first.PressSheetAsync(0.5, 0.3);
        await Expect(first.GetByText("Somebody else has saved this draft")).ToBeVisibleAsync();
        await first.PressSheetAsync(0.5, 0.7);
        await first.ShouldHaveSeatsAsync(20);
        (await first.RunAxe()).Violations.ShouldBeEmpty();

        await first.Button("Save mine as a copy").ClickAsync();
        await Expect(first.GetByLabel("Name of the plan")).ToHaveValueAsync("New plan (copy)");
        await first.ShouldHaveSeatsAsync(20);
        first.Url.ShouldNotBe(address);
        await second.ReloadAsync();
        await second.ShouldHaveSeatsAsync(50);
    }

    [Fact]
    public async Task Straight_and_curved_rows_tables_and_areas_are_the_same_plan_after_every_way_around()
    {
        var page = await browser.VisitorAsync();
        await page.OpenSheetAsync("around@example.com", "Round Trips");
        await page.GetByLabel("Name of the plan").FillAsync("Everything");
        await page.ChooseToolAsync("Block of rows");
        await page.GetByLabel("Curve").FillAsync("12");
        await page.PressSheetAsync(0.5, 0.35);
        await page.ChooseToolAsync("Row");
        await page.GetByLabel("Curve").FillAsync("0");
        await page.DragOnSheetAsync((0.2, 0.6), (0.8, 0.6));
        await page.ChooseToolAsync("Round table");
        await page.GetByLabel("Section").FillAsync("Tables");
        await page.PressSheetAsync(0.3, 0.8);
        await page.ChooseToolAsync("Rectangular table");
        await page.PressSheetAsync(0.6, 0.8);
        await page.ChooseToolAsync("Area by corners");
        await page.GetByLabel("Caption").FillAsync("Pit");
        await page.PressSheetAsync(0.05, 0.9);
        await page.PressSheetAsync(0.15, 0.9);
        await page.PressSheetAsync(0.1, 0.97);
        await page.Sheet().FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ChooseToolAsync("Sign");
        await page.PressSheetAsync(0.9, 0.9);
        await page.ChooseToolAsync("Focal point");
        await page.PressSheetAsync(0.5, 0.05);
        await page.PublishPlanAsync("Everything");
        var plan = page.Url;

        // Its file, read again, is the same plan.
        var file = await page.RunAndWaitForDownloadAsync(() => page.Button("Download JSON").ClickAsync());
        var bytes = await File.ReadAllBytesAsync(await file.PathAsync());
        using (var document = JsonDocument.Parse(bytes))
            document.RootElement.GetProperty("onsale").GetProperty("icons").EnumerateObject().Count().ShouldBe(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Seating plans" }).First.ClickAsync();
        await page.GetByLabel("Plan file (JSON)").SetInputFilesAsync(
            new FilePayload { Name = "everything.json", MimeType = "application/json", Buffer = bytes });
        await Expect(page.GetByText("Everything was stored before; it is the same plan")).ToBeVisibleAsync();

        // Drawn on, with all of it moved there and back, it is the same plan once more.
        await page.GotoAsync(plan);
        await page.Button("Draw on it further").ClickAsync();
        await page.Sheet().FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.ShouldBeSavedAsync();
        await page.PublishPlanAsync("Everything");
        page.Url.ShouldBe(plan);
    }

    [LongFact]
    public async Task A_list_of_seats_is_seen_before_it_is_taken_over_and_faults_lead_to_their_seats()
    {
        var page = await browser.VisitorAsync();
        await page.OpenSheetAsync("list@example.com", "Lists");
        await page.OpenTabAsync("Plan");
        await page.Button("Import a list of seats").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("File (CSV)").SetInputFilesAsync(new FilePayload
        {
            Name = "seats.csv",
            MimeType = "text/csv",
            Buffer = "section,row,seat\nStalls,A,1\nStalls,A,2\nStalls,B,1\nStalls,A,2\n"u8.ToArray(),
        });
        await Expect(dialog.GetByText("2 rows, 3 seats")).ToBeVisibleAsync();
        await Expect(dialog.GetByText("Line 5: repeats a seat")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add 3 seats" }).ClickAsync();
        await page.ShouldHaveSeatsAsync(3);

        await page.OpenTabAsync("Objects");
        await page.Button("Row B, 1 seat").ClickAsync();
        await page.OpenTabAsync("Edit");
        await page.GetByLabel("Name of the row").FillAsync("A");
        await page.OpenTabAsync("Problems \\(1\\)");
        await page.Button("Two seats are called Stalls · A · 1").ClickAsync();
        await page.OpenTabAsync("Edit");
        await Expect(page.GetByText("2 rows, 2 seats")).ToBeVisibleAsync();
    }

    [LongTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_whatever_the_panel_shows(ColorScheme scheme)
    {
        var page = await browser.VisitorAsync(scheme);
        await page.OpenSheetAsync($"axe-editor-{scheme}@example.com", $"Axe {scheme}");
        List<string> findings = [];
        async Task LookAsync(string name) => findings.AddRange(
            (await page.RunAxe()).Violations.Select(found => $"{name}: {found.Id} {found.Nodes[0].Html}"));

        await LookAsync("empty sheet");
        foreach (var tool in new[] { "Block of rows", "Round table", "Area by corners", "Sign", "Paint a category" })
        {
            await page.ChooseToolAsync(tool);
            await LookAsync(tool);
        }

        await page.ChooseToolAsync("Round table");
        await page.PressSheetAsync(0.5, 0.5);
        await page.ChooseToolAsync("Select and move");
        await LookAsync("selection");
        foreach (var tab in new[] { "Plan", "Objects", "Problems" })
        {
            await page.OpenTabAsync(tab);
            await LookAsync(tab);
        }

        await page.OpenTabAsync("Edit");
        await page.Button("Renumber").ClickAsync();
        await LookAsync("numbering");
        findings.ShouldBeEmpty();
    }

    /// <summary>The guided way to a published event with the plan's seats.</summary>
    private static async Task<string> SellAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Events", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New event" }).First.ClickAsync();
        await page.Field("What is it called?").FillAsync("An Evening In The Hall");
        await page.Button("Next").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Venue" }).SelectOptionAsync("new");
        await page.FillVenueAsync("The Hall", "Berlin");
        await page.Button("Next").ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Seating plan" })
            .SelectOptionAsync(new SelectOptionValue { Label = "Grand Hall (500 seats)" });
        foreach (var category in new[] { "Standard", "Rear" })
        {
            await page.Button($"Set a price for {category}").ClickAsync();
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Price" }).FillAsync("30");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
        }

        await page.Button("Next").ClickAsync();
        await Expect(page.Heading("On-sale")).ToBeVisibleAsync();
        await page.Button("Next").ClickAsync();
        await page.Button("Publish", exact: true).ClickAsync();
        await Expect(page.GetByText("It is on sale now.")).ToBeVisibleAsync();
        var shop = await page.GetByText(EventAddress()).First.TextContentAsync();
        return shop!.Split('/')[^1];
    }

    [GeneratedRegex("/events/an-evening-in-the-hall")]
    private static partial Regex EventAddress();

    /// <summary>What the sheet tells a screen reader.</summary>
    private static ILocator Said(IPage page) => page.Sheet().GetByRole(AriaRole.Status);

    private static async Task<(int X, int Y)> PlaceOfSelectionAsync(IPage page) => (
        int.Parse(await page.GetByLabel("x", new() { Exact = true }).First.InputValueAsync()),
        int.Parse(await page.GetByLabel("y", new() { Exact = true }).First.InputValueAsync()));
}
