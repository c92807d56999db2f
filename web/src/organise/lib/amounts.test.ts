import { describe, expect, it } from "vitest";
import { amountText, parseAmount } from "./amounts";

describe("an amount", () => {
  it.each([
    ["45", "EUR", 4500],
    ["45.5", "EUR", 4550],
    ["45,50", "EUR", 4550],
    [" 0 ", "EUR", 0],
    ["4500", "JPY", 4500],
    ["1.234", "KWD", 1234],
  ])("%s in %s is %d minor units", (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  it.each([
    ["", "EUR"],
    ["-1", "EUR"],
    ["1.234", "EUR"],
    ["4.5", "JPY"],
    ["ten", "EUR"],
    ["1e3", "EUR"],
  ])("%s in %s is none", (text, currency) => {
    expect(parseAmount(text, currency)).toBeUndefined();
  });

  it("is written as one would type it", () => {
    expect(amountText(4550, "EUR")).toBe("45.50");
    expect(amountText(4500, "EUR")).toBe("45");
    expect(amountText(4505, "EUR")).toBe("45.05");
    expect(amountText(undefined, "EUR")).toBe("");
  });
});
