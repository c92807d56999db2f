import { defaultRadius, originOf, type PlanDocument, type Row, type Seat, type Zone } from "./document";
import { outlineOf, shapeOf } from "./geometry";
import { nothing, selectionOf, type Selection } from "./selection";

export type ProblemKind =
  | "noName"
  | "noSeats"
  | "noCategory"
  | "emptyCategory"
  | "sameCategory"
  | "unusedCategory"
  | "emptySeatNumber"
  | "emptyRowName"
  | "sameLabel"
  | "sameId"
  | "overlap"
  | "unnamedSection"
  | "sameSection"
  | "emptyArea"
  | "fraction";

export interface Problem {
  kind: ProblemKind;
  /** Errors keep a plan from being published; the rest a buyer would stumble over. */
  severity: "error" | "warning";
  /** JSON pointer (RFC 6901) into the document. */
  pointer: string;
  /** What to look at. */
  selection: Selection;
  /** For the words about it. */
  name: string;
  other: string;
}

/** So many of one kind are told one by one; a plan with more has one fault many times. */
export const mostProblemsOfKind = 100;

/** All that is wrong with a plan, or would be to a buyer, each with its place. */
export function checkPlan(document: PlanDocument): Problem[] {
  const checker = new Checker(document);
  return checker.run();
}

class Checker {
  readonly #document: PlanDocument;
  readonly #problems: Problem[] = [];
  readonly #counts = new Map<ProblemKind, number>();

  constructor(document: PlanDocument) {
    this.#document = document;
  }

  run(): Problem[] {
    const { name, zones } = this.#document;
    if (name.trim() === "") this.#add("noName", "error", "/name");
    if (!zones.some(({ rows }) => rows.some(({ seats }) => seats.length > 0))) this.#add("noSeats", "error", "/zones");
    this.#categories();
    this.#sections();
    this.#seats();
    this.#overlaps();
    this.#areas();
    const isError = ({ severity }: Problem): number => (severity === "error" ? 0 : 1);
    return this.#problems.sort((a, b) => isError(a) - isError(b));
  }

  #add(
    kind: ProblemKind,
    severity: Problem["severity"],
    pointer: string,
    selection: Selection = nothing,
    name = "",
    other = "",
  ): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= mostProblemsOfKind) this.#problems.push({ kind, severity, pointer, selection, name, other });
  }

  #categories(): void {
    const used = new Set<string>();
    for (const { rows } of this.#document.zones)
      for (const { seats } of rows) for (const { category } of seats) used.add(category);
    const seen = new Set<string>();
    this.#document.categories.forEach(({ name }, index) => {
      const pointer = `/categories/${index}/name`;
      if (name.trim() === "") this.#add("emptyCategory", "error", pointer);
      else if (seen.has(name)) this.#add("sameCategory", "error", pointer, nothing, name);
      else if (!used.has(name)) this.#add("unusedCategory", "warning", pointer, nothing, name);
      seen.add(name);
    });
  }

  /** The list way goes by the names of sections: two of one name, or one without among others, mislead. */
  #sections(): void {
    const withSeats = this.#document.zones.filter(({ rows }) => rows.some(({ seats }) => seats.length > 0));
    const seen = new Map<string, Zone>();
    this.#document.zones.forEach((zone, index) => {
      if (!withSeats.includes(zone)) return;
      const name = (zone.name ?? "").trim();
      const selection = selectionOf(zone.rows.flatMap(({ seats }) => seats.map(({ key }) => key)));
      if (name === "") {
        if (withSeats.length > 1) this.#add("unnamedSection", "warning", `/zones/${index}/name`, selection);
      } else if (seen.has(name)) this.#add("sameSection", "warning", `/zones/${index}/name`, selection, name);
      seen.set(name, zone);
    });
  }

  #seats(): void {
    const defined = new Set(this.#document.categories.map(({ name }) => name));
    const ids = new Map<string, Seat>();
    const labels = new Map<string, Seat>();
    this.#document.zones.forEach((zone, zoneIndex) => {
      zone.rows.forEach((row, rowIndex) => {
        const place = `/zones/${zoneIndex}/rows/${rowIndex}`;
        if (row.number.trim() === "" && row.seats.length > 0) {
          const all = selectionOf(row.seats.map(({ key }) => key));
          this.#add("emptyRowName", "error", `${place}/row_number`, all);
        }
        const prefix = `${zone.name ?? ""}\n${rowLabelOf(row)}\n${row.seatLabel ?? ""}\n`;
        row.seats.forEach((seat, seatIndex) => {
          const pointer = `${place}/seats/${seatIndex}`;
          const one = selectionOf([seat.key]);
          const name = nameOf(zone, row, seat);
          if (seat.number.trim() === "") this.#add("emptySeatNumber", "error", `${pointer}/seat_number`, one, name);
          else this.#unique(labels, prefix + seat.number, seat, "sameLabel", `${pointer}/seat_number`, name);
          if (seat.id.trim() === "" || ids.has(seat.id))
            this.#add("sameId", "error", `${pointer}/seat_guid`, one, name, seat.id);
          ids.set(seat.id, seat);
          if (!defined.has(seat.category))
            this.#add("noCategory", "error", `${pointer}/category`, one, name, seat.category);
          if (seat.radius !== undefined && !Number.isInteger(seat.radius))
            this.#add("fraction", "error", `${pointer}/radius`, one, name);
        });
      });
    });
  }

  #unique(seen: Map<string, Seat>, label: string, seat: Seat, kind: ProblemKind, pointer: string, name: string): void {
    const other = seen.get(label);
    if (other === undefined) seen.set(label, seat);
    else this.#add(kind, "error", pointer, selectionOf([other.key, seat.key]), name);
  }

  /** Neighbours in squares as wide as the largest seat: each is compared with a handful of others. */
  #overlaps(): void {
    const { zones } = this.#document;
    const cells = new Map<number, Placed[]>();
    let cell = 2 * defaultRadius;
    for (const { rows } of zones)
      for (const { seats } of rows) for (const { radius = 0 } of seats) cell = Math.max(cell, 2 * radius);
    zones.forEach((zone, zoneIndex) => {
      zone.rows.forEach((row, rowIndex) => {
        const origin = originOf(zone, row);
        row.seats.forEach((seat, seatIndex) => {
          const [x, y] = [origin.x + seat.x, origin.y + seat.y];
          const placed = { seat, zone, row, x, y, radius: seat.radius ?? defaultRadius };
          const [column, line] = [Math.floor(x / cell), Math.floor(y / cell)];
          const under = this.#firstUnder(cells, column, line, placed);
          if (under !== undefined) {
            this.#add(
              "overlap",
              "warning",
              `/zones/${zoneIndex}/rows/${rowIndex}/seats/${seatIndex}/position`,
              selectionOf([under.seat.key, seat.key]),
              nameOf(under.zone, under.row, under.seat),
              nameOf(zone, row, seat),
            );
          }
          const key = column * 4_000_037 + line;
          const others = cells.get(key);
          if (others === undefined) cells.set(key, [placed]);
          else others.push(placed);
        });
      });
    });
  }

  #firstUnder(cells: ReadonlyMap<number, Placed[]>, column: number, line: number, one: Placed): Placed | undefined {
    for (let x = column - 1; x <= column + 1; x++) {
      for (let y = line - 1; y <= line + 1; y++) {
        for (const other of cells.get(x * 4_000_037 + y) ?? []) {
          const least = (one.radius + other.radius) * overlapShare;
          if ((one.x - other.x) ** 2 + (one.y - other.y) ** 2 < least * least) return other;
        }
      }
    }
    return undefined;
  }

  #areas(): void {
    this.#document.zones.forEach((zone, zoneIndex) => {
      zone.areas?.forEach((area, index) => {
        const pointer = `/zones/${zoneIndex}/areas/${index}`;
        const one = selectionOf([], [area.key]);
        const isText = shapeOf(area) === "text" || shapeOf(area) === undefined;
        const caption = area.caption?.text.trim() ?? "";
        if (isText ? caption === "" : outlineOf(zone, area).length < 3) this.#add("emptyArea", "warning", pointer, one);
        const sizes = [area.size?.width, area.size?.height, area.radius, area.caption?.size];
        if (sizes.some((size) => size !== undefined && !Number.isInteger(size)))
          this.#add("fraction", "error", pointer, one, caption);
      });
    });
  }
}

/** Seats that touch are drawn so; those that cover a fifth of one another are a mistake. */
const overlapShare = 0.8;

interface Placed {
  seat: Seat;
  zone: Zone;
  row: Row;
  x: number;
  y: number;
  radius: number;
}

function rowLabelOf(row: Row): string {
  return row.label !== undefined && row.label.trim() !== "" ? row.label : row.number;
}

function nameOf(zone: Zone, row: Row, seat: Seat): string {
  return [zone.name ?? "", rowLabelOf(row), seat.number].filter((part) => part !== "").join(" · ");
}
