import { parseColour, tierColourOn, toCss } from "./colours";

// --paper and --ink of tokens.css.
const light = [parseColour("#fbfaf6"), parseColour("#17161c")] as const;
const dark = [parseColour("#121217"), parseColour("#f3f1ea")] as const;

/** A tier's colour as the seat map shows it: darker or lighter where it would not stand out from the page. */
export function tierColour(css: string | null | undefined): string {
  const colour = parseColour(css);
  return `light-dark(${toCss(tierColourOn(...light, colour))}, ${toCss(tierColourOn(...dark, colour))})`;
}
