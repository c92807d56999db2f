import { expect, it } from "vitest";
import { de } from "./catalogues/de";
import { makeFormat } from "./format";
import { formatMessage } from "./messages";
import { placeName } from "./place-names";
import { seatLabel } from "./seat-label";
import { makeSeatNames } from "./seat-names";

const names = makeSeatNames(
  (key, parameters) => formatMessage(de[key], "de", parameters),
  (items) => makeFormat("de").list(items),
  (name) => placeName(name, de.placeWords),
);

it("seatLabel_seat of a row_is in the visitor's language", () => {
  expect(seatLabel("Orchestra, row A, seat 13", names)).toBe("Parkett, Reihe A, Platz 13");
  expect(seatLabel("The Loft, table 4, chair 2", names)).toBe("The Loft, Tisch 4, Stuhl 2");
  expect(seatLabel("row C, seat 9", names)).toBe("Reihe C, Platz 9");
  expect(seatLabel("Pitch Standing", names)).toBe("Stehplatz Innenraum");
});

it.each(["VIP", "Platea, Fila A, Butaca 1", "GA, standing", "Left, row of honour, seat of power, 1"])(
  "seatLabel_%s_stays as it is",
  (text) => {
    expect(seatLabel(text, names)).toBe(text);
  },
);
