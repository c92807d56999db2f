/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

export const white: Colour = [255, 255, 255];
export const black: Colour = [0, 0, 0];
const grey: Colour = [128, 128, 128];

/** "#7c3aed", "#fff", "rgb(124, 58, 237)" or "color(srgb 0.5 0.2 0.9)"; what is missing or cannot be read is grey. */
export function parseColour(css: string | null | undefined): Colour {
  if (typeof css !== "string") return grey;
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(css.trim())?.[1];
  if (hex !== undefined) {
    const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
    return [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16)) as unknown as Colour;
  }
  const parts = (css.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  if (parts.length < 3) return grey;
  const factor = css.includes("srgb") ? 255 : 1;
  return parts.map((part) => part * factor) as unknown as Colour;
}

export function toCss(colour: Colour, alpha = 1): string {
  const [r, g, b] = colour.map(Math.round) as unknown as Colour;
  return alpha === 1 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

/** A little of the second in the first: 0 is all the first, 1 all the second. */
export function mix(first: Colour, second: Colour, share: number): Colour {
  return first.map((value, index) => value + ((second[index] as number) - value) * share) as unknown as Colour;
}

/** WCAG's relative luminance. */
export function luminance(colour: Colour): number {
  const [r, g, b] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(first: Colour, second: Colour): number {
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The colour, made darker or lighter only as far as it must be to stand out. */
export function readableOn(colour: Colour, background: Colour, ratio: number): Colour {
  const towards = luminance(background) > 0.4 ? black : white;
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, towards, share);
    if (contrast(candidate, background) >= ratio) return candidate;
  }
  return towards;
}

/** Of two inks the one that reads better. */
export function inkOn(background: Colour, dark: Colour, light: Colour): Colour {
  return contrast(dark, background) >= contrast(light, background) ? dark : light;
}

/** WCAG 1.4.11: what carries meaning stands out from what is around it. */
const graphicContrast = 3;

/** A tier's colour as it can be told from the seat map's ground: the paper with a little of its ink. */
export function tierColourOn(paper: Colour, ink: Colour, tier: Colour): Colour {
  return readableOn(tier, mix(paper, ink, 0.06), graphicContrast);
}
