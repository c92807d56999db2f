// A spreadsheet takes what begins like this for a formula: also behind blanks or a quote, and in full width.
const formula = /^[\s'"]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** A small table as a file for spreadsheets (RFC 4180, UTF-8 with a mark); texts are never formulas. */
export function csvOf(rows: readonly (readonly (string | number | undefined)[])[]): Blob {
  return new Blob([`\uFEFF${csvText(rows)}`], { type: "text/csv;charset=utf-8" });
}

export function csvText(rows: readonly (readonly (string | number | undefined)[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string | number | undefined): string {
  if (typeof value !== "string") return value === undefined ? "" : String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
