import type { OwnEvent } from "../../api/types";
import type { TextKey } from "../../i18n/text";

export const setupSteps = ["name", "place", "tickets", "sale", "publish"] as const;
export type SetupStep = (typeof setupSteps)[number];

export const stepNames: Record<SetupStep, TextKey> = {
  name: "setup.stepName",
  place: "setup.stepPlace",
  tickets: "setup.stepTickets",
  sale: "setup.stepSale",
  publish: "setup.stepPublish",
};

/** What of the way is behind, as far as the event itself tells: it can be gone on with from any browser. */
export function stepsOf(event: OwnEvent | undefined): { id: SetupStep; isDone: boolean }[] {
  const missing = new Set(event?.checklist.filter(({ isBlocking }) => isBlocking).map(({ code }) => code));
  const isMissing = (...codes: string[]) => codes.some((code) => missing.has(code));
  const done: Record<SetupStep, boolean> = {
    name: event !== undefined,
    place: event !== undefined && !isMissing("venue"),
    tickets: event !== undefined && !isMissing("tiers", "places", "categories"),
    sale: event !== undefined && !isMissing("venue", "tiers", "places", "categories", "times", "sales-over"),
    publish: event?.status === "published",
  };
  return setupSteps.map((id) => ({ id, isDone: done[id] }));
}

/** Where an unfinished event is gone on with. */
export function nextStep(event: OwnEvent): SetupStep {
  return stepsOf(event).find(({ isDone }) => !isDone)?.id ?? "publish";
}
