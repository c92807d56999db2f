import { move, rotate } from "../model/arrange";
import type { Point } from "../model/document";
import { addBoxedArea, addPolygon } from "../model/draw";
import { boxOfSelection, isBox, middleOf, turned, type Box } from "../model/geometry";
import { paint, setFocalPoint } from "../model/mean";
import { add, isEmpty, nothing, toggle, type Selection } from "../model/selection";
import { addDrawnRows, captionOf, changeOfPress, rowsOfDrag, rowsOfPress, type DrawTexts } from "./drawing";
import type { Editor } from "./editor";
import { pickAt, pickIn, type Scene } from "./pick";

/** What a tool shows before it is done. */
export interface Preview {
  seats?: readonly (readonly Point[])[];
  line?: readonly Point[];
  isClosed?: boolean;
  /** An area that selects, not one that is drawn. */
  isLasso?: boolean;
  label?: string;
}

export interface Modifiers {
  isAdding: boolean;
  isFree: boolean;
}

/** Where a tool works: the canvas and what it knows. */
export interface ToolHost {
  readonly editor: Editor;
  scene: () => Scene;
  /** Units of the plan that a pixel of the screen takes. */
  pixel: () => number;
  show: (preview: Preview | undefined) => void;
  /** The selection is dragged along, by so much. */
  drag: (by: Point | undefined) => void;
  texts: () => DrawTexts;
  countText: (rows: number, seats: number) => string;
}

/** A press, from down to up. A tool answers with what it does on the way. */
export interface Stroke {
  move?: (at: Point, modifiers: Modifiers) => void;
  up?: (at: Point, modifiers: Modifiers, hasMoved: boolean) => void;
}

export const handlePixels = 26;
const grabPixels = 12;
const closePixels = 12;

/** Where the handle for turning stands. */
export function turnHandle(box: Box, pixel: number): Point {
  return { x: middleOf(box).x, y: box.top - handlePixels * pixel };
}

/** What the tools do; one for a canvas, since a polygon is drawn by several presses. */
export class Tools {
  readonly #host: ToolHost;
  #corners: Point[] = [];

  constructor(host: ToolHost) {
    this.#host = host;
  }

  get isDrawing(): boolean {
    return this.#corners.length > 0;
  }

  /** Escape: what was begun is not. Answers whether there was anything. */
  cancel(): boolean {
    const was = this.isDrawing;
    this.#corners = [];
    this.#host.show(undefined);
    this.#host.drag(undefined);
    return was;
  }

  down(at: Point, modifiers: Modifiers): Stroke {
    const { editor } = this.#host;
    const { tool } = editor.state;
    switch (tool) {
      case "select":
        return this.#select(at, modifiers);
      case "lasso":
        return this.#catch(at, modifiers, true);
      case "row":
      case "block":
        return this.#rows(at);
      case "rectangle":
      case "ellipse":
        return this.#boxed(at, tool);
      case "polygon":
        return { up: (end) => this.#corner(end) };
      case "paint":
        return this.#paint(at);
      case "focus":
        return { up: (end) => editor.change((document) => setFocalPoint(document, editor.snap(end))) };
      case "hand":
        return {};
      default:
        return { up: (end) => this.#press(end) };
    }
  }

  /** While no button is down. */
  hover(at: Point): void {
    const { editor, show } = this.#host;
    const { tool } = editor.state;
    if (tool === "polygon" && this.isDrawing) show({ line: [...this.#corners, editor.snap(at)], isClosed: true });
    else if (tool === "fan") this.#showRows(rowsOfPress(editor, editor.snap(at)));
  }

  /** Enter or a double click: a polygon is complete. */
  finish(): void {
    const { editor, show, texts } = this.#host;
    const corners = this.#corners.filter(
      (one, index, all) => one.x !== all[index - 1]?.x || one.y !== all[index - 1]?.y,
    );
    this.#corners = [];
    show(undefined);
    if (corners.length < 3) return;
    const { section, areaKind } = editor.state.draw;
    editor.apply(addPolygon(editor.document, section, corners, areaKind, captionOf(editor, texts())));
  }

  #corner(at: Point): void {
    const { editor, pixel, show } = this.#host;
    const [first] = this.#corners;
    const isClosing = first !== undefined && Math.hypot(at.x - first.x, at.y - first.y) < closePixels * pixel();
    if (isClosing && this.#corners.length > 2) this.finish();
    else {
      this.#corners.push(editor.snap(at));
      show({ line: [...this.#corners], isClosed: true });
    }
  }

  #press(at: Point): void {
    const { editor, show, texts } = this.#host;
    const change = changeOfPress(editor, editor.snap(at), texts());
    show(undefined);
    if (change !== undefined) editor.apply(change);
  }

  #select(at: Point, modifiers: Modifiers): Stroke {
    const { editor, scene, pixel, drag } = this.#host;
    const box = boxOfSelection(editor.document, editor.selection);
    if (isBox(box)) {
      const handle = turnHandle(box, pixel());
      if (Math.hypot(at.x - handle.x, at.y - handle.y) < grabPixels * pixel()) return this.#turn(at, box);
    }
    const hit = pickAt(scene(), at, editor.state.reach, 4 * pixel());
    if (isEmpty(hit)) return this.#catch(at, modifiers, modifiers.isFree);
    const before = editor.selection;
    const isIn = covers(before, hit);
    if (!isIn) editor.select(modifiers.isAdding ? add(before, hit) : hit);
    // The first thing that is dragged comes to lie on the grid, and the rest with it.
    const corner = boxOfSelection(editor.document, editor.selection);
    const by = (to: Point): Point => {
      const moved = { x: corner.left + to.x - at.x, y: corner.top + to.y - at.y };
      const snapped = editor.snap(moved);
      return { x: snapped.x - corner.left, y: snapped.y - corner.top };
    };
    return {
      move: (to) => drag(by(to)),
      up: (to, _modifiers, hasMoved) => {
        if (hasMoved) {
          const { x, y } = by(to);
          editor.change((document, selection) => move(document, selection, x, y));
        } else if (isIn) editor.select(modifiers.isAdding ? toggle(before, hit) : hit);
        drag(undefined);
      },
    };
  }

  #turn(from: Point, box: Box): Stroke {
    const { editor, show } = this.#host;
    const pivot = middleOf(box);
    const angleAt = ({ x, y }: Point): number => (Math.atan2(y - pivot.y, x - pivot.x) * 180) / Math.PI;
    const degrees = (to: Point, { isAdding }: Modifiers): number => {
      const turn = angleAt(to) - angleAt(from);
      return isAdding ? Math.round(turn / 15) * 15 : Math.round(turn);
    };
    const corners = cornersOf(box);
    return {
      move: (to, modifiers) => {
        const by = degrees(to, modifiers);
        const line = corners.map(({ x, y }) => {
          const away = turned({ x: x - pivot.x, y: y - pivot.y }, by);
          return { x: pivot.x + away.x, y: pivot.y + away.y };
        });
        show({ line, isClosed: true, label: `${by}°` });
      },
      up: (to, modifiers, hasMoved) => {
        show(undefined);
        if (hasMoved)
          editor.change((document, selection) => rotate(document, selection, degrees(to, modifiers), pivot));
      },
    };
  }

  /** Whatever lies in a box, or within a line drawn around it. */
  #catch(from: Point, { isAdding }: Modifiers, isFree: boolean): Stroke {
    const { editor, show, scene } = this.#host;
    const trail = [from];
    const lineTo = (to: Point): Point[] => (isFree ? trail : cornersOf(boxOf([from, to])));
    return {
      move: (to) => {
        if (isFree) trail.push(to);
        show({ line: lineTo(to), isClosed: true, isLasso: true });
      },
      up: (to, _modifiers, hasMoved) => {
        show(undefined);
        const line = lineTo(to);
        const caught = hasMoved ? pickIn(scene(), line, boxOf(line), editor.state.reach) : nothing;
        if (isAdding) editor.select(add(editor.selection, caught));
        else editor.select(caught);
      },
    };
  }

  #rows(from: Point): Stroke {
    const { editor, show } = this.#host;
    const start = editor.snap(from);
    return {
      move: (to) => this.#showRows(rowsOfDrag(editor, start, editor.snap(to))),
      up: (to, _modifiers, hasMoved) => {
        show(undefined);
        addDrawnRows(editor, hasMoved ? rowsOfDrag(editor, start, editor.snap(to)) : rowsOfPress(editor, start));
      },
    };
  }

  #showRows(rows: readonly (readonly Point[])[]): void {
    const seats = rows.reduce((sum, row) => sum + row.length, 0);
    this.#host.show({ seats: rows, label: this.#host.countText(rows.length, seats) });
  }

  #boxed(from: Point, shape: "rectangle" | "ellipse"): Stroke {
    const { editor, show, texts } = this.#host;
    const start = editor.snap(from);
    return {
      move: (to) => show({ line: cornersOf(boxOf([start, editor.snap(to)])), isClosed: true }),
      up: (to, _modifiers, hasMoved) => {
        show(undefined);
        if (!hasMoved) {
          this.#press(from);
          return;
        }
        const { section, areaKind } = editor.state.draw;
        const caption = captionOf(editor, texts());
        editor.apply(addBoxedArea(editor.document, section, shape, start, editor.snap(to), areaKind, caption));
      },
    };
  }

  /** Paints whatever the pointer passes over; all of one stroke is undone as one. */
  #paint(from: Point): Stroke {
    const { editor, scene, pixel } = this.#host;
    const tag = `paint ${performance.now()}`;
    const at = (point: Point): void => {
      const hit: Selection = { ...pickAt(scene(), point, editor.state.reach, 4 * pixel()), areas: new Set() };
      const { category } = editor.state.draw;
      if (hit.seats.size === 0) return;
      editor.apply({ document: paint(editor.document, hit, category), selection: editor.selection }, tag);
    };
    at(from);
    return { move: at };
  }
}

function covers(a: Selection, b: Selection): boolean {
  return [...b.seats].every((key) => a.seats.has(key)) && [...b.areas].every((key) => a.areas.has(key));
}

function boxOf(points: readonly Point[]): Box {
  return {
    left: Math.min(...points.map(({ x }) => x)),
    right: Math.max(...points.map(({ x }) => x)),
    top: Math.min(...points.map(({ y }) => y)),
    bottom: Math.max(...points.map(({ y }) => y)),
  };
}

function cornersOf({ left, top, right, bottom }: Box): Point[] {
  return [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
}
