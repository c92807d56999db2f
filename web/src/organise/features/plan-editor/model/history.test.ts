import { describe, expect, it } from "vitest";
import { bendRows, duplicate, mirror, move, remove, rotate } from "./arrange";
import { seatCountOf } from "./document";
import { addRows } from "./draw";
import { redo, select, startHistory, step, undo, type History } from "./history";
import { writePlan } from "./json";
import { blockOf } from "./layout";
import { paint } from "./mean";
import { blockPlan, numbering, richPlan } from "./samples";
import { nothing, selectAll, selectionOf, within } from "./selection";

/** The same numbers each time: a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

describe("undo and redo", () => {
  it("go back to each state and forward again, byte by byte, whatever was done", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const next = random(seed);
      let history = startHistory({ document: richPlan(), selection: nothing });
      const states = [JSON.stringify(writePlan(history.present.document))];
      for (let count = 0; count < 30; count++) {
        const { document } = history.present;
        const all = [...selectAll(document).seats];
        const start = Math.floor(next() * all.length);
        const chosen = selectionOf(all.slice(start, start + 12), [...selectAll(document).areas].slice(0, 2));
        const changed = [
          () => move(document, chosen, next() * 90, next() * 90),
          () => rotate(document, chosen, next() * 360),
          () => mirror(document, chosen, next() > 0.5),
          () => remove(document, chosen),
          () => duplicate(document, chosen, 40, 40).document,
          () => bendRows(document, chosen, next() * 20),
          () => paint(document, chosen, "VIP"),
          () =>
            addRows(
              document,
              "New",
              blockOf({ rows: 1, seats: 5, pitch: 25, rowPitch: 30, bend: 0, skew: 0 }),
              numbering,
              "VIP",
            ).document,
        ][Math.floor(next() * 8)]?.() as typeof document;
        const before = history;
        history = step(history, { document: changed, selection: within(changed, chosen) });
        if (history.past !== before.past) states.push(JSON.stringify(writePlan(changed)));
      }
      const now = (): string => JSON.stringify(writePlan(history.present.document));
      for (const state of [...states].reverse()) {
        expect(now(), `seed ${seed}`).toBe(state);
        history = undo(history);
      }
      for (const state of states) {
        expect(now(), `seed ${seed}`).toBe(state);
        history = redo(history);
      }
    }
  });

  it("take steps of one kind for one, and forget the way forward at a new step", () => {
    const { document, selection } = blockPlan(1, 3);
    let history: History = startHistory({ document, selection });
    for (let count = 0; count < 5; count++)
      history = step(history, { document: move(history.present.document, selection, 1, 0), selection }, "nudge");
    history = undo(history);
    expect(history.present.document).toBe(document);
    history = step(history, { document: remove(document, selection), selection: nothing });
    expect(redo(history)).toBe(history);
    expect(seatCountOf(undo(history).present.document)).toBe(3);
  });

  it("do not count selecting, nor a step that changes nothing", () => {
    const { document, selection } = blockPlan(1, 3);
    const history = select(startHistory({ document, selection }), { selection: nothing });
    expect(undo(history)).toBe(history);
    expect(step(history, { document, selection: nothing }).past).toBeUndefined();
  });

  it("copy nothing of a large plan but what changes", () => {
    const { document } = blockPlan(200, 250);
    const [row] = document.zones[0]?.rows ?? [];
    const moved = move(document, selectionOf(row?.seats.slice(0, 5).map(({ key }) => key)), 1, 1);
    expect(moved.zones[0]?.rows.filter((one, index) => one !== document.zones[0]?.rows[index])).toHaveLength(1);
  });
});
