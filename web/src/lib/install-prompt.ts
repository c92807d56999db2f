import { ExternalStore } from "./external-store";

/** A browser's offer to install the shop (Chromium only). */
export interface InstallPrompt extends Event {
  prompt: () => Promise<unknown>;
}

/** It comes once, early, and is used where there are tickets: elsewhere nobody is asked. */
export const installPrompt = new ExternalStore<InstallPrompt | undefined>(undefined);

globalThis.addEventListener?.("beforeinstallprompt", (event) => {
  event.preventDefault();
  installPrompt.set(event as InstallPrompt);
});
