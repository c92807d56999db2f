import { describe, expect, it } from "vitest";
import { between, canPanDown, fitBox, keepInside, panBy, toPlan, toScreen, zoomAt } from "./camera";

const view = { width: 800, height: 600 };
const limits = { min: 0.05, max: 4 };
const camera = { x: 1000, y: 700, scale: 0.5 };

describe("camera", () => {
  it("goes from screen to plan and back", () => {
    const at = { x: 123, y: 456 };
    const back = toScreen(camera, view, toPlan(camera, view, at));
    expect(back.x).toBeCloseTo(at.x);
    expect(back.y).toBeCloseTo(at.y);
  });

  it("keeps what is under the finger under the finger", () => {
    const at = { x: 650, y: 90 };
    const zoomed = zoomAt(camera, view, at, 1.7, limits);
    expect(zoomed.scale).toBeCloseTo(0.85);
    expect(toPlan(zoomed, view, at).x).toBeCloseTo(toPlan(camera, view, at).x);
    expect(toPlan(zoomed, view, at).y).toBeCloseTo(toPlan(camera, view, at).y);
  });

  it("keeps the fixed point of a zoom fixed all through a flight", () => {
    const at = { x: 200, y: 500 };
    const to = zoomAt(camera, view, at, 6, limits);
    for (const t of [0.2, 0.5, 0.9]) {
      const point = toPlan(between(camera, to, t), view, at);
      expect(point.x).toBeCloseTo(toPlan(camera, view, at).x);
      expect(point.y).toBeCloseTo(toPlan(camera, view, at).y);
    }
    expect(between(camera, to, 1)).toBe(to);
  });

  it("does not zoom beyond its limits", () => {
    expect(zoomAt(camera, view, { x: 0, y: 0 }, 1000, limits).scale).toBe(limits.max);
    expect(zoomAt(camera, view, { x: 0, y: 0 }, 1e-9, limits).scale).toBe(limits.min);
  });

  it("fits a box with room around it", () => {
    const fitted = fitBox({ left: 0, top: 0, right: 4000, bottom: 1000 }, view, 20);
    expect(fitted).toEqual({ x: 2000, y: 500, scale: 0.19 });
  });

  it("never loses the plan from view", () => {
    const bounds = { left: 0, top: 0, right: 2000, bottom: 1400 };
    const far = keepInside(panBy(camera, 1e6, -1e6), view, bounds, limits);
    const corner = toScreen(far, view, { x: bounds.left, y: bounds.bottom });
    expect(corner.x).toBeLessThan(view.width);
    expect(corner.y).toBeGreaterThan(0);
  });

  it("does not move a plan of which everything is in view", () => {
    const bounds = { left: 0, top: 0, right: 2000, bottom: 1000 };
    const whole = { x: 1000, y: 500, scale: 0.4 };
    expect(keepInside(panBy(whole, 0, 300), view, bounds, limits)).toEqual(whole);
    expect(canPanDown(whole, view, bounds)).toBe(false);
    expect(canPanDown({ ...whole, scale: 0.7 }, view, bounds)).toBe(true);
  });

  it("centres a plan that is smaller than the view", () => {
    const bounds = { left: 0, top: 0, right: 100, bottom: 100 };
    expect(keepInside({ x: 90, y: 5, scale: 1 }, view, bounds, limits)).toEqual({ x: 50, y: 50, scale: 1 });
  });
});
