using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>A visitor who has no mouse.</summary>
internal static class KeyboardSteps
{
    private const int MaxTabStops = 250;

    /// <summary>
    /// What has the focus, or the frame around it, looks other than without it; else its beginning. Transitions are
    /// left out, since a look that has only begun to change would be taken for none.
    /// </summary>
    private const string HiddenFocus = """
        () => {
            const at = document.activeElement;
            if (at === null || at === document.body) return '';
            // The browser's own field for dates shows its stops itself, and would begin anew at the first of them.
            if (at.type === 'date') return '';
            const frames = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean);
            for (const frame of frames) frame.style.transition = 'none';
            const look = () => frames.map(frame => {
                const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(frame);
                return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth, boxShadow, borderColor].join();
            }).join();
            const isForKeys = at.matches(':focus-visible');
            const focused = look();
            at.blur();
            const blurred = look();
            at.focus({ preventScroll: true, focusVisible: true });
            for (const frame of frames) frame.style.transition = '';
            return isForKeys && focused !== blurred ? '' : at.outerHTML.slice(0, 200);
        }
        """;

    /// <summary>Presses Tab until it is there; every stop on the way must show where the focus is.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var stop = 0; stop < MaxTabStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.ShouldShowFocusAsync();
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        throw new InvalidOperationException($"Tab never comes to {target}.");
    }

    /// <summary>The same backwards.</summary>
    public static async Task ShiftTabToAsync(this IPage page, ILocator target)
    {
        for (var stop = 0; stop < MaxTabStops; stop++)
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
        }

        throw new InvalidOperationException($"Tab never comes back to {target}.");
    }

    public static async Task ShouldShowFocusAsync(this IPage page) =>
        (await page.EvaluateAsync<string>(HiddenFocus)).ShouldBeEmpty("the focus is not to be seen");

    /// <summary>From a section of the list that is open to the first of its seats.</summary>
    public static Task TabIntoSeatsAsync(this IPage page) =>
        page.TabToAsync(page.GetByRole(AriaRole.Grid).Locator("button[tabindex='0']"));

    /// <summary>Goes through the open section's seats, row by row, until it is there.</summary>
    public static async Task ArrowToAsync(this IPage page, ILocator target)
    {
        var focused = page.Locator(":focus");
        for (var stop = 0; stop < MaxTabStops; stop++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
                return;
            var isLast = await focused.EvaluateAsync<bool>(
                "element => element === [...element.closest('[role=row]').querySelectorAll('button')].at(-1)");
            if (isLast)
            {
                await page.Keyboard.PressAsync("Home");
                await page.Keyboard.PressAsync("ArrowDown");
            }
            else
            {
                await page.Keyboard.PressAsync("ArrowRight");
            }
        }

        throw new InvalidOperationException($"The arrow keys never come to {target}.");
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
