import type { Box } from "@/features/seat-map/model/camera";
import { detailAt } from "@/features/seat-map/model/level-of-detail";
import type { SeatGrid } from "@/features/seat-map/model/seat-grid";
import { Glyph, type GlyphSheet } from "@/features/seat-map/render/glyphs";
import type { Palette } from "@/features/seat-map/render/palette";
import { toCss } from "@/ui/colours";
import type { Compiled } from "../model/compile";
import { SeatTrait } from "../model/document";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

const badges: readonly (readonly [number, string])[] = [
  [SeatTrait.wheelchair, "W"],
  [SeatTrait.companion, "C"],
  [SeatTrait.restrictedView, "R"],
  [SeatTrait.aisle, "A"],
];

/** Rings around selected seats and the marks of special ones, into the tiles: panning only copies them. */
export function paintSelection(
  context: Context,
  { compiled, grid, isSelected }: { compiled: Compiled; grid: SeatGrid; isSelected: Uint8Array },
  palette: Palette,
  ratio: number,
  box: Box,
  scale: number,
  part: Box,
): void {
  const { plan, traits } = compiled;
  const { hasSeats, hasGlyphs, hasNumbers } = detailAt(plan, scale / ratio);
  const reach = plan.maxRadius * 1.4;
  const around = {
    left: part.left - reach,
    top: part.top - reach,
    right: part.right + reach,
    bottom: part.bottom + reach,
  };
  // In ink, which no category has: the accent is as violet as some of them.
  const ink = toCss(palette.ink);
  const special: number[] = [];
  context.beginPath();
  grid.forEachIn(around, (seat) => {
    if (hasNumbers && traits[seat] !== 0) special.push(seat);
    if (isSelected[seat] !== 1) return;
    const [x, y] = [((plan.x[seat] as number) - box.left) * scale, ((plan.y[seat] as number) - box.top) * scale];
    const radius = Math.max((plan.radius[seat] as number) * scale * (hasGlyphs ? 1.12 : 0.9), 1.2);
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  });
  if (hasSeats && hasGlyphs) {
    context.strokeStyle = ink;
    context.lineWidth = Math.max(2 * ratio, plan.maxRadius * scale * 0.2);
    context.stroke();
  } else {
    context.fillStyle = ink;
    context.fill();
  }
  for (const seat of special) paintBadge(context, compiled, seat, palette, box, scale);
}

function paintBadge(
  context: Context,
  { plan, traits }: Compiled,
  seat: number,
  palette: Palette,
  box: Box,
  scale: number,
): void {
  const letter = badges.find(([bit]) => ((traits[seat] as number) & bit) !== 0)?.[1] ?? "";
  const radius = (plan.radius[seat] as number) * scale;
  const [x, y] = [((plan.x[seat] as number) - box.left) * scale, ((plan.y[seat] as number) - box.top) * scale];
  const [badgeX, badgeY, size] = [x + radius * 0.7, y - radius * 0.7, radius * 0.55];
  context.beginPath();
  context.arc(badgeX, badgeY, size, 0, 2 * Math.PI);
  context.fillStyle = toCss(palette.ink);
  context.fill();
  context.fillStyle = toCss(palette.paper);
  context.font = `700 ${(size * 1.3).toFixed(1)}px ${palette.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(letter, badgeX, badgeY + size * 0.06);
}

/** The selection as one picture, to be dragged: drawn once, whatever it is of. */
export function paintGhost(
  context: Context,
  { compiled, isSelected, grid }: { compiled: Compiled; grid: SeatGrid; isSelected: Uint8Array },
  sheet: GlyphSheet,
  box: Box,
  scale: number,
): void {
  const { plan } = compiled;
  grid.forEachIn(box, (seat) => {
    if (isSelected[seat] !== 1) return;
    const sprite = sheet.sprite(Glyph.free, plan.tier[seat] as number, plan.radius[seat] as number);
    const x = ((plan.x[seat] as number) - box.left) * scale - sprite.width / 2;
    const y = ((plan.y[seat] as number) - box.top) * scale - sprite.height / 2;
    context.drawImage(sprite, x, y);
  });
}
