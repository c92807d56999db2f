import { useEffect, useRef, useState } from "react";
import type { QueueState } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { QueuePass } from "@/session/queue-place";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { Chime } from "../model/chime";
import { useAnnouncement } from "../model/use-announcement";
import { useLine, type Line } from "../model/use-line";
import { minutesOf, type Wait } from "../model/wait";
import { Fairness } from "./fairness";
import type { QueuePageProps } from "./queue-page";
import { useQueueMessages, type TranslateQueue } from "../messages";
import styles from "./queue-page.module.css";
import { LeaveLine, LetIn, SoundSwitch } from "./queue-actions";

interface WaitingLineProps extends QueuePageProps {
  state: QueueState;
  atMs: number;
  /** None until it is known that the place is there. */
  pass: QueuePass | undefined;
  buyerId: string | undefined;
}

/** The place in the line: what is known of it now, what happens next, and what there is to do. */
export function WaitingLine({ event, state, atMs, pass, buyerId, countdown, onLetIn, onLeft }: WaitingLineProps) {
  const { format } = useI18n();
  const say = useQueueMessages();
  const line = useLine(state, atMs, pass, buyerId);
  const [chime] = useState(() => new Chime());
  const isTurn = line.isServed;
  const wasTurn = useRef(isTurn);
  useEffect(() => {
    if (isTurn && !wasTurn.current) chime.play();
    wasTurn.current = isTurn;
  }, [isTurn, chime]);
  const short = shortOf(state, line, say);
  useTitle(isTurn ? `★ ${say("yourTurn")}` : `${short} · ${event.title}`);
  const said = useAnnouncement(isTurn ? say("yourTurn") : `${short}. ${waitText(line.wait, say)}`, isTurn);
  return (
    <>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {state.message != null && (
        <Notice tone="outline" title={say("message")}>
          <p>
            <bdi>{state.message}</bdi>
          </p>
        </Notice>
      )}
      <section className={styles.card} data-turn={isTurn}>
        {pass === undefined ? (
          <p className={styles.lead}>{say("joining")}</p>
        ) : state.phase === "preQueue" ? (
          <>
            <p className={styles.lead}>{say("early")}</p>
            {state.onSaleAt != null && countdown(state.onSaleAt)}
            <p>{say("earlyText", { time: format.moment(state.onSaleAt ?? event.onSaleAt) })}</p>
          </>
        ) : isTurn ? (
          <LetIn eventId={event.id} pass={pass.pass} onLetIn={onLetIn} />
        ) : (
          <Position line={line} state={state} />
        )}
      </section>
      {!isTurn && (
        <ul className={styles.next}>
          <li>{say("keepOpen")}</li>
          <li>{say(state.phase === "preQueue" ? "nextDraw" : "nextTurn")}</li>
        </ul>
      )}
      <div className="row">
        <SoundSwitch chime={chime} />
        <LeaveLine eventId={event.id} onLeft={onLeft} />
      </div>
      <Fairness state={state} buyerId={buyerId} isEarly={pass !== undefined && pass.number === undefined} />
    </>
  );
}

function Position({ line, state }: { line: Line; state: QueueState }) {
  const { format } = useI18n();
  const say = useQueueMessages();
  return (
    <>
      <p className={styles.lead}>{say("position")}</p>
      <p className={styles.number}>
        <strong className="num">{line.position === undefined ? "…" : format.number(line.position)}</strong>
      </p>
      <progress className={styles.progress} max={1} value={line.progress} aria-label={say("progress")} />
      <p>{line.ahead !== undefined && say("ahead", { count: line.ahead })}</p>
      <p className={styles.wait}>{state.paused ? say("paused") : waitText(line.wait, say)}</p>
    </>
  );
}

/** What the title of the tab says, and begins an announcement. */
function shortOf(state: QueueState, line: Line, say: TranslateQueue): string {
  if (state.phase === "preQueue") return say("early");
  if (state.paused) return say("paused");
  return line.ahead === undefined ? say("joining") : say("ahead", { count: line.ahead });
}

function waitText(wait: Wait | undefined, say: TranslateQueue): string {
  if (wait === undefined) return "";
  const [from, to] = [minutesOf(wait.from), minutesOf(wait.to)];
  if (wait.to < 60) return say("waitSoon");
  return from === to ? say("waitAbout", { count: to }) : say("waitRange", { from, count: to });
}
