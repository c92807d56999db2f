using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests.Organise;

[Collection(BrowserCollection.Name)]
public sealed class MemberRightsTests(BrowserFixture browser)
{
    [LongFact]
    public async Task A_member_sees_only_the_pages_of_their_role_and_hears_why_another_is_closed()
    {
        var door = await browser.VisitorAsync();
        await door.SignInAsync("door@example.com");

        var navigation = door.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the organisation" });
        await Expect(navigation.GetByRole(AriaRole.Link, new() { Name = "Events" })).ToBeVisibleAsync();
        await Expect(navigation.GetByRole(AriaRole.Link, new() { Name = "Members" })).ToHaveCountAsync(0);
        await Expect(door.GetByRole(AriaRole.Link, new() { Name = "New event" })).ToHaveCountAsync(0);
        foreach (var closed in new[] { "/members", "/activity", "/venues", "/events/new" })
        {
            await door.GotoAsync(OrganiserSteps.DemoPages + closed);
            await Expect(door.Heading("Not for your role")).ToBeVisibleAsync();
        }
    }

    [LongFact]
    public async Task Another_organisation_is_not_there_for_who_is_no_member()
    {
        var stranger = await browser.VisitorAsync();
        await stranger.FoundAsync("stranger@example.com", "Strangers");
        await stranger.GotoAsync($"{OrganiserSteps.DemoPages}/events");
        await Expect(stranger.Heading("There is nothing at this address")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task An_invited_person_registers_joins_with_the_role_and_loses_it_when_removed()
    {
        var owner = await browser.VisitorAsync();
        await owner.FoundAsync("inviting@example.com", "Invitations Ltd");
        await owner.GetByRole(AriaRole.Link, new() { Name = "Members" }).ClickAsync();
        await owner.Field("E-mail address").FillAsync("invited@example.com");
        await owner.GetByRole(AriaRole.Combobox, new() { Name = "Role", Exact = true }).SelectOptionAsync("analyst");
        await owner.Button("Invite", exact: true).ClickAsync();
        var link = await owner.Locator("code").TextContentAsync();

        var invited = await browser.VisitorAsync();
        await invited.GotoAsync(link!);
        await Expect(invited.Heading("Invitations Ltd invites you")).ToBeVisibleAsync();
        await invited.GetByRole(AriaRole.Link, new() { Name = "Create account" }).ClickAsync();
        await invited.RegisterAsync("invited@example.com");
        await invited.Button("Accept invitation").ClickAsync();
        await Expect(invited.GetByText("Your role here: Analyst.")).ToBeVisibleAsync();

        await owner.ReloadAsync();
        await owner.Button("Remove Ada Brook").Last.ClickAsync();
        await owner.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(owner.GetByText("is no longer a member.")).ToBeVisibleAsync();
        await invited.GetByRole(AriaRole.Link, new() { Name = "Events" }).ClickAsync();
        await invited.ReloadAsync();
        await Expect(invited.Heading("There is nothing at this address")).ToBeVisibleAsync();
    }

    [LongFact]
    public async Task The_last_owner_stays_and_the_page_says_so()
    {
        var owner = await browser.VisitorAsync();
        await owner.FoundAsync("last-owner@example.com", "One Owner");
        await owner.GetByRole(AriaRole.Link, new() { Name = "Members" }).ClickAsync();
        await owner.GetByRole(AriaRole.Combobox, new() { Name = "Role of Ada Brook" }).SelectOptionAsync("manager");
        await owner.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Change role" }).ClickAsync();
        await Expect(owner.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await owner.ReloadAsync();
        await Expect(owner.GetByRole(AriaRole.Combobox, new() { Name = "Role of Ada Brook" }))
            .ToHaveValueAsync("owner");
    }
}
