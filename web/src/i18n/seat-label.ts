import type { SeatNames } from "./seat-names";

/** "Orchestra, row C, seat 14", as the server writes the names of seats. */
const written = /^(?:(?<section>.+), )?(?<kind>row|table|box) (?<row>[^,]+), (?<seat>seat|chair) (?<number>[^,]+)$/;

/**
 * The name of a booked place in the visitor's language. A booking has only the whole name; where the organiser calls
 * seats by other words it stays as it is.
 */
export function seatLabel(text: string, names: SeatNames): string {
  const parts = written.exec(text)?.groups;
  if (parts === undefined) return names.place(text);
  const { kind = "", row = "", seat = "", number = "" } = parts;
  const section = names.place(parts.section ?? "");
  const own = `${kind} ${row}`;
  const label = section === "" ? own : `${section}, ${own}`;
  return names.seat({ row: { section, name: row, label, seatFormat: `${seat} %s` }, number });
}
