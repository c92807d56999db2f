import "./ui/mantine.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App, queryClient } from "./app/app";
import { adoptPageData } from "./app/page-data";
import { router } from "./app/router";
import { initialLanguage } from "./i18n/i18n";
import { loadCatalogue } from "./i18n/messages";
import { restoreSession } from "./session/session";
import { followColorScheme } from "./ui/color-scheme";

const container = document.getElementById("root");
if (container === null) throw new Error("The page has no element for the app.");

followColorScheme();
// Both at once: the texts are needed first, the session by then mostly too.
void restoreSession();
void start(container);

// No await of this module itself: the routes' files import from it, and it would wait for them for ever.
async function start(root: HTMLElement): Promise<void> {
  const language = initialLanguage();
  adoptPageData(queryClient);
  const catalogue = await loadCatalogue(language);
  // What the server drew stays until the page is ready to take its place.
  if (root.hasChildNodes()) await router.load();
  createRoot(root).render(<App language={language} catalogue={catalogue} />);
}
