using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>A visitor who has no mouse.</summary>
internal static class KeyboardSteps
{
    private const int MaxTabStops = 250;

    /// <summary>What has the focus, or is its label, looks other than without it.</summary>
    private const string ShowsFocus = """
        () => {
            const at = document.activeElement;
            if (at === null || at === document.body) return '';
            const shows = element => {
                const style = getComputedStyle(element);
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
            };
            const isShown = at.matches(':focus-visible') && (shows(at) || (at.parentElement !== null && shows(at.parentElement))
                || (at.matches('input') && getComputedStyle(at).borderTopStyle !== 'none'));
            return isShown ? '' : at.outerHTML.slice(0, 200);
        }
        """;

    /// <summary>Presses Tab until it is there; every stop on the way must show where the focus is.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stop = 0; stop < MaxTabStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            (await page.EvaluateAsync<string>(ShowsFocus)).ShouldBeEmpty("the focus is not to be seen");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        throw new InvalidOperationException($"Tab never comes to {target}.");
    }

    public static async Task PressOnAsync(this IPage page, ILocator target, string key = "Enter")
    {
        await page.TabToAsync(target);
        await page.Keyboard.PressAsync(key);
    }

    public static async Task TypeIntoAsync(this IPage page, ILocator target, string text)
    {
        await page.TabToAsync(target);
        await page.Keyboard.TypeAsync(text);
    }
}
