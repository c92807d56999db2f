import { describe, expect, it } from "vitest";
import { csvText } from "./csv";

describe("a table as CSV", () => {
  it("quotes what would end a cell or a row", () => {
    expect(csvText([["Block A, left", 'The "Nest"', "two\nlines", 3, undefined]])).toBe(
      '"Block A, left","The ""Nest""","two\nlines",3,\r\n',
    );
  });

  it("leaves numbers as they are and makes no formula of a text", () => {
    for (const text of ["=1+1", "+1", "-1", "@A1", "\t=1", " =1", "'=1", "＝1"]) {
      expect(csvText([[text, -5]])).toMatch(/^"?'.*,-5\r\n$/s);
    }
  });
});
