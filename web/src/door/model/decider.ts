import type { components } from "@/api/schema";
import { numberAt } from "./bytes";
import { hashOf } from "./hash";
import { unlistedKey, type DoorList, type Entry, type ListedTicket } from "./list";
import { outcomeOf, refusalOfStep, stepMs, type Outcome, type ScanKind } from "./rules";
import {
  compact,
  eventHintOf,
  isTypedCode,
  makeVerifier,
  normalise,
  readSignedCode,
  type SignedCode,
  type Verifier,
} from "./signed-code";

type TicketKey = components["schemas"]["TicketKey"];
type DoorEvent = components["schemas"]["DoorEvent"];

/** What the door says of a scan. */
export interface Verdict {
  outcome: Outcome;
  kind: ScanKind;
  /** The ticket, where it is on the list. */
  ticket?: ListedTicket | undefined;
  /** By what the ticket is remembered; absent: there is none to remember. */
  mark?: string | undefined;
  /** The counter of a code that is newer than the list. */
  counter?: number | undefined;
  /** When a code that rotates was shown. */
  step?: number | undefined;
  previous?: Entry | undefined;
  otherEvent?: string | undefined;
}

interface Found {
  ticket?: ListedTicket | undefined;
  mark?: string;
  counter?: number;
  step?: number;
  inside?: Entry | undefined;
  refusal?: Outcome;
  otherEvent?: string;
}

/** By what a scan is decided beside the list. */
export interface Standing {
  keys: readonly TicketKey[];
  /** Whether only codes that rotate admit. */
  rotatingCodes: boolean;
  /** The server's time, ms. */
  now: number;
}

/** Decides scans by what is on the device: signature first, then the list, then what has happened. */
export class Decider {
  readonly #event: DoorEvent;
  readonly #list: () => DoorList;
  readonly #hint: number;
  readonly #verifiers = new Map<string, Promise<Verifier>>();

  constructor(event: DoorEvent, list: () => DoorList) {
    this.#event = event;
    this.#list = list;
    this.#hint = eventHintOf(event.eventId);
  }

  async decide(scanned: { code: string } | { ticketId: string }, kind: ScanKind, standing: Standing): Promise<Verdict> {
    const found =
      "code" in scanned
        ? this.#asShown(await this.#findCode(scanned.code, standing.keys), standing)
        : ofTicket(this.#list().findById(scanned.ticketId));
    const { ticket, mark, counter, step, inside, refusal, otherEvent } = found;
    const outcome = mark === undefined ? (refusal ?? "notFound") : outcomeOf(kind, refusal, inside !== undefined);
    return { outcome, kind, ticket, mark, counter, step, previous: inside, otherEvent };
  }

  /** Whether a code that is good is also shown as it has to be, and now. */
  #asShown(found: Found, { rotatingCodes, now }: Standing): Found {
    const { mark, step, inside, refusal } = found;
    if (refusal !== undefined || mark === undefined) return found;
    const shown =
      step === undefined
        ? rotatingCodes
          ? "liveCodeRequired"
          : undefined
        : refusalOfStep(step, Math.floor(now / stepMs));
    if (shown !== undefined) return { ...found, refusal: shown };
    // Who is inside is told so, with when and where.
    const used = inside === undefined ? this.#list().stepOf(mark) : undefined;
    return used !== undefined && step !== undefined && step <= used ? { ...found, refusal: "codeReused" } : found;
  }

  async #findCode(text: string, keys: readonly TicketKey[]): Promise<Found> {
    const signed = readSignedCode(compact(text));
    if (signed !== undefined) {
      const found = await this.#findSigned(signed, keys);
      return signed.live === undefined ? found : { ...found, step: signed.live.step };
    }
    const typed = normalise(text);
    if (!isTypedCode(typed)) return { refusal: "notFound" };
    const ticket = this.#list().findByCode(await hashOf(this.#event.eventId, typed));
    const found = ofTicket(ticket);
    // Its next holder was here: the list does not know yet what they type.
    return ticket !== undefined && ticket.listedCounter < ticket.counter ? { ...found, refusal: "transferred" } : found;
  }

  async #findSigned(code: SignedCode, keys: readonly TicketKey[]): Promise<Found> {
    if (code.eventHint !== this.#hint) {
      const other = this.#event.others.find(({ hint }) => hint === code.eventHint);
      return other === undefined ? { refusal: "notFound" } : { refusal: "otherEvent", otherEvent: other.title };
    }
    const key = keys.find(({ number }) => number === code.key);
    if (key === undefined || !(await (await this.#verifierOf(key))(this.#event.eventId, code)))
      return { refusal: "invalidSignature" };
    const reference = numberAt(await hashOf(this.#event.eventId, code.reference), 0);
    const ticket = this.#list().findByReference(reference);
    const found = ticket === undefined ? this.#unlisted(reference) : ofTicket(ticket);
    if (key.revoked) return { ...found, refusal: "revokedKey" };
    const known = ticket?.counter ?? this.#list().findUnlisted(reference)?.counter ?? 0;
    if (code.counter < known) return { ...found, refusal: "transferred" };
    return code.counter > known || ticket === undefined ? { ...found, counter: code.counter } : found;
  }

  /** A genuine ticket that was sold after the list was loaded. */
  #unlisted(reference: number): Found {
    return { mark: unlistedKey(reference), inside: this.#list().findUnlisted(reference)?.inside };
  }

  #verifierOf({ publicKey }: TicketKey): Promise<Verifier> {
    const made = this.#verifiers.get(publicKey) ?? makeVerifier(publicKey);
    this.#verifiers.set(publicKey, made);
    return made;
  }
}

function ofTicket(ticket: ListedTicket | undefined): Found {
  if (ticket === undefined) return { refusal: "notFound" };
  return {
    ticket,
    mark: ticket.id,
    inside: ticket.inside,
    ...(ticket.isCancelled
      ? { refusal: "cancelled" as const }
      : ticket.isDisputed
        ? { refusal: "paymentDisputed" as const }
        : {}),
  };
}
