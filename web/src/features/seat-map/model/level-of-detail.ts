import type { Plan } from "./plan";

/** CSS pixels between neighbouring seats at which each detail begins. */
export const detailPixels = {
  /** Sections give way to single seats; below, a seat is no more than a few pixels. */
  dots: 4,
  /** In small plans there is nothing to be gained by sections. */
  dotsOfSmallPlan: 2.6,
  glyphs: 13,
  numbers: 21,
  rowNames: 11,
  /** Where a finger's first tap leads to: a dozen seats across a phone, each as large as a fingertip. */
  touch: 36,
  /** From here a finger may choose: a card names the seat before it is taken. */
  touchPicks: 26,
  /** A small hall is not drawn larger than this to fill the view. */
  whole: 44,
  /** A mouse does. */
  mouse: 30,
  /** From here a mouse may choose directly. */
  mousePicks: 12,
  most: 72,
} as const;

const smallPlanSeats = 3000;

export interface Detail {
  /** Else a section is one coloured shape. */
  hasSeats: boolean;
  hasGlyphs: boolean;
  hasNumbers: boolean;
  hasRowNames: boolean;
}

export function detailAt(plan: Plan, scale: number): Detail {
  const pixels = plan.pitch * scale;
  return {
    hasSeats: plan.sections.length <= 1 || pixels >= dotsBeginAt(plan),
    hasGlyphs: pixels >= detailPixels.glyphs,
    hasNumbers: pixels >= detailPixels.numbers,
    hasRowNames: pixels >= detailPixels.rowNames,
  };
}

/** The scale at which neighbouring seats are so many CSS pixels apart. */
export function scaleForPitch(plan: Plan, pixels: number): number {
  return pixels / plan.pitch;
}

export function dotsBeginAt(plan: Plan): number {
  return plan.seatCount <= smallPlanSeats ? detailPixels.dotsOfSmallPlan : detailPixels.dots;
}

/** Whether a tap chooses the seat under it; if not, it zooms in, so that nobody chooses what they cannot see. */
export function tapChooses(plan: Plan, scale: number, isTouch: boolean): boolean {
  const needed = isTouch ? detailPixels.touchPicks : detailPixels.mousePicks;
  // A pinch that stops just short of it is meant to have arrived.
  return plan.pitch * scale >= needed * 0.98;
}
