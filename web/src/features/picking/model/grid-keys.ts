/** A button among rows of buttons. */
export interface Place {
  row: number;
  index: number;
}

export interface PressedKey {
  /** As `KeyboardEvent.key`, for a page written from left to right. */
  key: string;
  ctrlKey: boolean;
}

/** In a page written from right to left the next button is on the left. */
export function keyFor(key: string, direction: "ltr" | "rtl"): string {
  if (direction === "ltr") return key;
  return key === "ArrowLeft" ? "ArrowRight" : key === "ArrowRight" ? "ArrowLeft" : key;
}

/**
 * Where a key leads, by the grid pattern of the WAI-ARIA Authoring Practices; undefined: it is none of the grid's keys.
 * `rows` says which buttons can have the focus: the others are passed over, and at an edge one stays where one is.
 */
export function placeAfter(
  { key, ctrlKey }: PressedKey,
  from: Place,
  rows: readonly (readonly boolean[])[],
): Place | undefined {
  const row = rows[from.row] ?? [];
  const inRow = (index: number) => (index < 0 ? from : { row: from.row, index });
  switch (key) {
    case "ArrowRight":
      return inRow(row.indexOf(true, from.index + 1));
    case "ArrowLeft":
      return inRow(row.slice(0, from.index).lastIndexOf(true));
    case "ArrowDown":
      return inNearRow(from, rows, 1) ?? from;
    case "ArrowUp":
      return inNearRow(from, rows, -1) ?? from;
    case "Home":
      return ctrlKey ? (inNearRow({ row: -1, index: 0 }, rows, 1) ?? from) : inRow(row.indexOf(true));
    case "End":
      return ctrlKey
        ? (inNearRow({ row: rows.length, index: Infinity }, rows, -1) ?? from)
        : inRow(row.lastIndexOf(true));
    default:
      return undefined;
  }
}

/** The same place of the nearest row that has any, or the one beside it; a shorter row's last. */
function inNearRow(from: Place, rows: readonly (readonly boolean[])[], step: 1 | -1): Place | undefined {
  for (let row = from.row + step; row >= 0 && row < rows.length; row += step) {
    const buttons = rows[row] ?? [];
    const wanted = Math.min(from.index, buttons.length - 1);
    const before = buttons.lastIndexOf(true, wanted);
    const after = buttons.indexOf(true, wanted);
    if (before < 0 && after < 0) continue;
    const isAfterNearer = before < 0 || (after >= 0 && after - wanted < wanted - before);
    return { row, index: isAfterNearer ? after : before };
  }
  return undefined;
}
