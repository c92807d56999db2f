import { local, readStored, writeStored } from "@/lib/storage";
import { session } from "./session";

/** A place in an event's waiting room: the server keeps none for guests, so this is all there is of it. */
export interface QueuePass {
  pass: string;
  era: number;
  /** The number of who came after the draw. */
  number?: number;
}

/** The right to book, until a time. */
export interface QueueAdmission {
  token: string;
  expiresAt: string;
}

interface Kept extends Partial<QueuePass>, Partial<QueueAdmission> {
  buyerId: string;
}

const passSlot = (eventId: string): string => `onsale.pass.${eventId}`;
const admissionSlot = (eventId: string): string => `onsale.admission.${eventId}`;

function buyerNow(): string | undefined {
  const current = session.get();
  return current.status === "signedIn" ? current.user.id : undefined;
}

/** What one buyer was given is worth nothing to the next in this browser. */
function read(slot: string): Kept | undefined {
  const kept = readStored<Kept>(local, slot);
  return typeof kept === "object" && kept !== null && kept.buyerId === buyerNow() ? kept : undefined;
}

export function keptPass(eventId: string, era: number): QueuePass | undefined {
  const kept = read(passSlot(eventId));
  if (typeof kept?.pass !== "string" || kept.era !== era) return undefined;
  return { pass: kept.pass, era, ...(typeof kept.number === "number" ? { number: kept.number } : {}) };
}

export function keepPass(eventId: string, pass: QueuePass | undefined): void {
  const buyerId = buyerNow();
  writeStored(local, passSlot(eventId), pass === undefined || buyerId === undefined ? undefined : { ...pass, buyerId });
}

/** The admission that can still be used. */
export function keptAdmission(eventId: string, nowMs: number): QueueAdmission | undefined {
  const kept = read(admissionSlot(eventId));
  if (typeof kept?.token !== "string" || typeof kept.expiresAt !== "string") return undefined;
  return Date.parse(kept.expiresAt) > nowMs ? { token: kept.token, expiresAt: kept.expiresAt } : undefined;
}

export function keepAdmission(eventId: string, admission: QueueAdmission | undefined): void {
  const buyerId = buyerNow();
  writeStored(
    local,
    admissionSlot(eventId),
    admission === undefined || buyerId === undefined ? undefined : { ...admission, buyerId },
  );
}

/** The header of a hold, where there is an admission. */
export function admissionHeader(eventId: string, nowMs: number): Record<string, string> {
  const admission = keptAdmission(eventId, nowMs);
  return admission === undefined ? {} : { "Queue-Admission": admission.token };
}
