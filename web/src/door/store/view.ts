import type { components } from "@/api/schema";
import { RefusedError } from "./server";

type Schemas = components["schemas"];

/** Why pairing or loading went wrong: the server's own words, where it said any. */
export interface DoorProblem {
  code: string;
  detail: string;
}

/** What the page shows. */
export interface DoorView {
  phase: "opening" | "unpaired" | "loading" | "ready" | "revoked" | "broken";
  event?: Schemas["DoorEvent"];
  device?: string;
  /** How much of the list is here. */
  loaded: number;
  counts: { tickets: number; admitted: number; inside: number };
  isOnline: boolean;
  queued: number;
  rejected: number;
  syncedAt?: number;
  /** All codes seem to be of another time: this device's clock may be wrong. */
  doubtsClock: boolean;
  gate: string;
  conflicts: Schemas["DoorConflict"][];
  problem?: DoorProblem;
}

export const nothingShown: DoorView = {
  phase: "opening",
  loaded: 0,
  counts: { tickets: 0, admitted: 0, inside: 0 },
  isOnline: false,
  queued: 0,
  rejected: 0,
  gate: "",
  conflicts: [],
  doubtsClock: false,
};

export function problemOf(error: unknown): DoorProblem {
  return error instanceof RefusedError ? { code: error.code, detail: error.message } : { code: "offline", detail: "" };
}
