import type { Change } from "./draw";

/** What was, is and will be again. States share what did not change, so that their number needs no limit. */
export interface History {
  readonly past: Past | undefined;
  readonly present: Change;
  readonly future: Past | undefined;
  /** What the last step was: another of the same kind soon after belongs to it. */
  readonly tag: string | undefined;
}

/** A list from the newest: adding one copies nothing, however long it is. */
interface Past {
  readonly state: Change;
  readonly before: Past | undefined;
}

export function startHistory(present: Change): History {
  return { past: undefined, present, future: undefined, tag: undefined };
}

/**
 * A step that can be undone.
 * @param tag Steps in a row with the same tag are undone as one: a key that is held down, a name that is typed.
 */
export function step(history: History, next: Change, tag?: string): History {
  if (next.document === history.present.document) return select(history, next);
  const isSame = tag !== undefined && tag === history.tag;
  return {
    past: isSame ? history.past : { state: history.present, before: history.past },
    present: next,
    future: undefined,
    tag,
  };
}

/** Selecting is no step: it is neither undone nor does it end the way forward. */
export function select(history: History, { selection }: Pick<Change, "selection">): History {
  if (selection === history.present.selection) return history;
  return { ...history, present: { ...history.present, selection }, tag: undefined };
}

export function undo(history: History): History {
  const { past, present, future } = history;
  if (past === undefined) return history;
  return { past: past.before, present: past.state, future: { state: present, before: future }, tag: undefined };
}

export function redo(history: History): History {
  const { past, present, future } = history;
  if (future === undefined) return history;
  return { past: { state: present, before: past }, present: future.state, future: future.before, tag: undefined };
}
