import type { SeatNames } from "./seat-names";

/** "Orchestra, row C, seat 14", as the server writes the names of seats. */
const label = /^(?<section>.+), (?<kind>row|table|box) (?<row>[^,]+), (?<seat>seat|chair) (?<number>[^,]+)$/;

/**
 * The name of a booked seat in the visitor's language. A booking has only the whole name; where the organiser calls
 * seats by other words it stays as it is.
 */
export function seatLabel(text: string, names: SeatNames): string {
  const parts = label.exec(text)?.groups;
  if (parts === undefined) return text;
  const { section = "", kind = "", row = "", seat = "", number = "" } = parts;
  return names.seat({
    row: { section, name: row, label: `${section}, ${kind} ${row}`, seatFormat: `${seat} %s` },
    number,
  });
}
