import { CheckIcon, CloseIcon } from "@/ui/icons";
import { useText } from "../i18n/messages";
import type { Verdict } from "../model/decider";
import type { DoorView } from "../store/view";

interface AnswerProps {
  verdict: Verdict | undefined;
  isPending: boolean;
  event: NonNullable<DoorView["event"]>;
}

/** The one thing to look at: colour, shape and words say the same. */
export function Answer({ verdict, isPending, event }: AnswerProps) {
  const { t, time } = useText();
  const tone = isPending || verdict === undefined ? "none" : verdict.outcome === "accepted" ? "good" : "bad";
  const words = useWords(isPending ? undefined : verdict);
  const title = isPending ? t("answer.working") : words.title;
  const shown = isPending ? undefined : verdict;
  const ticket = shown?.ticket;
  const tier = ticket === undefined ? undefined : event.tiers[ticket.tier];
  const isUnlisted = shown?.mark !== undefined && ticket === undefined;
  return (
    <div className="answer" data-tone={tone} role="status" aria-live="assertive" aria-busy={isPending}>
      <span className="sign" aria-hidden="true">
        {tone === "good" && <CheckIcon size={72} />}
        {tone === "bad" && <CloseIcon size={72} />}
      </span>
      <div>
        <p className="verdict">{title}</p>
        {ticket !== undefined && (
          <p className="ticket">
            <bdi>{[tier, ticket.label, ticket.name].filter(Boolean).join(" · ")}</bdi>
          </p>
        )}
        {isUnlisted && <p>{t("answer.unlisted")}</p>}
        {shown?.outcome === "alreadyCheckedIn" && shown.previous !== undefined && (
          <p className="ticket">
            {t("answer.since", { time: time(shown.previous.at, event.timeZone) })}
            {shown.previous.gate !== "" && <bdi> · {shown.previous.gate}</bdi>}
            {shown.previous.device && <bdi> · {shown.previous.device}</bdi>}
          </p>
        )}
        {words.text !== undefined && <p>{words.text}</p>}
      </div>
    </div>
  );
}

function useWords(verdict: Verdict | undefined): { title: string; text?: string | undefined } {
  const { t } = useText();
  if (verdict === undefined) return { title: t("answer.ready") };
  switch (verdict.outcome) {
    case "accepted":
      return {
        title: t(
          verdict.kind === "exit" ? "answer.left" : verdict.kind === "undo" ? "answer.undone" : "answer.accepted",
        ),
      };
    case "alreadyCheckedIn":
      return { title: t("answer.alreadyCheckedIn") };
    case "notCheckedIn":
      return { title: t("answer.notCheckedIn") };
    case "otherEvent":
      return { title: t("answer.otherEvent"), text: verdict.otherEvent };
    case "cancelled":
    case "codeAhead":
    case "codeExpired":
    case "codeReused":
    case "invalidSignature":
    case "liveCodeRequired":
    case "paymentDisputed":
    case "revokedKey":
    case "transferred":
      return { title: t(`answer.${verdict.outcome}`), text: t(`answer.${verdict.outcome}Text`) };
    default:
      return { title: t("answer.notFound"), text: t("answer.notFoundText") };
  }
}
