import { ExternalStore } from "@/lib/external-store";
import { checkPlan, type Problem } from "../model/check";
import { compile, type Compiled } from "../model/compile";
import type { AreaIcon, PlanDocument, Point } from "../model/document";
import type { AreaKind, Change, Numbering } from "../model/draw";
import { redo, select, startHistory, step, undo, type History } from "../model/history";
import { plainLetters, plainNumbers } from "../model/numbering";
import { nothing, within, type Selection } from "../model/selection";

export type Tool =
  | "select"
  | "lasso"
  | "hand"
  | "row"
  | "block"
  | "fan"
  | "roundTable"
  | "table"
  | "polygon"
  | "rectangle"
  | "ellipse"
  | "text"
  | "icon"
  | "paint"
  | "focus";

/** What one press selects. */
export type Reach = "seat" | "row" | "section";

/** What is drawn next, and how. */
export interface DrawOptions {
  section: string;
  category: string;
  numbering: Numbering;
  rows: number;
  seats: number;
  pitch: number;
  rowPitch: number;
  bend: number;
  skew: number;
  radius: number;
  /** Degrees that a fan spans. */
  span: number;
  chairs: number;
  long: number;
  ends: number;
  areaKind: AreaKind;
  caption: string;
  icon: AreaIcon;
}

/** A picture below the plan, of this browser only. */
export interface Trace {
  image: ImageBitmap;
  at: Point;
  /** Pixels of the plan for one of the picture's. */
  scale: number;
  opacity: number;
}

export interface EditorState {
  history: History;
  tool: Tool;
  reach: Reach;
  draw: DrawOptions;
  grid: number;
  isSnapping: boolean;
  /** Only this floor can be seen and changed; undefined: all. */
  floor: string | undefined;
  trace: Trace | undefined;
}

export const drawDefaults: DrawOptions = {
  section: "",
  category: "",
  numbering: { rows: plainLetters, seats: plainNumbers },
  rows: 5,
  seats: 10,
  pitch: 25,
  rowPitch: 30,
  bend: 0,
  skew: 0,
  radius: 200,
  span: 120,
  chairs: 8,
  long: 4,
  ends: 1,
  areaKind: "standing",
  caption: "",
  icon: "exit",
};

/** The plan that is drawn, what is selected, and what the next press does. Knows neither React nor the canvas. */
export class Editor {
  readonly store: ExternalStore<EditorState>;
  readonly #compiled = new WeakMap<PlanDocument, Compiled>();
  readonly #checked = new WeakMap<PlanDocument, Problem[]>();

  /** @param firstSection Where the first rows go, as long as there is no section. */
  constructor(document: PlanDocument, firstSection = "") {
    this.store = new ExternalStore<EditorState>({
      history: startHistory({ document, selection: nothing }),
      tool: "select",
      reach: "row",
      draw: {
        ...drawDefaults,
        section: document.zones[0]?.name ?? firstSection,
        category: document.categories[0]?.name ?? "",
      },
      grid: 5,
      isSnapping: true,
      floor: undefined,
      trace: undefined,
    });
  }

  get state(): EditorState {
    return this.store.get();
  }

  get document(): PlanDocument {
    return this.state.history.present.document;
  }

  get selection(): Selection {
    return this.state.history.present.selection;
  }

  get compiled(): Compiled {
    return this.compiledOf(this.document);
  }

  compiledOf(document: PlanDocument): Compiled {
    const known = this.#compiled.get(document);
    if (known !== undefined) return known;
    const made = compile(document);
    this.#compiled.set(document, made);
    return made;
  }

  problemsOf(document: PlanDocument): Problem[] {
    const known = this.#checked.get(document);
    if (known !== undefined) return known;
    const found = checkPlan(document);
    this.#checked.set(document, found);
    return found;
  }

  set(change: Partial<EditorState>): void {
    this.store.set({ ...this.state, ...change });
  }

  setDraw(change: Partial<DrawOptions>): void {
    this.set({ draw: { ...this.state.draw, ...change } });
  }

  select(selection: Selection): void {
    this.set({ history: select(this.state.history, { selection: within(this.document, selection) }) });
  }

  /** A step on what is selected. */
  change(command: (document: PlanDocument, selection: Selection) => PlanDocument, tag?: string): void {
    const document = command(this.document, this.selection);
    this.apply({ document, selection: this.selection }, tag);
  }

  apply({ document, selection }: Change, tag?: string): void {
    const history = step(this.state.history, { document, selection: within(document, selection) }, tag);
    if (history === this.state.history) return;
    const { draw } = this.state;
    const { categories, zones } = document;
    // What is drawn next goes where there is something.
    const category = categories.some(({ name }) => name === draw.category) ? draw.category : categories[0]?.name;
    const section = draw.section === "" ? (zones[0]?.name ?? "") : draw.section;
    this.set({ history, draw: { ...draw, category: category ?? "", section } });
  }

  undo(): void {
    this.set({ history: undo(this.state.history) });
  }

  redo(): void {
    this.set({ history: redo(this.state.history) });
  }

  snap({ x, y }: Point): Point {
    const { grid, isSnapping } = this.state;
    return isSnapping ? { x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid } : { x, y };
  }
}
