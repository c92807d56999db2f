import { useState } from "react";
import { useText } from "../i18n/messages";
import type { DoorView } from "../store/view";
import { Camera } from "./camera";
import { Problem } from "./problem";

interface PairPageProps {
  view: DoorView;
  onPair: (code: string) => void;
}

/** A device that belongs to no event yet. */
export function PairPage({ view, onPair }: PairPageProps) {
  const { t } = useText();
  const [code, setCode] = useState("");
  if (view.phase === "loading") {
    return (
      <main className="pair" aria-busy="true">
        <h1>{view.event?.event ?? t("pair.loading")}</h1>
        <Problem problem={view.problem} />
        <p role="status">{t("pair.loaded", { count: view.loaded })}</p>
        <progress max={view.event?.tickets} value={view.event === undefined ? undefined : view.loaded} />
      </main>
    );
  }
  return (
    <main className="pair">
      <h1>{t("pair.title")}</h1>
      {view.phase === "revoked" && (
        <p className="note" data-tone="bad">
          {t("state.revoked")}
        </p>
      )}
      {view.phase === "broken" && (
        <p className="note" data-tone="bad">
          {t("state.broken")}
        </p>
      )}
      <Problem problem={view.problem} />
      <p>{t("pair.text")}</p>
      <Camera start="pair.camera" onCode={(found) => onPair(pairingCodeOf(found))} />
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (code.trim() !== "") onPair(pairingCodeOf(code.trim()));
        }}
      >
        <label>
          {t("pair.code")}
          <input
            value={code}
            autoComplete="off"
            spellCheck={false}
            dir="ltr"
            onChange={(changed) => setCode(changed.currentTarget.value)}
          />
        </label>
        <button type="submit" data-tone="accent">
          {t("pair.action")}
        </button>
      </form>
    </main>
  );
}

/** Of an address with a code, or of the code itself. */
export function pairingCodeOf(text: string): string {
  return /#pair=([\w-]+)$/.exec(text)?.[1] ?? text;
}
