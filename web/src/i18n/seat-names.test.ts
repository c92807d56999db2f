import { describe, expect, it } from "vitest";
import { formatMessage, loadCatalogue, type Language } from "./messages";
import { placeName } from "./place-names";
import { makeSeatNames, type RowParts } from "./seat-names";

async function namesIn(language: Language) {
  const catalogue = await loadCatalogue(language);
  return makeSeatNames(
    (key, parameters) => formatMessage(catalogue[key], language, parameters),
    (items) => new Intl.ListFormat(language, { type: "conjunction" }).format(items),
    (name) => placeName(name, catalogue.placeWords),
  );
}

const row: RowParts = { section: "Parkett", name: "A", label: "Parkett, row A" };
const table: RowParts = { section: "Hall", name: "4", label: "Hall, table 4", seatFormat: "chair %s" };
const own: RowParts = { section: "", name: "7", label: "Bank 7", seatFormat: "Kissen %s" };

describe("names of seats", () => {
  it("are the server's in English", async () => {
    const names = await namesIn("en");
    expect(names.seat({ row, number: "13" })).toBe("Parkett, row A, seat 13");
    expect(names.seat({ row: table, number: "2" })).toBe("Hall, table 4, chair 2");
    expect(names.seat({ row: { section: "", name: "C", label: "row C" }, number: "9" })).toBe("row C, seat 9");
    expect(names.row(row)).toBe("Parkett, row A");
  });

  it("are put together by each language's catalogue", async () => {
    expect((await namesIn("de")).seat({ row, number: "13" })).toBe("Parkett, Reihe A, Platz 13");
    expect((await namesIn("es")).seat({ row, number: "13" })).toBe("Parkett, fila A, asiento 13");
    expect((await namesIn("ar")).seat({ row, number: "13" })).toBe("Parkett، صف A، مقعد 13");
    expect((await namesIn("de")).seat({ row: table, number: "2" })).toBe("Hall, Tisch 4, Stuhl 2");
  });

  it("leave an organiser's own words as they are", async () => {
    for (const language of ["en", "de", "ar"] as const) {
      expect((await namesIn(language)).row(own)).toBe("Bank 7");
      expect((await namesIn(language)).seat({ row: own, number: "3" })).toMatch(/^Bank 7[,،] Kissen 3$/);
    }
  });

  it("name a row once for several of its seats", async () => {
    const seats = ["10", "11"].map((number) => ({ row, number }));
    expect((await namesIn("en")).seats(seats)).toBe("Parkett, row A, seats 10 and 11");
    expect((await namesIn("en")).seats(seats.toReversed())).toBe("Parkett, row A, seats 10 and 11");
    expect((await namesIn("de")).seats(seats)).toBe("Parkett, Reihe A, Plätze 10 und 11");
    expect((await namesIn("en")).seats([...seats, { row: table, number: "2" }])).toBe(
      "Parkett, row A, seats 10 and 11 and Hall, table 4, chair 2",
    );
  });

  it("are short where there is little room", async () => {
    const { short } = await namesIn("en");
    expect(short(["4", "5", "6", "9"].map((number) => ({ row, number })))).toBe("Parkett A 4–6, 9");
    expect(short([{ row: { section: "101", name: "1", label: "101, row 1" }, number: "2" }])).toBe("101 · row 1 · 2");
    expect(short([{ row: { section: "", name: "C", label: "row C" }, number: "9" }])).toBe("C 9");
  });
});
