import type { components } from "@/api/schema";
import { fromBase64, idOfBytes, numberAt, numberBytes, bytesOfId } from "./bytes";

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
  /** The ticket's id, or what stands for it where it is not on the list (see unlistedKey). */
  ticket: string;
  inside: Entry | undefined;
  admitted: boolean;
  counter?: number;
  /** By which step of a rotating code somebody came in last, whether or not they have left. */
  step?: number;
}

export interface ListedTicket {
  index: number;
  id: string;
  tier: number;
  label: string;
  name: string | undefined;
  isCancelled: boolean;
  isDisputed: boolean;
  /** How often it has changed hands. */
  counter: number;
  /** The same when the list was made, whose typed code is that holder's. */
  listedCounter: number;
  inside: Entry | undefined;
  admitted: boolean;
}

/** By what a ticket is remembered that is not on the list yet: it is found again when the list has it. */
export function unlistedKey(reference: number): string {
  return `#${String(reference)}`;
}

interface Row {
  part: StoredPart;
  /** Which of the part's tickets. */
  at: number;
}

/** Smaller parts are held ticket by ticket: there may be many of them. */
const wholePartTickets = 1_000;
const idBytes = 16;
const outside = 0;
const insideNow = 1;
const wentOut = 2;

/** The event's tickets in memory: some 100 bytes each, found by hash. */
export class DoorList {
  #size = 0;
  #parts: { part: StoredPart; start: number }[] = [];
  /** Tickets that came later or were told anew, by their numbers here. */
  #rows = new Map<number, Row>();
  #byReference = new Map<number, number>();
  #byCode = new Map<number, number>();
  #byId = new Map<number, number>();
  #states = new Uint8Array();
  #cancelled = new Uint8Array();
  #disputed = new Set<number>();
  #counters = new Uint16Array();
  #entries = new Map<number, Entry>();
  #steps = new Map<number, number>();
  /** Tickets that were sold after the list was loaded, by what their codes name. */
  #unlisted = new Map<string, Mark>();
  #counts = { tickets: 0, admitted: 0, inside: 0 };

  constructor(parts: StoredPart[]) {
    this.#makeRoom(parts.reduce((sum, part) => sum + part.tiers.length, 0));
    for (const part of parts) this.add(part);
  }

  get size(): number {
    return this.#size;
  }

  get counts(): { tickets: number; admitted: number; inside: number } {
    return { ...this.#counts };
  }

  findByReference(hash: number): ListedTicket | undefined {
    return this.#at(this.#byReference.get(hash));
  }

  /** By all of a code's hash: a device admits nobody for a part of it. */
  findByCode(hash: Uint8Array): ListedTicket | undefined {
    const index = this.#byCode.get(numberAt(hash, 0));
    const row = this.#rowOf(index);
    if (row === undefined) return undefined;
    const bytes = row.part.codes.length / row.part.tiers.length;
    const isSame = row.part.codes.subarray(row.at * bytes, (row.at + 1) * bytes).every((byte, i) => byte === hash[i]);
    return isSame ? this.#at(index) : undefined;
  }

  findById(id: string): ListedTicket | undefined {
    const found = this.#at(this.#byId.get(numberAt(bytesOfId(id), idBytes - numberBytes)));
    return found?.id === id ? found : undefined;
  }

  /** What is known of a ticket that is not on the list. */
  findUnlisted(reference: number): Mark | undefined {
    return this.#unlisted.get(unlistedKey(reference));
  }

  /** How often the ticket of a mark has changed hands, as far as the device knows. */
  counterOf(mark: string): number {
    return this.#marked(mark)?.counter ?? this.#unlisted.get(mark)?.counter ?? 0;
  }

  /** By which step of a rotating code somebody came in last with the ticket of a mark. */
  stepOf(mark: string): number | undefined {
    const ticket = this.#marked(mark);
    return ticket === undefined ? this.#unlisted.get(mark)?.step : this.#steps.get(ticket.index);
  }

  /** The id of the ticket that a mark is of, as far as the list has it. */
  idOf(mark: string): string {
    return this.#marked(mark)?.id ?? mark;
  }

  /** Tickets whose buyer's name or seat has all the words, at most so many. */
  search(words: string, most: number): ListedTicket[] {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found: ListedTicket[] = [];
    const look = (part: StoredPart, at: number, index: number) => {
      const text = `${part.names?.[at] ?? ""} ${part.labels[at] ?? ""}`.toLocaleLowerCase();
      const ticket = wanted.every((word) => text.includes(word)) ? this.#at(index) : undefined;
      if (ticket !== undefined) found.push(ticket);
    };
    for (const { part, start } of this.#parts)
      for (let i = 0; i < part.tiers.length && found.length < most; i++)
        if (!this.#rows.has(start + i)) look(part, i, start + i);
    for (const [index, { part, at }] of this.#rows) if (found.length < most) look(part, at, index);
    return found;
  }

  /** Takes what has happened with a ticket; the last word stands. */
  apply(mark: Mark): void {
    const ticket = this.#marked(mark.ticket);
    if (ticket === undefined) {
      const before = this.#unlisted.get(mark.ticket);
      this.#count(before?.admitted ?? false, before?.inside !== undefined, mark.admitted, mark.inside !== undefined);
      this.#unlisted.set(mark.ticket, mark);
      return;
    }
    // A mark may be older than what the list says of who holds the ticket.
    if (mark.counter !== undefined)
      this.#counters[ticket.index] = Math.max(mark.counter, this.#counters[ticket.index] ?? 0);
    const isInside = mark.inside !== undefined;
    if (!ticket.isCancelled) this.#count(ticket.admitted, ticket.inside !== undefined, mark.admitted, isInside);
    this.#states[ticket.index] = isInside ? insideNow : mark.admitted ? wentOut : outside;
    if (mark.inside === undefined) this.#entries.delete(ticket.index);
    else this.#entries.set(ticket.index, mark.inside);
    if (mark.step === undefined) this.#steps.delete(ticket.index);
    else this.#steps.set(ticket.index, mark.step);
  }

  /** Adds a part; what it says of tickets that are known stands in place of what was said before. */
  add(part: StoredPart): void {
    const count = part.tiers.length;
    const known: (number | undefined)[] = [];
    for (let i = 0; i < count; i++) known.push(this.#knownAs(part, i));
    const isWhole = count >= wholePartTickets && known.every((index) => index === undefined);
    if (isWhole) this.#parts.push({ part, start: this.#size });
    this.#makeRoom(this.#size + count);
    const [cancelled, disputed] = [new Set(part.cancelled), new Set(part.disputed)];
    const inside = new Map(part.inside.map(({ number, entry }) => [number, entry]));
    const wentOut = new Set(part.wentOut);
    for (let i = 0; i < count; i++) {
      const index = known[i] ?? this.#size++;
      if (!isWhole) this.#rows.set(index, { part, at: i });
      this.#replaceStanding(index, cancelled.has(i), disputed.has(i), part.counters[i] ?? 0, known[i] === undefined);
      this.#byCode.set(numberAt(part.codes, (i * part.codes.length) / count), index);
      if (known[i] !== undefined) continue;
      this.#byReference.set(numberAt(part.references, i * numberBytes), index);
      this.#byId.set(numberAt(part.ids, (i + 1) * idBytes - numberBytes), index);
      this.#enter(index, inside.get(i), wentOut.has(i));
      if (this.#unlisted.size > 0) this.#recall(part, i);
    }
  }

  /** Under which number a part's ticket is here already. */
  #knownAs(part: StoredPart, i: number): number | undefined {
    const index = this.#byId.get(numberAt(part.ids, (i + 1) * idBytes - numberBytes));
    const row = this.#rowOf(index);
    if (row === undefined) return undefined;
    const id = part.ids.subarray(i * idBytes, (i + 1) * idBytes);
    return id.every((byte, at) => byte === row.part.ids[row.at * idBytes + at]) ? index : undefined;
  }

  #replaceStanding(index: number, isCancelled: boolean, isDisputed: boolean, counter: number, isNew: boolean): void {
    const wasCounted = !isNew && this.#cancelled[index] === 0;
    const sign = Number(!isCancelled) - Number(wasCounted);
    this.#counts.tickets += sign;
    // Those who came in with a ticket that was cancelled later are counted no more.
    this.#counts.admitted += sign * Number(this.#states[index] !== outside);
    this.#counts.inside += sign * Number(this.#states[index] === insideNow);
    this.#cancelled[index] = Number(isCancelled);
    if (isDisputed) this.#disputed.add(index);
    else this.#disputed.delete(index);
    this.#counters[index] = Math.max(counter, this.#counters[index] ?? 0);
  }

  #enter(index: number, entry: Entry | undefined, hasLeft: boolean): void {
    if (entry === undefined && !hasLeft) return;
    this.#states[index] = entry === undefined ? wentOut : insideNow;
    if (entry !== undefined) this.#entries.set(index, entry);
    if (this.#cancelled[index] === 0) this.#count(false, false, true, entry !== undefined);
  }

  /** Takes what happened here with a ticket before the list had it. */
  #recall(part: StoredPart, i: number): void {
    const id = idOfBytes(part.ids.subarray(i * idBytes, (i + 1) * idBytes));
    for (const key of [unlistedKey(numberAt(part.references, i * numberBytes)), id]) {
      const mark = this.#unlisted.get(key);
      if (mark === undefined) continue;
      this.#unlisted.delete(key);
      this.#count(mark.admitted, mark.inside !== undefined, false, false);
      this.apply(mark);
    }
  }

  #marked(key: string): ListedTicket | undefined {
    return key.startsWith("#") ? this.findByReference(Number(key.slice(1))) : this.findById(key);
  }

  #makeRoom(size: number): void {
    if (size <= this.#states.length) return;
    const room = Math.max(size, 2 * this.#states.length);
    const grown = [new Uint8Array(room), new Uint8Array(room), new Uint16Array(room)] as const;
    grown[0].set(this.#states);
    grown[1].set(this.#cancelled);
    grown[2].set(this.#counters);
    [this.#states, this.#cancelled, this.#counters] = grown;
  }

  #count(wasAdmitted: boolean, wasInside: boolean, isAdmitted: boolean, isInside: boolean): void {
    this.#counts.admitted += Number(isAdmitted) - Number(wasAdmitted);
    this.#counts.inside += Number(isInside) - Number(wasInside);
  }

  #rowOf(index: number | undefined): Row | undefined {
    if (index === undefined) return undefined;
    const row = this.#rows.get(index);
    if (row !== undefined) return row;
    const place = this.#parts.findLast(({ start }) => start <= index);
    return place === undefined ? undefined : { part: place.part, at: index - place.start };
  }

  #at(index: number | undefined): ListedTicket | undefined {
    const row = this.#rowOf(index);
    if (index === undefined || row === undefined) return undefined;
    const { part, at } = row;
    return {
      index,
      id: idOfBytes(part.ids.subarray(at * idBytes, (at + 1) * idBytes)),
      tier: part.tiers[at] ?? 0,
      label: part.labels[at] ?? "",
      name: part.names?.[at] || undefined,
      isCancelled: this.#cancelled[index] === 1,
      isDisputed: this.#disputed.has(index),
      counter: this.#counters[index] ?? 0,
      listedCounter: part.counters[at] ?? 0,
      inside: this.#entries.get(index),
      admitted: this.#states[index] !== outside,
    };
  }
}
