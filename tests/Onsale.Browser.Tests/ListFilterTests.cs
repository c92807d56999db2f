using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>The list of events: what is typed into its filters, and what an address may say.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class ListFilterTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("From", "from", 20)]
    [LongInlineData("Until", "to", 250)]
    public async Task DateField_typed_with_the_keyboard_filters_by_that_day(string name, string parameter, int pauseMs)
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events?category=concert");
        var field = page.GetByRole(AriaRole.Textbox, new() { Name = name });
        await field.FocusAsync();
        await page.Keyboard.TypeAsync("12312099", new() { Delay = pauseMs });
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForURLAsync(address => address.Contains($"{parameter}=2099-12-31", StringComparison.Ordinal));
        await Expect(field).ToHaveValueAsync("2099-12-31");
        await Expect(page.Heading("Events")).ToBeVisibleAsync();
        page.Url.ShouldContain("category=concert");
    }

    [Fact]
    public async Task DateField_until_before_from_says_so_beside_the_field_and_keeps_the_list()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events?from=2026-06-02&to=2026-06-01");
        await Expect(page.GetByText("“Until” is before “From”")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Until" }))
            .ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("page=0")]
    [LongInlineData("page=10001")]
    [LongInlineData("sort=foo&order=up")]
    [LongInlineData("from=tomorrow")]
    [LongInlineData("to=0002-12-31")]
    [LongInlineData("search=true")]
    [LongInlineData("city=Paris&city=London")]
    public async Task List_address_that_the_api_would_refuse_shows_events_and_filters(string query)
    {
        var page = await browser.VisitorAsync();
        List<int> refused = [];
        page.Response += (_, answer) =>
        {
            if (answer.Url.Contains("/api/v1/events?", StringComparison.Ordinal) && answer.Status >= 400)
                refused.Add(answer.Status);
        };
        await page.GotoAsync($"/events?{query}");
        await Expect(page.GetByRole(AriaRole.Search)).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasTextRegex = Count() })).ToHaveCountAsync(1);
        await Expect(page.GetByText("This page could not be loaded")).ToHaveCountAsync(0);
        refused.ShouldBeEmpty();
    }

    [LongFact]
    public async Task List_request_fails_keeps_the_filters_and_can_be_asked_again()
    {
        var page = await browser.VisitorAsync();
        var isBroken = true;
        await page.RouteAsync(ListApi(), route => isBroken
            ? route.FulfillAsync(
                new()
                {
                    Status = 400,
                    ContentType = "application/problem+json",
                    Body = """{"code":"validation","detail":"no"}""",
                })
            : route.ContinueAsync());
        await page.GotoAsync("/events?search=marsh");
        await Expect(page.GetByText("This page could not be loaded")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Search" })).ToHaveValueAsync("marsh");
        isBroken = false;
        await page.Button("Try again").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task List_page_behind_the_last_shows_the_last()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events?page=99");
        // Other tests add events.
        await Expect(page.GetByText(LastPage())).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task Search_misspelt_word_offers_the_one_that_was_meant()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events?search=odete");
        await page.Button("Did you mean “Odette”?").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Article).Filter(new() { HasText = "Odette Marsh" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Suggestions_lead_by_the_keyboard_from_a_few_letters_to_an_event()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Search" });
        await field.PressSequentiallyAsync("pip pap");
        var options = page.Locator("[role=option]");
        await Expect(options).ToHaveCountAsync(1);
        await Expect(field).ToHaveAttributeAsync("aria-expanded", "true");
        await page.Keyboard.PressAsync("Escape");
        await Expect(options).ToHaveCountAsync(0);
        await Expect(field).ToHaveValueAsync("pip pap");

        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(options.First).ToHaveAttributeAsync("aria-selected", "true");
        (await field.GetAttributeAsync("aria-activedescendant")).ShouldBe(await options.First.GetAttributeAsync("id"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Heading("Pip and the Paper Moon")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Suggestions_a_city_becomes_a_filter_in_place_of_the_words()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Search" });
        await field.PressSequentiallyAsync("mexi");
        await page.Locator("[role=option]").Filter(new() { HasText = "Mexico City" }).First.ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("city=Mexico", StringComparison.Ordinal));
        await Expect(field).ToHaveValueAsync("");
        page.Url.ShouldNotContain("search=");
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);
    }

    [LongFact]
    public async Task Days_by_name_filter_and_give_way_to_days_of_the_calendar()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        var weekend = page.Button("This weekend");
        await weekend.ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("when=weekend", StringComparison.Ordinal));
        await Expect(weekend).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "From" }).FillAsync("2026-01-01");
        await page.WaitForURLAsync(address => address.Contains("from=2026-01-01", StringComparison.Ordinal));
        await Expect(weekend).ToHaveAttributeAsync("aria-pressed", "false");
        await page.Button("Clear filters").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "From" })).ToHaveValueAsync("");
    }

    [LongFact]
    public async Task Prices_are_a_range_whose_ends_the_keyboard_moves_and_that_a_reload_keeps()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        var range = page.GetByRole(AriaRole.Group, new() { Name = "Price", Exact = true });
        var (least, most) = (Slider(range, "Lowest price"), Slider(range, "Highest price"));
        await Expect(range.GetByText("Any price")).ToBeVisibleAsync();
        await most.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForURLAsync(address => address.Contains("maxPrice=", StringComparison.Ordinal)
            && address.Contains("currency=", StringComparison.Ordinal));
        await Expect(most).ToBeFocusedAsync();
        var text = await most.GetAttributeAsync("aria-valuetext");
        await Expect(range.GetByText($"to {text}")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Article)).Not.ToHaveCountAsync(0);

        // The lower end does not pass the upper one.
        await least.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.WaitForURLAsync(address => address.Contains("minPrice=", StringComparison.Ordinal));
        (await least.GetAttributeAsync("aria-valuetext")).ShouldBe(text);
        await page.ReloadAsync();
        await Expect(least).ToHaveAttributeAsync("aria-valuetext", text!);
        await page.Button("Clear filters").First.ClickAsync();
        await Expect(range.GetByText("Any price")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Near_the_city_that_was_chosen_is_offered_on_the_next_visit_and_nowhere_else()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync("/events");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = Near() })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Combobox, new() { Name = "City" }).SelectOptionAsync("Berlin");
        await page.WaitForURLAsync(address => address.Contains("city=Berlin", StringComparison.Ordinal));

        await page.GotoAsync("/events");
        var near = page.Button("Near Berlin");
        await Expect(near).ToHaveAttributeAsync("aria-pressed", "false");
        await near.ClickAsync();

        await page.WaitForURLAsync(address => address.Contains("near=Berlin", StringComparison.Ordinal));
        await Expect(near).ToHaveAttributeAsync("aria-pressed", "true");
        var cards = page.GetByRole(AriaRole.Article);
        await Expect(cards.Filter(new() { HasNotText = "Berlin" })).ToHaveCountAsync(0);
        await Expect(cards).Not.ToHaveCountAsync(0);

        // A city instead of what is near one, and the other way round.
        await page.GetByRole(AriaRole.Combobox, new() { Name = "City" }).SelectOptionAsync("London");
        await page.WaitForURLAsync(address => address.Contains("city=London", StringComparison.Ordinal)
            && !address.Contains("near=", StringComparison.Ordinal));
        await page.Button("Near London").ClickAsync();
        await page.WaitForURLAsync(address => address.Contains("near=London", StringComparison.Ordinal)
            && !address.Contains("city=", StringComparison.Ordinal));
        await page.Button("Near London").ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("near=", StringComparison.Ordinal));
    }

    [LongFact]
    public async Task Dates_of_one_show_are_one_card_and_one_changes_to_another_on_its_page()
    {
        const string First = "the-cartographers-daughter";
        const string Second = "pip-and-the-paper-moon";
        var series = Guid.Parse("0199aaaa-0000-7000-8000-00000000da7e");
        foreach (var slug in new[] { First, Second })
            await browser.ChangeEventAsync(slug, $"series_id = '{series}'");
        try
        {
            var page = await browser.VisitorAsync();
            var card = page.GetByRole(AriaRole.Article).Filter(new() { HasText = "2 dates, from" });
            // What a page begins with may be two seconds old; without the city other tests' events fill the first page.
            await Eventually.ShouldBeAsync(
                async () =>
                {
                    await page.GotoAsync("/events?city=London");
                    await Expect(page.GetByRole(AriaRole.Article).First).ToBeVisibleAsync();
                    return await card.CountAsync();
                },
                1);
            await card.GetByRole(AriaRole.Link).ClickAsync();
            await page.GetByText("Other dates of this show").ClickAsync();
            var dates = page.Locator("details li a");
            await Expect(dates).ToHaveCountAsync(2);
            await Expect(page.Locator("details li a[aria-current=page]")).ToHaveCountAsync(1);
            var before = await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).TextContentAsync();
            await page.Locator("details li a:not([aria-current])").ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync(before!);
        }
        finally
        {
            foreach (var slug in new[] { First, Second })
                await browser.ChangeEventAsync(slug, "series_id = null");
        }
    }

    [LongFact]
    public async Task Dates_are_written_as_the_visitors_country_writes_them()
    {
        var page = await browser.VisitorAsync(locale: "en-GB");
        await page.GotoAsync("/events");
        var day = await page.GetByRole(AriaRole.Article).First.Locator("time").TextContentAsync();
        day!.ShouldMatch(@"^\w{3},? \d{1,2} \w{3,4} · \d{1,2}:\d{2}$");
    }

    [GeneratedRegex(@"^(No events|\d+ events?)$")]
    private static partial Regex Count();

    private static ILocator Slider(ILocator range, string name) =>
        range.GetByRole(AriaRole.Slider, new() { Name = name });

    [GeneratedRegex(@"^Page (\d+) of \1$")]
    private static partial Regex LastPage();

    [GeneratedRegex("^Near ")]
    private static partial Regex Near();

    [GeneratedRegex(@"/api/v1/events\?")]
    private static partial Regex ListApi();
}
