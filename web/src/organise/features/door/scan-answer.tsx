import { NoAnswerError, problemOf } from "@/api/problem";
import { CheckIcon, CloseIcon } from "@/ui/icons";
import type { ScanResult } from "../../api/types";
import { useText } from "../../i18n/text";
import styles from "./door.module.css";

interface ScanAnswerProps {
  answer: ScanResult | undefined;
  error: Error | null;
  isPending: boolean;
}

/** The one thing to look at: colour, shape and words say the same. */
export function ScanAnswer({ answer, error, isPending }: ScanAnswerProps) {
  const { t } = useText();
  const { title, text } = useWords(answer, error);
  const tone = isPending ? "none" : error !== null ? "bad" : answer === undefined ? "none" : toneOf(answer);
  return (
    <div className={styles.answer} data-tone={tone} role="status" aria-live="assertive" aria-busy={isPending}>
      <span className={styles.sign} aria-hidden="true">
        {tone === "good" && <CheckIcon size={48} />}
        {tone === "bad" && <CloseIcon size={48} />}
      </span>
      <div>
        <p className={styles.verdict}>{title}</p>
        {answer?.ticket && error === null && (
          <p className={styles.ticket}>
            <bdi>{answer.ticket.label}</bdi>
            {answer.ticket.label !== answer.ticket.tier && ` · ${answer.ticket.tier}`}
            {" · "}
            <bdi>{answer.ticket.name ?? t("door.unnamed")}</bdi>
          </p>
        )}
        {text !== undefined && <p>{text}</p>}
      </div>
    </div>
  );
}

function toneOf({ outcome }: ScanResult): "good" | "bad" {
  return outcome === "accepted" ? "good" : "bad";
}

function useWords(answer: ScanResult | undefined, error: Error | null): { title: string; text?: string | undefined } {
  const { t, format } = useText();
  if (error instanceof NoAnswerError) return { title: t("door.noAnswer"), text: t("door.noAnswerText") };
  if (error !== null) return { title: t("door.noAnswer"), text: problemOf(error)?.detail };
  if (answer === undefined) return { title: t("door.ready"), text: t("door.readyText") };
  const { previous } = answer;
  switch (answer.outcome) {
    case "accepted":
      return {
        title: t(answer.kind === "exit" ? "door.left" : answer.kind === "undo" ? "door.undone" : "door.admitted"),
      };
    case "alreadyCheckedIn":
      return {
        title: t("door.alreadyIn"),
        ...(previous && {
          text: t("door.alreadyInAt", {
            time: format.moment(previous.at),
            gate: previous.gate === "" ? "" : ` · ${previous.gate}`,
          }),
        }),
      };
    case "notCheckedIn":
      return { title: t("door.notInside") };
    case "cancelled":
      return { title: t("door.cancelled"), text: t("door.cancelledText") };
    case "otherEvent":
      return { title: t("door.otherEvent"), text: answer.otherEvent ?? undefined };
    case "invalidSignature":
      return { title: t("door.invalid"), text: t("door.invalidText") };
    case "revokedKey":
      return { title: t("door.revoked"), text: t("door.revokedText") };
    case "transferred":
      return { title: t("door.handedOn"), text: t("door.handedOnText") };
    case "liveCodeRequired":
      return { title: t("door.liveOnly"), text: t("door.liveOnlyText") };
    case "codeExpired":
      return { title: t("door.codeExpired"), text: t("door.codeExpiredText") };
    case "codeAhead":
      return { title: t("door.codeAhead"), text: t("door.codeAheadText") };
    case "codeReused":
      return { title: t("door.codeReused"), text: t("door.codeReusedText") };
    case "paymentDisputed":
      return { title: t("door.disputed"), text: t("door.disputedText") };
    default:
      return { title: t("door.notFound"), text: t("door.notFoundText") };
  }
}
