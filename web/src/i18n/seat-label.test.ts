import { expect, it } from "vitest";
import { de } from "./catalogues/de";
import { makeFormat } from "./format";
import { formatMessage } from "./messages";
import { seatLabel } from "./seat-label";
import { makeSeatNames } from "./seat-names";

const names = makeSeatNames(
  (key, parameters) => formatMessage(de[key], "de", parameters),
  (items) => makeFormat("de").list(items),
);

it("seatLabel_seat of a row_is in the visitor's language", () => {
  expect(seatLabel("Orchestra, row A, seat 13", names)).toBe("Orchestra, Reihe A, Platz 13");
});

it.each(["VIP", "Platea, Fila A, Butaca 1", "GA, standing", "Left, row of honour, seat of power, 1"])(
  "seatLabel_%s_stays as it is",
  (text) => {
    expect(seatLabel(text, names)).toBe(text);
  },
);
