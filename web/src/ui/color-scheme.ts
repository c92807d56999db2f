import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";
import { setCookie } from "@/lib/storage";

function chosen(): MantineColorScheme | undefined {
  // While the first view is drawn there is no visitor yet.
  if (typeof document === "undefined") return undefined;
  const value = /(?:^|; )onsale_theme=(light|dark)/.exec(document.cookie)?.[1];
  return value === "light" || value === "dark" ? value : undefined;
}

/** In a cookie, so that the server can write it into the page and nothing flashes. */
export const cookieColorScheme: MantineColorSchemeManager = {
  get: (byDefault) => chosen() ?? byDefault,
  set: (value) => setCookie("onsale_theme", value),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => setCookie("onsale_theme", ""),
};
