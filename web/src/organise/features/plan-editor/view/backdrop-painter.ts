import { toPlan, toScreen, type Camera, type Size } from "@/features/seat-map/model/camera";
import type { Palette } from "@/features/seat-map/render/palette";
import { toCss } from "@/ui/colours";
import type { Trace } from "../editor/editor";

/** What of the plan is seen, and how many pixels of the canvas one of the page has. */
export interface View {
  camera: Camera;
  size: Size;
  ratio: number;
}

/** Dots of a grid are at least so far apart on the screen. */
const leastGridPixels = 22;

/** The picture below the plan that one draws after. */
export function paintTrace(context: CanvasRenderingContext2D, view: View, trace: Trace): void {
  const { image, at, scale, opacity } = trace;
  const to = toScreen(view.camera, view.size, at);
  const factor = scale * view.camera.scale;
  context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  context.globalAlpha = opacity;
  context.drawImage(image, to.x, to.y, image.width * factor, image.height * factor);
  context.globalAlpha = 1;
}

/** Dots where lines would cross, as long as they can be told apart. */
export function paintGrid(context: CanvasRenderingContext2D, view: View, palette: Palette, gridStep: number): void {
  const { camera, size, ratio } = view;
  let step = gridStep * 5;
  while (step * camera.scale < leastGridPixels) step *= 2;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = toCss(palette.muted, 0.35);
  const from = toPlan(camera, size, { x: 0, y: 0 });
  const to = toPlan(camera, size, { x: size.width, y: size.height });
  for (let x = Math.ceil(from.x / step) * step; x < to.x; x += step) {
    for (let y = Math.ceil(from.y / step) * step; y < to.y; y += step) {
      const at = toScreen(camera, size, { x, y });
      context.fillRect(at.x - 0.75, at.y - 0.75, 1.5, 1.5);
    }
  }
}
