import { beforeEach, describe, expect, it, vi } from "vitest";
import { TileLayer, tilePixels } from "./tile-layer";

class FakeCanvas {
  getContext() {
    const nothing = () => undefined;
    const names = ["setTransform", "clearRect", "drawImage", "save", "restore", "beginPath", "rect", "clip"];
    return Object.fromEntries(names.map((name) => [name, nothing]));
  }
  transferToImageBitmap() {
    return { close: () => undefined };
  }
}

vi.stubGlobal("OffscreenCanvas", FakeCanvas);

const bounds = { left: 0, top: 0, right: tilePixels * 8, bottom: tilePixels * 8 };
const view = { width: tilePixels * 2, height: tilePixels * 2 };
const camera = { x: tilePixels * 4, y: tilePixels * 4, scale: 1 };
const forever = () => false;
let painted: string[] = [];
let widths: number[] = [];
let tiles: TileLayer;

beforeEach(() => {
  painted = [];
  widths = [];
  tiles = new TileLayer(bounds, (_context, box, scale, part) => {
    widths.push(part.right - part.left);
    painted.push(
      `${scale}: ${Math.round((box.left * scale) / tilePixels)},${Math.round((box.top * scale) / tilePixels)}`,
    );
    return true;
  });
});

const finish = (now = 0, look = camera) => {
  while (tiles.work(look, view, 1, now, forever)) now += 20;
};

describe("TileLayer", () => {
  it("draws what is seen first, then what is around it, and then rests", () => {
    finish();
    expect(painted.slice(0, 9)).toContain("1: 3,3");
    expect(painted).toHaveLength(25);
    expect(tiles.work(camera, view, 1, 100, forever)).toBe(false);
    expect(painted).toHaveLength(25);
  });

  it("draws again only the tiles under a change", () => {
    finish();
    painted = [];
    expect(tiles.invalidate({ left: 900, top: 900, right: 920, bottom: 920 })).toBe(1);
    finish();
    expect(painted).toEqual(["1: 3,3"]);
  });

  it("draws only the part of a tile that changed, unless that is most of it", () => {
    finish();
    widths = [];
    tiles.invalidate({ left: 900, top: 900, right: 920, bottom: 920 });
    finish();
    expect(widths).toHaveLength(1);
    expect(widths[0]).toBeLessThan(30);
    widths = [];
    for (let seat = 0; seat < 60; seat++) tiles.invalidate({ left: 900, top: 900, right: 920, bottom: 920 });
    finish();
    expect(widths).toEqual([tilePixels]);
  });

  it("draws both tiles of a seat that lies across their border", () => {
    finish();
    painted = [];
    const border = tilePixels * 4;
    expect(tiles.invalidate({ left: border - 5, top: 900, right: border + 5, bottom: 910 })).toBe(2);
    finish();
    expect(painted).toEqual(["1: 3,3", "1: 4,3"]);
  });

  it("draws nothing for a change that nobody has looked at", () => {
    finish();
    painted = [];
    expect(tiles.invalidate({ left: 10, top: 10, right: 20, bottom: 20 })).toBe(0);
    finish();
    expect(painted).toEqual([]);
  });

  it("stops at the deadline and goes on in the next frame", () => {
    let left = 4;
    expect(tiles.work(camera, view, 1, 0, () => left-- <= 0)).toBe(true);
    expect(painted).toHaveLength(4);
    finish();
    expect(painted).toHaveLength(25);
  });

  it("draws at a new scale only when the zoom rests", () => {
    finish();
    painted = [];
    const nearer = { ...camera, scale: 1.3 };
    tiles.work(nearer, view, 1, 1000, forever);
    expect(painted).toEqual([]);
    tiles.work(nearer, view, 1, 1200, forever);
    expect(painted.every((tile) => tile.startsWith("1.3"))).toBe(true);
    expect(painted.length).toBeGreaterThan(0);
  });

  it("keeps the whole plan small, whatever is looked at", () => {
    tiles.setBase(0.25);
    finish();
    expect(painted.filter((tile) => tile.startsWith("0.25"))).toHaveLength(4);
  });
});
