import { useEffect, useRef, useState } from "react";
import { useText } from "../i18n/messages";
import type { Verdict } from "../model/decider";
import type { ScanKind } from "../model/rules";
import type { Door } from "../store/door";
import type { DoorView } from "../store/view";
import { Answer } from "./answer";
import { Camera } from "./camera";
import { Problem } from "./problem";
import { SearchPage } from "./search-page";
import { Settings } from "./settings";
import { signal } from "@/lib/scanning/signal";
import { Conflicts, StateBar } from "./state-bar";

interface ScanPageProps {
  door: Door;
  view: DoorView & { event: NonNullable<DoorView["event"]> };
}

/** For one hand, in the rain: scan or type, and see from an arm's length what to do. */
export function ScanPage({ door, view }: ScanPageProps) {
  const { t, language } = useText();
  const [code, setCode] = useState("");
  const [kind, setKind] = useState<Exclude<ScanKind, "undo">>("entry");
  const [verdict, setVerdict] = useState<Verdict>();
  const [pending, setPending] = useState(0);
  const [isSearching, setIsSearching] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  // A hand scanner types into whatever has the focus.
  useEffect(() => {
    if (!isSearching) field.current?.focus();
  }, [isSearching]);
  const scan = async (scanned: { code: string } | { ticketId: string }, asked: ScanKind) => {
    setPending((count) => count + 1);
    try {
      const answered = await door.scan(scanned, asked);
      setVerdict(answered);
      signal(answered.outcome === "accepted");
    } finally {
      setPending((count) => count - 1);
    }
  };
  const number = new Intl.NumberFormat(language);
  return (
    <main>
      <header>
        <h1>
          <bdi>{view.event.event}</bdi>
        </h1>
        <Settings door={door} view={view} />
      </header>
      <StateBar view={view} />
      <Problem problem={view.problem} onClose={() => door.dismissProblem()} />
      <Conflicts view={view} />
      <Answer verdict={verdict} isPending={pending > 0} event={view.event} />
      {isSearching ? (
        <SearchPage
          door={door}
          event={view.event}
          onAdmit={(ticketId) => void scan({ ticketId }, "entry")}
          onUndo={(ticketId) => void scan({ ticketId }, "undo")}
          onClose={() => setIsSearching(false)}
        />
      ) : (
        <>
          <form
            className="scan"
            onSubmit={(submitted) => {
              submitted.preventDefault();
              if (code.trim() !== "") void scan({ code: code.trim() }, kind);
              setCode("");
            }}
          >
            <label>
              {t("scan.code")}
              <input
                ref={field}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                enterKeyHint="send"
                dir="ltr"
                maxLength={300}
                value={code}
                onChange={(changed) => setCode(changed.currentTarget.value)}
              />
            </label>
            <button type="submit" data-tone="accent">
              {t("scan.enter")}
            </button>
          </form>
          <div className="direction" role="group">
            {(["entry", "exit"] as const).map((one) => (
              <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
                {t(one === "entry" ? "scan.in" : "scan.out")}
              </button>
            ))}
          </div>
          <Camera start="camera.start" onCode={(found) => void scan({ code: found }, kind)} />
          <button type="button" onClick={() => setIsSearching(true)}>
            {t("search.open")}
          </button>
        </>
      )}
      <dl className="counts">
        {(["inside", "admitted", "tickets"] as const).map((name) => (
          <div key={name}>
            <dt>{t(`count.${name}`)}</dt>
            <dd data-count={name}>{number.format(view.counts[name])}</dd>
          </div>
        ))}
      </dl>
    </main>
  );
}
