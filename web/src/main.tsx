import "./ui/mantine.css";
import "./ui/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { initialLanguage } from "./i18n/i18n";
import { loadCatalogue } from "./i18n/messages";
import { restoreSession } from "./session/session";

const container = document.getElementById("root");
if (container === null) throw new Error("The page has no element for the app.");

// Both at once: the texts are needed first, the session by then mostly too.
void restoreSession();
const language = initialLanguage();
const catalogue = await loadCatalogue(language);
createRoot(container).render(<App language={language} catalogue={catalogue} />);
