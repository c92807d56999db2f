import { originOf, type PlanDocument, type Point, type Row, type Seat } from "./document";
import { mapRows } from "./edit";
import { rowsOf, type Selection } from "./selection";

/** How rows or seats are called, one after another. */
export type SchemeKind = "numbers" | "odd" | "even" | "middle" | "letters" | "lettersWithoutIO" | "list";
export const schemeKinds: readonly SchemeKind[] = [
  "numbers",
  "odd",
  "even",
  "middle",
  "letters",
  "lettersWithoutIO",
  "list",
];

export interface Scheme {
  kind: SchemeKind;
  /** Where it begins: the number, or the place in the alphabet, from 1. */
  start: number;
  isReversed: boolean;
  /** For "list": what the names are, until they are used up; then numbers go on. */
  list: readonly string[];
  /** Before each: "B" for B1, B2. */
  prefix: string;
}

export const plainNumbers: Scheme = { kind: "numbers", start: 1, isReversed: false, list: [], prefix: "" };
export const plainLetters: Scheme = { ...plainNumbers, kind: "lettersWithoutIO" };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A … Z, AA … AZ, BA …, as columns of a spreadsheet. */
export function letterOf(index: number, letters = alphabet): string {
  let name = "";
  for (let rest = index; rest >= 0; rest = Math.floor(rest / letters.length) - 1) {
    name = (letters[rest % letters.length] as string) + name;
  }
  return name;
}

/** The names of so many, in order. */
export function namesOf(scheme: Scheme, count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => scheme.prefix + nameOf(scheme, index, count));
  return scheme.isReversed ? names.reverse() : names;
}

function nameOf({ kind, start, list }: Scheme, index: number, count: number): string {
  switch (kind) {
    case "numbers":
      return String(start + index);
    case "odd":
      return String((start % 2 === 0 ? start + 1 : start) + 2 * index);
    case "even":
      return String((start % 2 === 0 ? start : start + 1) + 2 * index);
    case "middle": {
      // Odd numbers run to the left from the middle, even ones to the right: 5 3 1 2 4.
      const left = Math.ceil(count / 2);
      return String(index < left ? start + 2 * (left - 1 - index) : start + 1 + 2 * (index - left));
    }
    case "letters":
      return letterOf(start - 1 + index);
    case "lettersWithoutIO":
      return letterOf(start - 1 + index, alphabet.replace(/[IO]/g, ""));
    case "list":
      return list[start - 1 + index] ?? String(start + index);
  }
}

/** A row's seats as the eye goes along it: from the left, of an upright row from the top; a table's as they stand. */
export function seatsAlong(row: Row): readonly Seat[] {
  const { seats } = row;
  const [first, last] = [seats[0], seats.at(-1)];
  if (first === undefined || last === undefined || seats.length < 2) return seats;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  const isUpright = Math.abs(dy) > Math.abs(dx) * 4;
  return (isUpright ? dy : dx) < 0 ? [...seats].reverse() : seats;
}

export interface Renumbering {
  /** Undefined: rows keep their names. */
  rows: Scheme | undefined;
  /** Undefined: seats keep their numbers. */
  seats: Scheme | undefined;
  /** Rows are named from the last to the first. */
  isFromBack: boolean;
  /** Seats go on counting in the next row. */
  goesOn: boolean;
}

export interface Numbered {
  row: Row;
  name: string;
  /** Of the selected seats, in the order in which they stand. */
  numbers: ReadonlyMap<number, string>;
}

/** What renumbering would name the selected rows and seats. */
export function previewNumbers(document: PlanDocument, selection: Selection, renumbering: Renumbering): Numbered[] {
  const rows = rowsOf(document, selection);
  if (renumbering.isFromBack) rows.reverse();
  const names = renumbering.rows && namesOf(renumbering.rows, rows.length);
  let start = renumbering.seats?.start ?? 1;
  return rows.map(({ row, seats }, index): Numbered => {
    const chosen = new Set(seats);
    const along = seatsAlong(row).filter((seat) => chosen.has(seat));
    const numbers = renumbering.seats && namesOf({ ...renumbering.seats, start }, along.length);
    if (renumbering.goesOn) start += along.length;
    return {
      row,
      name: names?.[index] ?? row.number,
      numbers: new Map(along.map((seat, place) => [seat.key, numbers?.[place] ?? seat.number])),
    };
  });
}

export function renumber(document: PlanDocument, selection: Selection, renumbering: Renumbering): PlanDocument {
  const numbered = new Map(previewNumbers(document, selection, renumbering).map((one) => [one.row.key, one] as const));
  return mapRows(document, (row) => {
    const one = numbered.get(row.key);
    if (one === undefined) return row;
    const isSame =
      one.name === row.number && row.seats.every(({ key, number }) => (one.numbers.get(key) ?? number) === number);
    if (isSame) return row;
    return {
      ...row,
      number: one.name,
      seats: row.seats.map((seat) => ({ ...seat, number: one.numbers.get(seat.key) ?? seat.number })),
    };
  });
}

/** Where a seat stands on the sheet. */
export function placeOf(document: PlanDocument, key: number): Point | undefined {
  for (const zone of document.zones) {
    for (const row of zone.rows) {
      const seat = row.seats.find((one) => one.key === key);
      if (seat === undefined) continue;
      const origin = originOf(zone, row);
      return { x: origin.x + seat.x, y: origin.y + seat.y };
    }
  }
  return undefined;
}
