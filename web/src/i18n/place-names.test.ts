import { describe, expect, it } from "vitest";
import ar from "../../../openapi/places/ar.json";
import de from "../../../openapi/places/de.json";
import es from "../../../openapi/places/es.json";
import { placeName } from "./place-names";

describe("names of places", () => {
  it.each([
    ["Stage", "Bühne", "Escenario", "المسرح"],
    ["Section 101", "Block 101", "Sección 101", "قسم 101"],
    ["BLOCK B", "Block B", "Bloque B", "قطاع B"],
    ["Loge Left", "Loge links", "Palco izquierda", "مقصورة يسار"],
    ["First Tier Centre Right", "1. Rang Mitte rechts", "Primer piso centro derecha", "الطابق الأول وسط يمين"],
    ["Pitch Standing", "Stehplatz Innenraum", "Campo de pie", "وقوفًا في أرض الملعب"],
  ])("%s is in the visitor's language", (name, german, spanish, arabic) => {
    expect([placeName(name, de), placeName(name, es), placeName(name, ar)]).toEqual([german, spanish, arabic]);
    expect(placeName(name, {})).toBe(name);
  });

  it.each(["The Loft", "Floor of Honour", "Terraza", "VIP", "101", "B", "", "Stalls  "])(
    "%s is the house's own word and stays",
    (name) => {
      expect(placeName(name, de)).toBe(name);
    },
  );

  it("are known in every language alike", () => {
    expect(Object.keys(es)).toEqual(Object.keys(de));
    expect(Object.keys(ar)).toEqual(Object.keys(de));
  });
});
