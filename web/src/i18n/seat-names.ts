import { useMemo } from "react";
import { useI18n, type Translate } from "./i18n";
import type { MessageKey } from "./messages";
import type { NamePlace } from "./place-names";

/** What a seat map says of a row. */
export interface RowParts {
  /** "Orchestra"; may be empty. */
  section: string;
  /** "C". */
  name: string;
  /** "Orchestra, row C": the section, and what the row is called. */
  label: string;
  /** "seat %s"; absent means just that. */
  seatFormat?: string | undefined;
}

export interface NumberedSeat {
  row: RowParts;
  number: string;
}

const rowKinds: Readonly<Record<string, MessageKey>> = { row: "seat.row", table: "seat.table", box: "seat.box" };
const seatKinds: Readonly<Record<string, MessageKey>> = { "seat %s": "seat.seat", "chair %s": "seat.chair" };

export type SeatNames = ReturnType<typeof makeSeatNames>;

/**
 * Names of seats from their parts. What plans usually call rows and seats is in the catalogue; an organiser's own words
 * stay as they are.
 */
export function makeSeatNames(t: Translate, list: (items: string[]) => string, place: NamePlace) {
  const isWithin = ({ section, label }: RowParts): boolean => section !== "" && label.startsWith(`${section}, `);
  /** "row C", without its section. */
  const kindOf = (row: RowParts): string => {
    const own = isWithin(row) ? row.label.slice(row.section.length + 2) : row.label;
    const kind = own.endsWith(` ${row.name}`) ? rowKinds[own.slice(0, -row.name.length - 1)] : undefined;
    return kind === undefined ? own : t(kind, { name: row.name });
  };
  const rowName = (row: RowParts): string =>
    isWithin(row) ? t("seat.within", { outer: row.section, inner: kindOf(row) }) : kindOf(row);
  const seatsOfRow = (row: RowParts, numbers: string[]): string => {
    const format = row.seatFormat ?? "seat %s";
    const kind = seatKinds[format];
    const text = list(numbers);
    const inner =
      kind === undefined ? format.replace("%s", () => text) : t(kind, { count: numbers.length, numbers: text });
    return t("seat.within", { outer: rowName(row), inner });
  };
  return {
    /** A section, or a tier of places without numbers. */
    place,
    /** "Orchestra, row C". */
    row: rowName,
    /** "Orchestra, row C, seat 14". */
    seat: ({ row, number }: NumberedSeat): string => seatsOfRow(row, [number]),
    /** "Orchestra, row C, seats 14 and 15": each row once. */
    seats: (seats: readonly NumberedSeat[]): string =>
      list(byRow(seats).map(({ row, numbers }) => seatsOfRow(row, numbers))),
    /** "Orchestra C 14–15", or "101 · row 1 · 14–15": for where there is little room. */
    short: (seats: readonly NumberedSeat[]): string =>
      byRow(seats)
        .map(({ row, numbers }) => {
          // Two numbers one after the other would be read as one.
          const isNumbered = /\d/.test(row.name);
          const parts = [row.section, isNumbered ? kindOf(row) : row.name, ranges(numbers)];
          return parts.filter((part) => part !== "").join(isNumbered ? " · " : " ");
        })
        .join(", "),
  };
}

export function useSeatNames(): SeatNames {
  const { t, format, place } = useI18n();
  return useMemo(() => makeSeatNames(t, (items) => format.list(items), place), [t, format, place]);
}

function byRow(seats: readonly NumberedSeat[]): { row: RowParts; numbers: string[] }[] {
  const rows: { row: RowParts; numbers: string[] }[] = [];
  for (const { row, number } of seats) {
    const last = rows.at(-1);
    if (last?.row.label === row.label) last.numbers.push(number);
    else rows.push({ row, numbers: [number] });
  }
  // Some rows are numbered from right to left; people count upwards.
  for (const { numbers } of rows) {
    if (numbers.every((number) => /^\d+$/.test(number))) numbers.sort((a, b) => Number(a) - Number(b));
  }
  return rows;
}

/** "4–6, 9"; what is no number stands alone. */
function ranges(numbers: readonly string[]): string {
  const parts: string[][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last !== undefined && Number(last.at(-1)) + 1 === Number(number)) last.push(number);
    else parts.push([number]);
  }
  return parts.map((part) => (part.length > 1 ? `${part[0] ?? ""}–${part.at(-1) ?? ""}` : (part[0] ?? ""))).join(", ");
}
