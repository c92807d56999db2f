import { defaultRadius, originOf, type PlanDocument } from "./document";
import { boxOfPlan, captionAt, outlineOf } from "./geometry";

const margin = 40;
const seatColour = "#8a8a8a";

/** The plan as a drawing for technicians: every seat with its number, every row with its name, to scale. */
export function toSvg(document: PlanDocument): string {
  const box = boxOfPlan(document);
  const [left, top] = [box.left - margin, box.top - margin];
  const [width, height] = [box.right - box.left + 2 * margin, box.bottom - box.top + 2 * margin];
  const colours = new Map(document.categories.map(({ name, color }) => [name, color ?? seatColour]));
  const parts: string[] = [];
  for (const zone of document.zones) {
    for (const area of zone.areas ?? []) {
      const points = outlineOf(zone, area).map(({ x, y }) => `${digits(x)},${digits(y)}`);
      if (points.length > 0) {
        const fill = escape(area.color ?? "#e5e5e5");
        const stroke = escape(area.borderColor ?? "none");
        parts.push(`<polygon points="${points.join(" ")}" fill="${fill}" stroke="${stroke}"/>`);
      }
      if (area.caption === undefined || area.caption.text === "") continue;
      const at = captionAt(zone, area);
      parts.push(text(at.x, at.y, area.caption.size ?? 16, area.caption.text, 'fill="#333"'));
    }
  }
  for (const zone of document.zones) {
    parts.push(`<g data-section="${escape(zone.name ?? "")}">`);
    for (const row of zone.rows) {
      const origin = originOf(zone, row);
      for (const seat of row.seats) {
        const [x, y, r] = [origin.x + seat.x, origin.y + seat.y, seat.radius ?? defaultRadius];
        const fill = escape(colours.get(seat.category) ?? "#ffffff");
        parts.push(
          `<circle cx="${digits(x)}" cy="${digits(y)}" r="${r}" fill="${fill}" fill-opacity="0.35" stroke="${fill}"/>`,
        );
        parts.push(text(x, y, r * 0.9, seat.number, 'fill="#111"'));
      }
      const [first, second] = [row.seats[0], row.seats[1]];
      if (first === undefined || second === undefined) continue;
      const name = { x: origin.x + 2 * first.x - second.x, y: origin.y + 2 * first.y - second.y };
      parts.push(text(name.x, name.y, 12, row.number, 'fill="#555" font-weight="bold"'));
    }
    parts.push("</g>");
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[left, top, width, height].map(digits).join(" ")}" ` +
    `font-family="sans-serif"><title>${escape(document.name)}</title>${parts.join("")}</svg>`
  );
}

function text(x: number, y: number, size: number, value: string, more: string): string {
  return (
    `<text x="${digits(x)}" y="${digits(y)}" font-size="${digits(size)}" text-anchor="middle" ` +
    `dominant-baseline="central" ${more}>${escape(value)}</text>`
  );
}

function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escape(value: string): string {
  return value.replace(
    /[&<>"']/g,
    (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c] ?? c,
  );
}
