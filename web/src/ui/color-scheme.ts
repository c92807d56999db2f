import { useSyncExternalStore } from "react";
import { afterPaint } from "@/lib/after-paint";
import { setCookie } from "@/lib/storage";

export type ColorScheme = "light" | "dark";

/** Set on the root element; tokens.css and Mantine's style sheets go by it. */
const attribute = "data-mantine-color-scheme";

function chosen(): string | undefined {
  return /(?:^|; )onsale_theme=(light|dark)/.exec(document.cookie)?.[1];
}

function shown(): ColorScheme {
  return document.documentElement.getAttribute(attribute) === "dark" ? "dark" : "light";
}

/**
 * The visitor's choice, which the server has written into the page already; else the system's, also when it changes.
 */
export function followColorScheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => document.documentElement.setAttribute(attribute, chosen() ?? (system.matches ? "dark" : "light"));
  system.addEventListener("change", show);
  show();
}

/**
 * One attribute: the style sheet does the rest, and no component is drawn again. A phone takes a tenth of a second to
 * colour the page, so the button is seen to be pressed before that.
 */
export async function toggleColorScheme(): Promise<void> {
  await afterPaint();
  const scheme = shown() === "dark" ? "light" : "dark";
  document.documentElement.setAttribute(attribute, scheme);
  // In a cookie, so that the server can write it into the page and nothing flashes.
  setCookie("onsale_theme", scheme);
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/** For what draws its colours itself. */
export function useColorScheme(): ColorScheme {
  return useSyncExternalStore(subscribe, shown, () => "light");
}
