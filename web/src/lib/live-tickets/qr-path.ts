import { encodeQR } from "qr";

/** Scanners want it around a code. */
const quietModules = 4;

/** A QR code as the path of an SVG picture of so many modules a side. */
export interface QrPath {
  size: number;
  path: string;
}

/**
 * Draws a code of digits and capital letters. With the lowest correction of errors: a screen has no scratches, and
 * larger modules are read from further away.
 */
export function qrPathOf(text: string): QrPath {
  const rows = encodeQR(text, "raw", { ecc: "low", encoding: "alphanumeric", border: quietModules });
  let path = "";
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x++;
      path += `M${String(start)} ${String(y)}h${String(x + 1 - start)}v1H${String(start)}z`;
    }
  }
  return { size: rows.length, path };
}
