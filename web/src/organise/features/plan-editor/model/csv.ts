import { defaultPitch, defaultRowPitch, newRow, newSeat, newZone, type PlanDocument } from "./document";
import type { Change } from "./draw";
import { boxOfPlan } from "./geometry";
import { addCategory } from "./mean";
import { selectionOf } from "./selection";
import { seatCountOf } from "./document";

/** One line of a list of seats. */
export interface ListedSeat {
  section: string;
  row: string;
  seat: string;
  /** "" where the list has no such column. */
  category: string;
}

export interface SeatListReading {
  seats: readonly ListedSeat[];
  faults: readonly { line: number; reason: "columns" | "empty" | "same" | "quote" | "many" }[];
}

const mostSeats = 100_000;
const mostFaults = 20;
const headers = ["section", "row", "seat", "category"];

/** Reads section,row,seat[,category] with or without a first line of names; comma, semicolon or tab (RFC 4180). */
export function readSeatList(text: string): SeatListReading {
  const { records, brokenAt } = readCsv(text.replace(/^\uFEFF/, ""));
  const faults: { line: number; reason: "columns" | "empty" | "same" | "quote" | "many" }[] = [];
  if (brokenAt !== undefined) faults.push({ line: brokenAt, reason: "quote" });
  const first = records[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const hasHeader = first.includes("section") && first.includes("seat");
  const places = headers.map((name, index) => (hasHeader ? first.indexOf(name) : index));
  const seats: ListedSeat[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of hasHeader ? records.slice(1) : records) {
    const [section = "", row = "", seat = "", category = ""] = places.map((place) => (cells[place] ?? "").trim());
    const label = JSON.stringify([section, row, seat]);
    const reason =
      cells.length < 3 ? "columns" : row === "" || seat === "" ? "empty" : seen.has(label) ? "same" : undefined;
    if (reason !== undefined) {
      if (faults.length < mostFaults) faults.push({ line, reason });
      continue;
    }
    if (seats.length >= mostSeats) {
      faults.push({ line, reason: "many" });
      break;
    }
    seen.add(label);
    seats.push({ section, row, seat, category });
  }
  return { seats, faults };
}

function readCsv(text: string): { records: { line: number; cells: string[] }[]; brokenAt: number | undefined } {
  const firstLine = text.split(/\r?\n/, 1)[0] ?? "";
  const separator = ["\t", ";", ","].find((candidate) => firstLine.includes(candidate)) ?? ",";
  const records: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let [cell, isQuoted, line, startedAt] = ["", false, 1, 1];
  const endRecord = (): void => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== "")) records.push({ line: startedAt, cells });
    [cells, cell, startedAt] = [[], "", line];
  };
  for (let index = 0; index < text.length; index++) {
    const c = text[index] as string;
    if (c === "\n") line += 1;
    if (isQuoted) {
      if (c !== '"') cell += c;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else isQuoted = false;
    } else if (c === '"' && cell === "") isQuoted = true;
    else if (c === separator) {
      cells.push(cell);
      cell = "";
    } else if (c === "\n") endRecord();
    else if (c !== "\r") cell += c;
  }
  const brokenAt = isQuoted ? startedAt : undefined;
  if (cell !== "" || cells.length > 0) endRecord();
  return { records, brokenAt };
}

/** Section by section below one another, each with its rows from front to back; where they stand is to be drawn. */
export function addSeatList(document: PlanDocument, seats: readonly ListedSeat[], category: string): Change {
  const sections = new Map<string, Map<string, ListedSeat[]>>();
  for (const seat of seats) {
    const rows = sections.get(seat.section) ?? new Map<string, ListedSeat[]>();
    sections.set(seat.section, rows);
    const inRow = rows.get(seat.row) ?? [];
    rows.set(seat.row, inRow);
    inRow.push(seat);
  }
  let changed = document;
  for (const name of new Set(seats.map((seat) => seat.category))) {
    if (name !== "" && !changed.categories.some((one) => one.name === name))
      changed = addCategory(changed, { name, color: undefined, rest: undefined });
  }
  const left = 100;
  let top = seatCountOf(document) === 0 ? 100 : boxOfPlan(document).bottom + 2 * defaultRowPitch;
  const keys: number[] = [];
  const zones = [...changed.zones];
  for (const [name, rows] of sections) {
    const at = zones.findIndex((zone) => (zone.name ?? "") === name);
    const zone = zones[at] ?? newZone(name);
    const made = [...rows].map(([row, listed], index) =>
      newRow(
        row,
        listed.map((one, place) => {
          const seat = newSeat(
            one.seat,
            { x: place * defaultPitch, y: 0 },
            one.category === "" ? category : one.category,
          );
          keys.push(seat.key);
          return seat;
        }),
        { x: left - zone.at.x, y: top + index * defaultRowPitch - zone.at.y },
      ),
    );
    const filled = { ...zone, rows: [...zone.rows, ...made] };
    if (at < 0) zones.push(filled);
    else zones[at] = filled;
    top += (rows.size + 1.5) * defaultRowPitch;
  }
  return { document: { ...changed, zones }, selection: selectionOf(keys) };
}
