import type { components } from "@/api/schema";

export type ScanKind = components["schemas"]["ScanKind"];
export type Outcome = components["schemas"]["ScanOutcome"];

/** The rules of the door, as the server has them (DoorRules.cs); both are tested against fixtures/tickets. */
export function outcomeOf(kind: ScanKind, refusal: Outcome | undefined, isInside: boolean): Outcome {
  // Whoever is inside may always go out, and a mistake may always be taken back.
  if (kind !== "entry") return isInside ? "accepted" : "notCheckedIn";
  return refusal ?? (isInside ? "alreadyCheckedIn" : "accepted");
}

export const stepMs = 15_000;
/** A code is good during its step, the one before and the one after. */
const stepTolerance = 1;

/** Why a code that rotates is not good at a moment's step; undefined: it is. */
export function refusalOfStep(step: number, now: number): Outcome | undefined {
  if (step < now - stepTolerance) return "codeExpired";
  return step > now + stepTolerance ? "codeAhead" : undefined;
}
