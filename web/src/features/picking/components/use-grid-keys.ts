import { useState, type FocusEvent, type KeyboardEvent } from "react";
import { useI18n } from "@/i18n/i18n";
import { keyFor, placeAfter } from "../model/grid-keys";

/**
 * Arrow keys among the buttons of an element of the role grid, each named by its first seat in `data-seat`. `at` is the
 * seat that had the focus last, where the Tab key is to come back to.
 */
export function useGridKeys() {
  const { direction } = useI18n();
  const [at, setAt] = useState(0);
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => {
    if (target.dataset.seat !== undefined) setAt(Number(target.dataset.seat));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    const rows = [...event.currentTarget.querySelectorAll("[role=row]")].map((row) => [
      ...row.querySelectorAll("button"),
    ]);
    const button = (event.target as Element).closest("[role=gridcell]")?.querySelector("button");
    const row = rows.findIndex((buttons) => buttons.some((one) => one === button));
    const index = rows[row]?.findIndex((one) => one === button) ?? 0;
    const next = placeAfter(
      { key: keyFor(event.key, direction), ctrlKey: event.ctrlKey },
      { row, index },
      rows.map((buttons) => buttons.map(({ disabled }) => !disabled)),
    );
    if (next === undefined) return;
    // Else the page would scroll as well.
    event.preventDefault();
    rows[next.row]?.[next.index]?.focus();
  };
  return { at, onFocus, onKeyDown };
}
