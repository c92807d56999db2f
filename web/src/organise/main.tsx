import "@/ui/mantine.css";
import "@/ui/tokens.css";
import "./ui/organise.css";
import { createRoot } from "react-dom/client";
import { initialLanguage } from "@/i18n/i18n";
import { loadCatalogue } from "@/i18n/messages";
import { restoreSession } from "@/session/session";
import { followColorScheme } from "@/ui/color-scheme";
import { loadOrganiseCatalogue } from "./i18n/messages";

const container = document.getElementById("root");
if (container === null) throw new Error("The page has no element for the app.");

followColorScheme();
void restoreSession();
void start(container);

// No await of this module itself: the routes' files import from it, and it would wait for them for ever.
async function start(root: HTMLElement): Promise<void> {
  const language = initialLanguage();
  const [shared, own, { App }] = await Promise.all([
    loadCatalogue(language),
    loadOrganiseCatalogue(language),
    // Pages that are no organisation's need no router.
    isOperation() ? import("./app/operation-app") : import("./app/app"),
  ]);
  createRoot(root).render(<App language={language} shared={shared} own={own} />);
}

function isOperation(): boolean {
  return /^\/(?:operate|status)\/?$/.test(location.pathname);
}
