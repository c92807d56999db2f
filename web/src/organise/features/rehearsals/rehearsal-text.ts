import type { OrganiseKey } from "../../i18n/messages";
import type { TextKey } from "../../i18n/text";
import type { Tone } from "../../ui/badge";
import type { Rehearsal } from "../../api/types";

/** Steps, outcomes and breaks by the names that the API has for them. */
const steps = ["guest", "event", "queue", "join", "admission", "availability", "hold", "pay", "release"] as const;
const breaks = ["no-answer", "server-error", "overloaded", "read-only", "rate-limited", "slow-holds"] as const;
const outcomes: Readonly<Record<string, OrganiseKey>> = {
  bought: "rehearsal.bought",
  abandoned: "rehearsal.abandoned",
  released: "rehearsal.released",
  "sold-out": "rehearsal.sold-out",
  "not-paid": "rehearsal.not-paid",
  impatient: "rehearsal.impatient",
  refused: "rehearsal.refusedBuyers",
  "cut-off": "rehearsal.cut-off",
};

export const tones: Readonly<Record<Rehearsal["state"], Tone>> = {
  waiting: "plain",
  running: "accent",
  finished: "good",
  stopped: "warn",
  failed: "bad",
  abandoned: "bad",
};

/** A name of the API in words; one that this app does not know yet as it is. */
export function named(kind: "step" | "broke" | "outcome", name: string, t: (key: TextKey) => string): string {
  if (kind === "outcome") {
    const key = outcomes[name];
    return key === undefined ? name : t(key);
  }
  if (kind === "step") {
    const step = steps.find((known) => known === name);
    return step === undefined ? name : t(`rehearsal.step.${step}`);
  }
  const known = breaks.find((one) => one === name);
  return known === undefined ? name : t(`rehearsal.broke.${known}`);
}
