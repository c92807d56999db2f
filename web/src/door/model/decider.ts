import type { components } from "@/api/schema";
import { numberAt } from "./bytes";
import { hashOf } from "./hash";
import { unlistedKey, type DoorList, type Entry, type ListedTicket } from "./list";
import { outcomeOf, type Outcome, type ScanKind } from "./rules";
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
  previous?: Entry | undefined;
  otherEvent?: string | undefined;
}

interface Found {
  ticket?: ListedTicket | undefined;
  mark?: string;
  counter?: number;
  inside?: Entry | undefined;
  refusal?: Outcome;
  otherEvent?: string;
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

  async decide(
    scanned: { code: string } | { ticketId: string },
    kind: ScanKind,
    keys: readonly TicketKey[],
  ): Promise<Verdict> {
    const { ticket, mark, counter, inside, refusal, otherEvent } =
      "code" in scanned ? await this.#findCode(scanned.code, keys) : ofTicket(this.#list().findById(scanned.ticketId));
    const outcome = mark === undefined ? (refusal ?? "notFound") : outcomeOf(kind, refusal, inside !== undefined);
    return { outcome, kind, ticket, mark, counter, previous: inside, otherEvent };
  }

  async #findCode(text: string, keys: readonly TicketKey[]): Promise<Found> {
    const signed = readSignedCode(compact(text));
    if (signed !== undefined) return this.#findSigned(signed, keys);
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
