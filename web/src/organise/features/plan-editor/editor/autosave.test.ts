import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { move } from "../model/arrange";
import type { PlanDocument } from "../model/document";
import { blockPlan } from "../model/samples";
import { Autosave } from "./autosave";
import type { LocalCopy } from "./local-copy";

class Conflict extends Error {}

function make(answers: (() => Promise<string>)[]) {
  const { document, selection } = blockPlan(1, 3);
  const sent: { document: PlanDocument; etag: string }[] = [];
  const kept: { copy: LocalCopy | undefined } = { copy: undefined };
  const autosave = new Autosave({
    etag: '"1"',
    document,
    save: (next, etag) => {
      sent.push({ document: next, etag });
      return (answers.shift() ?? (() => Promise.resolve(`"${sent.length + 1}"`)))();
    },
    isConflict: (error) => error instanceof Conflict,
    keep: (copy) => {
      kept.copy = copy;
      return Promise.resolve();
    },
    drop: () => {
      kept.copy = undefined;
      return Promise.resolve();
    },
  });
  const states = [1, 2, 3, 4].map((by) => move(document, selection, by, 0));
  return { autosave, sent, kept, states: states as [PlanDocument, PlanDocument, PlanDocument, PlanDocument] };
}

describe("saving by itself", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("sends the last of many states once, on the version before, and keeps it here until then", async () => {
    const { autosave, sent, kept, states } = make([]);
    for (const state of states) autosave.follow(state);
    expect(autosave.state.get().kind).toBe("unsaved");
    await vi.advanceTimersByTimeAsync(500);
    expect(kept.copy?.etag).toBe('"1"');
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent).toEqual([{ document: states[3], etag: '"1"' }]);
    expect(autosave.state.get().kind).toBe("saved");
    expect(kept.copy).toBeUndefined();
    autosave.follow(states[0]);
    await autosave.flush();
    expect(sent[1]).toEqual({ document: states[0], etag: '"2"' });
  });

  it("sends one at a time: what is drawn meanwhile follows on the new version", async () => {
    let answer: (etag: string) => void = () => undefined;
    const { autosave, sent, states } = make([() => new Promise((resolve) => (answer = resolve))]);
    autosave.follow(states[0]);
    const first = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    autosave.follow(states[1]);
    await vi.advanceTimersByTimeAsync(3000);
    expect(sent).toHaveLength(1);
    answer('"7"');
    await first;
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent[1]).toEqual({ document: states[1], etag: '"7"' });
    expect(autosave.state.get().kind).toBe("saved");
  });

  it("tries again where nothing was answered, and loses nothing meanwhile", async () => {
    const { autosave, sent, kept, states } = make([() => Promise.reject(new Error("away"))]);
    autosave.follow(states[0]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(autosave.state.get().kind).toBe("failed");
    expect(kept.copy).toBeDefined();
    await vi.advanceTimersByTimeAsync(6000);
    expect(sent).toHaveLength(2);
    expect(autosave.state.get().kind).toBe("saved");
  });

  it("stops where somebody else has saved, keeps what is drawn on, and goes on when told to", async () => {
    const { autosave, sent, kept, states } = make([() => Promise.reject(new Conflict())]);
    autosave.follow(states[0]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(autosave.state.get().kind).toBe("conflict");
    autosave.follow(states[1]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(sent).toHaveLength(1);
    expect(JSON.stringify(kept.copy?.document)).toContain('"x":2');
    autosave.follow(states[2]);
    autosave.follow(states[1]);
    await autosave.overwrite('"5"');
    expect(sent[1]).toEqual({ document: states[1], etag: '"5"' });
    expect(autosave.state.get().kind).toBe("saved");
  });

  it("keeps nothing of what was given up", async () => {
    const { autosave, sent, kept, states } = make([() => Promise.reject(new Conflict())]);
    autosave.follow(states[0]);
    await vi.advanceTimersByTimeAsync(1500);
    await autosave.abandon();
    autosave.stop();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(kept.copy).toBeUndefined();
    expect(sent).toHaveLength(1);
  });
});
