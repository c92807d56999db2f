/** A point of the plan or of the screen. */
export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is looked at: the plan's point in the middle of the view, and how many CSS pixels one unit of the plan takes. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface ZoomLimits {
  min: number;
  max: number;
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}

export function toPlan(camera: Camera, view: Size, point: Point): Point {
  return {
    x: camera.x + (point.x - view.width / 2) / camera.scale,
    y: camera.y + (point.y - view.height / 2) / camera.scale,
  };
}

export function toScreen(camera: Camera, view: Size, point: Point): Point {
  return {
    x: (point.x - camera.x) * camera.scale + view.width / 2,
    y: (point.y - camera.y) * camera.scale + view.height / 2,
  };
}

export function visibleBox(camera: Camera, view: Size): Box {
  const halfWidth = view.width / 2 / camera.scale;
  const halfHeight = view.height / 2 / camera.scale;
  return {
    left: camera.x - halfWidth,
    top: camera.y - halfHeight,
    right: camera.x + halfWidth,
    bottom: camera.y + halfHeight,
  };
}

/** The whole box in the middle of the view, with room in CSS pixels around it. */
export function fitBox(box: Box, view: Size, padding: number, maxScale = Infinity): Camera {
  const width = Math.max(box.right - box.left, 1);
  const height = Math.max(box.bottom - box.top, 1);
  const scale = Math.min(
    Math.max(view.width - 2 * padding, 1) / width,
    Math.max(view.height - 2 * padding, 1) / height,
    maxScale,
  );
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, scale };
}

/** Zooms by a factor; what is at the screen's point stays there. */
export function zoomAt(camera: Camera, view: Size, at: Point, factor: number, limits: ZoomLimits): Camera {
  const scale = clamp(camera.scale * factor, limits.min, limits.max);
  const fixed = toPlan(camera, view, at);
  return {
    x: fixed.x - (at.x - view.width / 2) / scale,
    y: fixed.y - (at.y - view.height / 2) / scale,
    scale,
  };
}

/** Moves by CSS pixels, as a finger drags paper. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.scale, y: camera.y - dy / camera.scale };
}

/** So much of the view may lie beyond the edge of a plan that is at least twice as large. */
const overscroll = 0.3;

/** How far the middle of a view may be from the plan's: not at all where all of it is seen already. */
function slackOf(size: number, visible: number): number {
  const beyond = Math.max(0, size - visible);
  return beyond / 2 + overscroll * visible * Math.min(1, beyond / visible);
}

/** Whether a plan as high as the box can be moved up and down. */
export function canPanDown(camera: Camera, view: Size, bounds: Box): boolean {
  return slackOf((bounds.bottom - bounds.top) * camera.scale, view.height) > 1;
}

/** The plan never leaves the view: where it is larger, its edge goes a little way in; where smaller, it is centred. */
export function keepInside(camera: Camera, view: Size, bounds: Box, limits: ZoomLimits): Camera {
  const scale = clamp(camera.scale, limits.min, limits.max);
  const along = (value: number, from: number, to: number, visible: number): number => {
    const slack = slackOf(to - from, visible);
    const middle = (from + to) / 2;
    return clamp(value, middle - slack, middle + slack);
  };
  return {
    x: along(camera.x, bounds.left, bounds.right, view.width / scale),
    y: along(camera.y, bounds.top, bounds.bottom, view.height / scale),
    scale,
  };
}

/**
 * Between two cameras, t from 0 to 1. Zoom grows evenly to the eye (by factors), and the middle follows it so that a
 * zoom around a fixed point keeps that point fixed all the way: its path is linear in 1/scale.
 */
export function between(from: Camera, to: Camera, t: number): Camera {
  if (t <= 0) return from;
  if (t >= 1) return to;
  const ratio = to.scale / from.scale;
  const scale = from.scale * ratio ** t;
  const share = Math.abs(ratio - 1) < 1e-3 ? t : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, scale };
}
