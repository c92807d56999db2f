import type { components } from "@/api/schema";
import { fromBase64, idOfBytes, numberAt, bytesOfId } from "./bytes";

type Part = components["schemas"]["DoorTicketPart"];
export type Entry = components["schemas"]["PreviousScan"];

/** A part as it is kept: small enough to be read at once, and no object a ticket. */
export interface StoredPart {
  number: number;
  ids: Uint8Array<ArrayBuffer>;
  references: Uint8Array<ArrayBuffer>;
  codes: Uint8Array<ArrayBuffer>;
  tiers: Uint16Array<ArrayBuffer>;
  counters: Uint16Array<ArrayBuffer>;
  labels: string[];
  names: string[] | undefined;
  cancelled: number[];
  disputed: number[];
  inside: { number: number; entry: Entry }[];
  wentOut: number[];
}

export function storedPart(number: number, part: Part): StoredPart {
  return {
    number,
    ids: fromBase64(part.ids),
    references: fromBase64(part.references),
    codes: fromBase64(part.codes),
    tiers: Uint16Array.from(part.tiers),
    counters: Uint16Array.from(part.counters),
    labels: part.labels,
    names: part.names ?? undefined,
    cancelled: part.cancelled,
    disputed: part.disputed,
    inside: part.inside,
    wentOut: part.wentOut,
  };
}

/** What has happened with a ticket since its list was loaded. */
export interface Mark {
  /** The ticket's id, or what its signed code names where it is not on the list. */
  ticket: string;
  inside: Entry | undefined;
  admitted: boolean;
  counter?: number;
}

export interface ListedTicket {
  index: number;
  id: string;
  tier: number;
  label: string;
  name: string | undefined;
  isCancelled: boolean;
  isDisputed: boolean;
  counter: number;
  inside: Entry | undefined;
  admitted: boolean;
}

const idBytes = 16;
const hashBytes = 6;
const outside = 0;
const insideNow = 1;
const wentOut = 2;

/** The event's tickets in memory: some 100 bytes each, found by hash. */
export class DoorList {
  readonly size: number;
  #parts: { part: StoredPart; start: number }[] = [];
  #byReference = new Map<number, number>();
  #byCode = new Map<number, number>();
  #byId = new Map<number, number>();
  #states: Uint8Array;
  #cancelled: Uint8Array;
  #disputed = new Set<number>();
  #counters: Uint16Array;
  #entries = new Map<number, Entry>();
  /** Tickets that were sold after the list was loaded, by what their codes name. */
  #unlisted = new Map<string, Mark>();
  #counts = { tickets: 0, admitted: 0, inside: 0 };

  constructor(parts: StoredPart[]) {
    this.size = parts.reduce((sum, part) => sum + part.tiers.length, 0);
    this.#states = new Uint8Array(this.size);
    this.#cancelled = new Uint8Array(this.size);
    this.#counters = new Uint16Array(this.size);
    let start = 0;
    for (const part of parts) {
      this.#add(part, start);
      start += part.tiers.length;
    }
    this.#counts.tickets = this.size - this.#cancelled.reduce((sum, one) => sum + one, 0);
  }

  get counts(): { tickets: number; admitted: number; inside: number } {
    return { ...this.#counts };
  }

  findByReference(hash: number): ListedTicket | undefined {
    return this.#at(this.#byReference.get(hash));
  }

  findByCode(hash: number): ListedTicket | undefined {
    return this.#at(this.#byCode.get(hash));
  }

  findById(id: string): ListedTicket | undefined {
    const found = this.#at(this.#byId.get(numberAt(bytesOfId(id), idBytes - hashBytes)));
    return found?.id === id ? found : undefined;
  }

  /** What is known of a ticket that is not on the list. */
  findUnlisted(reference: string): Mark | undefined {
    return this.#unlisted.get(reference);
  }

  /** Tickets whose buyer's name or seat has all the words, at most so many. */
  search(words: string, most: number): ListedTicket[] {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found: ListedTicket[] = [];
    for (const { part, start } of this.#parts) {
      for (let i = 0; i < part.tiers.length && found.length < most; i++) {
        const text = `${part.names?.[i] ?? ""} ${part.labels[i] ?? ""}`.toLocaleLowerCase();
        if (!wanted.every((word) => text.includes(word))) continue;
        const ticket = this.#at(start + i);
        if (ticket !== undefined) found.push(ticket);
      }
    }
    return found;
  }

  /** Takes what has happened with a ticket; the last word stands. */
  apply(mark: Mark): void {
    const ticket = mark.ticket.length === 36 ? this.findById(mark.ticket) : undefined;
    if (ticket === undefined) {
      const before = this.#unlisted.get(mark.ticket);
      this.#count(before?.admitted ?? false, before?.inside !== undefined, mark.admitted, mark.inside !== undefined);
      this.#unlisted.set(mark.ticket, mark);
      return;
    }
    if (mark.counter !== undefined) this.#counters[ticket.index] = mark.counter;
    const isInside = mark.inside !== undefined;
    if (!ticket.isCancelled) this.#count(ticket.admitted, ticket.inside !== undefined, mark.admitted, isInside);
    this.#states[ticket.index] = isInside ? insideNow : mark.admitted ? wentOut : outside;
    if (mark.inside === undefined) this.#entries.delete(ticket.index);
    else this.#entries.set(ticket.index, mark.inside);
  }

  #add(part: StoredPart, start: number): void {
    this.#parts.push({ part, start });
    for (let i = 0; i < part.tiers.length; i++) {
      this.#byReference.set(numberAt(part.references, i * hashBytes), start + i);
      this.#byCode.set(numberAt(part.codes, i * hashBytes), start + i);
      this.#byId.set(numberAt(part.ids, (i + 1) * idBytes - hashBytes), start + i);
    }
    this.#counters.set(part.counters, start);
    for (const i of part.cancelled) this.#cancelled[start + i] = 1;
    for (const i of part.disputed) this.#disputed.add(start + i);
    for (const { number, entry } of part.inside) {
      this.#states[start + number] = insideNow;
      this.#entries.set(start + number, entry);
      if (this.#cancelled[start + number] === 0) this.#count(false, false, true, true);
    }
    for (const number of part.wentOut) {
      this.#states[start + number] = wentOut;
      if (this.#cancelled[start + number] === 0) this.#count(false, false, true, false);
    }
  }

  #count(wasAdmitted: boolean, wasInside: boolean, isAdmitted: boolean, isInside: boolean): void {
    this.#counts.admitted += Number(isAdmitted) - Number(wasAdmitted);
    this.#counts.inside += Number(isInside) - Number(wasInside);
  }

  #at(index: number | undefined): ListedTicket | undefined {
    const place = this.#parts.findLast(({ start }) => index !== undefined && start <= index);
    if (index === undefined || place === undefined) return undefined;
    const i = index - place.start;
    const { part } = place;
    return {
      index,
      id: idOfBytes(part.ids.subarray(i * idBytes, (i + 1) * idBytes)),
      tier: part.tiers[i] ?? 0,
      label: part.labels[i] ?? "",
      name: part.names?.[i] || undefined,
      isCancelled: this.#cancelled[index] === 1,
      isDisputed: this.#disputed.has(index),
      counter: this.#counters[index] ?? 0,
      inside: this.#entries.get(index),
      admitted: this.#states[index] !== outside,
    };
  }
}
