using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

[Collection(BrowserCollection.Name)]
public sealed partial class OrganiserJourneyTests(BrowserFixture browser)
{
    [Fact]
    public async Task From_registering_to_a_published_event_that_somebody_buys_while_the_organiser_watches()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.FoundAsync("first-evening@example.com", "Evening Club");
        await organiser.PublishEventAsync("A First Evening", "The Old Mill");

        var shop = await organiser.GetByText(EventAddress()).First.TextContentAsync();
        var buyer = await browser.VisitorAsync();
        await buyer.GotoAsync(new Uri(shop!).AbsolutePath);
        await Expect(buyer.Heading("A First Evening")).ToBeVisibleAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "To the event’s page" }).ClickAsync();
        await Expect(organiser.GetByText("of 40 places")).ToBeVisibleAsync();

        await buyer.GetByRole(AriaRole.Link, new() { Name = "Choose tickets" }).ClickAsync();
        await buyer.Button("One more: Standing").ClickAsync();
        await buyer.Button("One more: Standing").ClickAsync();
        await buyer.HoldAsync();
        // Seen without a reload, first as held, then as sold.
        await Expect(Figure(organiser, "Held")).ToHaveTextAsync("2");
        await buyer.PayAsync();
        await Expect(buyer.Heading("Your tickets")).ToBeVisibleAsync();
        await Expect(Figure(organiser, "Sold")).ToHaveTextAsync("2");
        await Expect(organiser.GetByText("€25")).ToBeVisibleAsync();

        await organiser.GetByRole(AriaRole.Link, new() { Name = "Bookings", Exact = true }).ClickAsync();
        var row = organiser.GetByRole(AriaRole.Row).Filter(new() { HasText = "Confirmed" });
        await Expect(row).ToHaveCountAsync(1);
        await Expect(row).ToContainTextAsync("€25");
    }

    [LongFact]
    public async Task An_unfinished_event_is_gone_on_with_where_it_was_left_and_says_what_it_lacks()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.FoundAsync("left-half-way@example.com", "Half Way Hall");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "New event" }).First.ClickAsync();
        await organiser.Field("What is it called?").FillAsync("Left Half Way");
        await organiser.Button("Next").ClickAsync();
        await Expect(organiser.Heading("When and where")).ToBeVisibleAsync();

        await organiser.GotoAsync("/organise");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Left Half Way" }).ClickAsync();
        await Expect(organiser.GetByText("Choose a venue.")).ToBeVisibleAsync();
        await Expect(organiser.GetByText("Say what a place costs.")).ToBeVisibleAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Go on setting it up" }).ClickAsync();
        await Expect(organiser.Heading("When and where")).ToBeVisibleAsync();
        await organiser.GetByRole(AriaRole.Button, new() { NameRegex = CheckAndPublish() }).ClickAsync();
        await Expect(organiser.Button("Publish", exact: true)).ToBeDisabledAsync();
    }

    [LongFact]
    public async Task Two_who_change_the_same_field_at_once_are_told_and_neither_change_is_lost_unseen()
    {
        var first = await browser.VisitorAsync();
        await first.FoundAsync("two-editors@example.com", "Two Editors");
        await first.PublishEventAsync("Edited Twice", "The Double");
        await first.GetByRole(AriaRole.Link, new() { Name = "To the event’s page" }).ClickAsync();
        await first.GetByRole(AriaRole.Link, new() { Name = "Details", Exact = true }).ClickAsync();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync(first.Url);

        await second.Field("Title").FillAsync("Edited by the second");
        await first.Field("Title").FillAsync("Edited by the first");
        await first.Field("In one sentence").FillAsync("Kept as well.");
        await second.Button("Save").ClickAsync();
        await Expect(second.GetByText("Saved.")).ToBeVisibleAsync();
        await first.Button("Save").ClickAsync();

        await Expect(first.GetByText("Saved meanwhile: Edited by the second")).ToBeVisibleAsync();
        await Expect(first.GetByText("Yours: Edited by the first")).ToBeVisibleAsync();
        await first.Button("Take theirs").ClickAsync();
        await Expect(first.Field("Title")).ToHaveValueAsync("Edited by the second");
        await Expect(first.Field("In one sentence")).ToHaveValueAsync("Kept as well.");
        await first.Button("Save").ClickAsync();
        await Expect(first.GetByText("Saved.")).ToBeVisibleAsync();
        await first.ReloadAsync();
        await Expect(first.Field("Title")).ToHaveValueAsync("Edited by the second");
        await Expect(first.Field("In one sentence")).ToHaveValueAsync("Kept as well.");
    }

    [LongFact]
    public async Task What_the_organiser_asks_is_answered_before_paying_and_shown_with_the_booking()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.FoundAsync("questions@example.com", "Curious Club");
        await organiser.PublishEventAsync("An Evening With Dinner", "The Kitchen");
        var shop = new Uri((await organiser.GetByText(DinnerAddress()).First.TextContentAsync())!).AbsolutePath;
        await organiser.GetByRole(AriaRole.Link, new() { Name = "To the event’s page" }).ClickAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Questions", Exact = true }).ClickAsync();
        await organiser.Button("Add a question").ClickAsync();
        await organiser.Field("Question").FillAsync("Which meal?");
        await organiser.GetByLabel("What an answer is").SelectOptionAsync("choice");
        await organiser.Field("Options").FillAsync("Meat\nVegetables");
        await organiser.GetByLabel("It has to be answered to pay").CheckAsync();
        await organiser.Button("Save").ClickAsync();
        await Expect(organiser.GetByText("Saved.")).ToBeVisibleAsync();

        var buyer = await browser.VisitorAsync();
        await buyer.GotoAsync($"{shop}/pick");
        await buyer.Button("One more: Standing").ClickAsync();
        await buyer.HoldAsync();
        var meal = buyer.GetByLabel("Which meal?");
        await Expect(meal).ToHaveJSPropertyAsync("required", true);
        await meal.SelectOptionAsync("Vegetables");
        await buyer.PayAsync();
        await Expect(buyer.Heading("Your ticket")).ToBeVisibleAsync();

        await organiser.GetByRole(AriaRole.Link, new() { Name = "Bookings", Exact = true }).ClickAsync();
        await organiser.GetByRole(AriaRole.Row).Filter(new() { HasText = "Confirmed" })
            .GetByRole(AriaRole.Link).ClickAsync();
        await Expect(organiser.GetByRole(AriaRole.Cell, new() { Name = "Vegetables" })).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task Places_kept_from_sale_are_gone_from_the_shop_until_they_are_freed()
    {
        var organiser = await browser.VisitorAsync();
        await organiser.FoundAsync("blocks@example.com", "Kept Places");
        await organiser.PublishEventAsync("Kept From Sale", "The Reserve");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "To the event’s page" }).ClickAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Kept from sale", Exact = true }).ClickAsync();

        await organiser.Button("Keep places from sale").ClickAsync();
        await organiser.Field("For what").FillAsync("Sponsor");
        await organiser.Field("How many").FillAsync("39");
        await organiser.Button("Keep from sale", exact: true).ClickAsync();
        await Expect(organiser.GetByRole(AriaRole.Cell, new() { Name = "39 places of Standing" })).ToBeVisibleAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Summary" }).ClickAsync();
        await Expect(Figure(organiser, "Free")).ToHaveTextAsync("1");
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Kept from sale", Exact = true }).ClickAsync();
        await organiser.Button("Free the places of Sponsor").ClickAsync();
        await organiser.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Free" }).ClickAsync();
        await Expect(organiser.GetByText("Nothing is kept from sale.")).ToBeVisibleAsync();
        await organiser.GetByRole(AriaRole.Link, new() { Name = "Summary" }).ClickAsync();
        await Expect(Figure(organiser, "Free")).ToHaveTextAsync("40");
    }

    /// <summary>One of the figures at the top of the event's page.</summary>
    private static ILocator Figure(IPage page, string name) =>
        page.Locator("dl[aria-label='At this moment'] > div")
            .Filter(new() { Has = page.GetByText(name, new() { Exact = true }) })
            .Locator("dd").First;

    [GeneratedRegex("/events/an-evening-with-dinner")]
    private static partial Regex DinnerAddress();

    [GeneratedRegex("/events/a-first-evening")]
    private static partial Regex EventAddress();

    [GeneratedRegex("Check and publish|^5")]
    private static partial Regex CheckAndPublish();
}
