import "@/ui/tokens.css";
import "./door.css";
import { createRoot } from "react-dom/client";
import { directionOf, isLanguage, type Language } from "@/i18n/messages";
import { followColorScheme } from "@/ui/color-scheme";
import { App } from "./app";
import { loadDoorCatalogue } from "./i18n/messages";
import { pairingCodeOf } from "./components/pair-page";
import { Door } from "./store/door";

const container = document.getElementById("root");
if (container === null) throw new Error("The page has no element for the app.");

followColorScheme();
void start(container);
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/door-worker.js", { scope: "/door" });

async function start(root: HTMLElement): Promise<void> {
  const language = chosenLanguage();
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  const catalogue = await loadDoorCatalogue(language);
  const door = new Door();
  createRoot(root).render(<App door={door} language={language} catalogue={catalogue} />);
  const code = location.hash.startsWith("#pair=") ? pairingCodeOf(location.href) : undefined;
  // It is good once, and nobody's to see.
  if (code !== undefined) history.replaceState(null, "", location.pathname);
  try {
    // What is kept must not be thrown away when the device runs short of room.
    void navigator.storage.persist();
    await door.open(code);
  } catch {
    door.fail();
  }
}

/** As chosen on this device; the page itself may be of the day when the app was installed. */
function chosenLanguage(): Language {
  const chosen = localStorage.getItem("onsale_door_language") ?? document.documentElement.lang;
  return isLanguage(chosen) ? chosen : "en";
}
