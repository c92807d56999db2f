import { mix, parseColour, readableOn, toCss } from "./colours";

// The papers of tokens.css with a little of their ink, on which the seat map draws its rows.
const lightGround = mix(parseColour("#fbfaf6"), parseColour("#17161c"), 0.06);
const darkGround = mix(parseColour("#121217"), parseColour("#f3f1ea"), 0.06);
const graphicContrast = 3;

/** A tier's colour as the seat map shows it: darker or lighter where it would not stand out from the page. */
export function tierColour(css: string): string {
  const colour = parseColour(css);
  const [light, dark] = [lightGround, darkGround].map((ground) => toCss(readableOn(colour, ground, graphicContrast)));
  return `light-dark(${light}, ${dark})`;
}
