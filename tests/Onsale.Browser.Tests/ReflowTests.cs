using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>
/// The pages on the way to a ticket and after it, 320 pixels wide (WCAG 1.4.10): nothing sticks out and nothing lies
/// over anything else, in every language.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class ReflowTests(BrowserFixture browser)
{
    /// <summary>
    /// What sticks out of the window or is cut off, and pairs of texts and controls of which one lies over the other.
    /// </summary>
    private const string Faults = """
        () => {
          const root = document.querySelector("dialog[open]") ?? document.querySelector("main");
          const isPinned = (element) => {
            for (let at = element; at !== null && at !== root; at = at.parentElement) {
              const { position, visibility, opacity } = getComputedStyle(at);
              if (position === "fixed" || position === "sticky" || position === "absolute") return true;
              if (visibility === "hidden" || opacity === "0") return true;
            }
            return false;
          };
          const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
          const seen = [...root.querySelectorAll("*")]
            .filter((element) => element.matches("input, select, textarea, button") || hasText(element))
            .filter((element) => element.checkVisibility() && !isPinned(element))
            .map((element) => ({ element, box: element.getBoundingClientRect() }))
            .filter(({ box }) => box.width > 2 && box.height > 2);
          const nameOf = (element) => `${element.tagName} ${(element.textContent || element.name || "").trim().slice(0, 40)}`;
          const pen = document.createElement("canvas").getContext("2d");
          // A field's hint is in no element: it is measured in the field's own letters.
          const isCut = (element) => {
            const style = getComputedStyle(element);
            if (!element.placeholder) return style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
            pen.font = style.font;
            const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
            return pen.measureText(element.placeholder).width > room + 1;
          };
          const faults = [];
          if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} wide`);
          seen.forEach(({ element, box }, index) => {
            if (isCut(element)) faults.push(`${nameOf(element)} is cut off`);
            if (box.left < -1 || box.right > innerWidth + 1) faults.push(`${nameOf(element)} sticks out`);
            for (const other of seen.slice(index + 1)) {
              if (element.contains(other.element) || other.element.contains(element)) continue;
              const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
              const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
              if (width > 2 && height > 2) faults.push(`${nameOf(element)} and ${nameOf(other.element)} overlap`);
            }
          });
          return faults;
        }
        """;

    private readonly List<string> _faults = [];

    [Theory]
    [LongInlineData("en-GB")]
    [InlineData("de-DE")]
    [LongInlineData("es-MX")]
    [InlineData("ar-EG")]
    public async Task Nothing_overlaps_at_320_pixels_from_the_checkout_to_the_tickets_and_back(string locale)
    {
        var page = await browser.VisitorAsync(locale: locale);
        await page.SetViewportSizeAsync(320, 640);
        await page.Clock.InstallAsync();
        // With its catalogue: a form that is drawn anew loses what was typed.
        await page.GotoAsync("/register", new() { WaitUntil = WaitUntilState.NetworkIdle });
        var fields = page.Locator("main form input");
        await fields.Nth(0).FillAsync("Ada Brook");
        await fields.Nth(1).FillAsync($"narrow-{locale}@example.com");
        await fields.Nth(2).FillAsync("seven quiet lanterns");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync(address => !address.EndsWith("/register", StringComparison.Ordinal));

        await page.GotoAsync("/events/noche-de-patio/pick");
        await page.Locator("main [role=group] button:last-child").First.ClickAsync();
        await LookAsync(page, "quantities");
        await page.Locator("section[aria-labelledby=choice] button").Last.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Timer)).ToBeVisibleAsync();
        await LookAsync(page, "checkout");
        await page.Clock.FastForwardAsync("09:10");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await LookAsync(page, "more time");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await page.Locator("main button").Filter(new() { HasText = "28" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Article)).ToBeVisibleAsync();
        var code = await page.EvaluateAsync<string>("document.body.innerText.match(/[2-9C-Y]{3}-[2-9C-Y]{3}-[2-9C-Y]{3}/)[0]");
        await LookAsync(page, "tickets");
        await page.GotoAsync("/bookings");
        await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
        await LookAsync(page, "bookings");
        await page.GotoAsync("/profile");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await LookAsync(page, "profile");

        await page.GotoAsync("/find-tickets");
        await fields.Nth(0).FillAsync(code);
        await fields.Nth(1).FillAsync($"narrow-{locale}@example.com");
        await LookAsync(page, "find tickets");
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Article)).ToBeVisibleAsync();
        await LookAsync(page, "found tickets");
        _faults.ShouldBeEmpty();
    }

    [Theory]
    [LongInlineData("en-GB")]
    [InlineData("de-DE")]
    [LongInlineData("es-MX")]
    [InlineData("ar-EG")]
    public async Task Nothing_overlaps_at_320_pixels_on_any_page(string locale)
    {
        var page = await browser.VisitorAsync(locale: locale);
        await page.SetViewportSizeAsync(320, 640);
        foreach (var address in EveryPageTests.Pages.Where(address => !address.EndsWith("/pick", StringComparison.Ordinal)))
        {
            await page.GotoAsync(address);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await LookAsync(page, address);
        }

        _faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_overlaps_sticks_out_or_is_cut_off_is_noticed() // the control: the checks above can fail
    {
        var page = await browser.VisitorAsync();
        await page.SetViewportSizeAsync(320, 640);
        await page.GotoAsync("/help");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        // A style sheet: a style of an element would go with the next rendering.
        await page.EvaluateAsync("""
            () => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync("main h2 { margin-bottom: -40px !important } main h1 { width: 400px !important } "
                + "main p { width: 40px !important; overflow: hidden; white-space: nowrap }");
              document.adoptedStyleSheets = [sheet];
            }
            """);
        // The text comes with a file of its own.
        await Eventually.ShouldPassAsync(async () =>
        {
            _faults.Clear();
            await LookAsync(page, "help");
            _faults.ShouldContain(fault => fault.EndsWith("overlap", StringComparison.Ordinal));
            _faults.ShouldContain(fault => fault.EndsWith("sticks out", StringComparison.Ordinal));
            _faults.ShouldContain(fault => fault.EndsWith("is cut off", StringComparison.Ordinal));
        });
    }

    private async Task LookAsync(IPage page, string name) =>
        _faults.AddRange((await page.EvaluateAsync<string[]>(Faults)).Select(fault => $"{name}: {fault}"));
}
