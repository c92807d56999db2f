import type { Language } from "@/i18n/messages";
import { useStore } from "@/lib/external-store";
import { PairPage } from "./components/pair-page";
import { ScanPage } from "./components/scan-page";
import { makeText, TextContext, type DoorCatalogue } from "./i18n/messages";
import type { Door } from "./store/door";

interface AppProps {
  door: Door;
  language: Language;
  catalogue: DoorCatalogue;
}

export function App({ door, language, catalogue }: AppProps) {
  return (
    <TextContext value={makeText(language, catalogue)}>
      <Page door={door} />
    </TextContext>
  );
}

function Page({ door }: { door: Door }) {
  const view = useStore(door.view);
  if (view.phase === "opening") return null;
  const { event } = view;
  if (view.phase === "ready" && event !== undefined) return <ScanPage door={door} view={{ ...view, event }} />;
  return <PairPage view={view} onPair={(code) => void door.pair(code)} />;
}
