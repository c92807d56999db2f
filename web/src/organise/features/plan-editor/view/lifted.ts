import { toPlan, toScreen } from "@/features/seat-map/model/camera";
import { GlyphSheet } from "@/features/seat-map/render/glyphs";
import type { Palette } from "@/features/seat-map/render/palette";
import type { Point } from "../model/document";
import { isBox, type Box } from "../model/geometry";
import type { View } from "./backdrop-painter";
import { paintGhost } from "./selection-painter";

/** The picture of what is being dragged. */
export interface Lifted {
  image: OffscreenCanvas;
  at: Point;
  scale: number;
}

type Scene = Parameters<typeof paintGhost>[1];

/** What is selected as one picture, as far as it is within half a screen of what is seen; undefined: none of it is. */
export function lift(scene: Scene, view: View, palette: Palette, selection: Box): Lifted | undefined {
  const { camera, size, ratio } = view;
  const scale = camera.scale * ratio;
  const from = toPlan(camera, size, { x: -size.width / 2, y: -size.height / 2 });
  const to = toPlan(camera, size, { x: size.width * 1.5, y: size.height * 1.5 });
  const box = {
    left: Math.max(selection.left - 10, from.x),
    top: Math.max(selection.top - 10, from.y),
    right: Math.min(selection.right + 10, to.x),
    bottom: Math.min(selection.bottom + 10, to.y),
  };
  if (!isBox(box) || box.top > box.bottom) return undefined;
  const image = new OffscreenCanvas(
    Math.max(1, Math.ceil((box.right - box.left) * scale)),
    Math.max(1, Math.ceil((box.bottom - box.top) * scale)),
  );
  const context = image.getContext("2d");
  if (context !== null) paintGhost(context, scene, new GlyphSheet(palette, scale), box, scale);
  return { image, at: { x: box.left, y: box.top }, scale };
}

/** Draws it moved by so much of the plan. */
export function paintLifted(context: CanvasRenderingContext2D, view: View, lifted: Lifted, by: Point): void {
  const { image, at, scale } = lifted;
  const to = toScreen(view.camera, view.size, { x: at.x + by.x, y: at.y + by.y });
  const factor = view.camera.scale / scale;
  context.drawImage(image, to.x, to.y, image.width * factor, image.height * factor);
}
