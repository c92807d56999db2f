import { useEffect, useRef } from "react";
import { orphansLeftBy } from "@/lib/seating/orphan-rule";
import { maskOf } from "@/lib/seating/needs";
import { layoutOf } from "@/lib/seating/seat-layout";
import type { SeatPickerProps } from "@/lib/seat-picker";
import type { Plan } from "../model/plan";
import { SeatState } from "../model/seat-states";
import type { SeatMapView } from "../view/seat-map-view";

interface MarksOptions extends Pick<
  SeatPickerProps,
  "event" | "stateOf" | "isKnown" | "selected" | "suggested" | "toShow" | "isCloseUp" | "filter" | "seatMap" | "need"
> {
  view: SeatMapView | undefined;
  plan: Plan;
  /** What a press would choose. */
  preview: readonly number[];
  hoveredSection: number;
}

/** Brings what the page knows to the canvas: states, the choice, what is offered, what is lost. */
export function useMapMarks(options: MarksOptions): void {
  const {
    view,
    plan,
    event,
    stateOf,
    isKnown,
    selected,
    suggested,
    toShow,
    isCloseUp = false,
    filter,
    seatMap,
    need,
    preview,
    hoveredSection,
  } = options;
  const before = useRef(selected);
  useEffect(() => {
    if (view === undefined || !isKnown) return;
    const changed = view.updateStates(stateOf);
    const lost = changed.filter((seat) => before.current.has(seat) && stateOf(seat) !== SeatState.available);
    if (lost.length === 0) return;
    const now = performance.now();
    view.setMarks({ lost: new Map(lost.map((seat) => [seat, now])) });
  }, [view, stateOf, isKnown]);

  useEffect(() => {
    before.current = selected;
    const isFree = (seat: number): boolean => stateOf(seat) === SeatState.available;
    const orphans = event.policy.orphanRule ? orphansLeftBy(plan, isFree, selected) : [];
    view?.setMarks({ chosen: selected, orphans });
  }, [view, plan, stateOf, selected, event.policy.orphanRule]);

  const suggestion = suggested?.join() ?? "";
  useEffect(() => {
    view?.setMarks({ suggested: suggestion === "" ? [] : suggestion.split(",").map(Number) });
  }, [view, suggestion]);

  const shown = toShow?.join() ?? "";
  useEffect(() => {
    const seats = shown === "" ? [] : shown.split(",").map(Number);
    if (view === undefined || seats.length === 0) return;
    if (!view.seesAll(seats) || (isCloseUp && !view.seesSeats)) view.showSeats(seats);
  }, [view, shown, isCloseUp]);

  useEffect(() => {
    view?.setFilter(filter);
  }, [view, filter]);

  const isFirst = useRef(true);
  useEffect(() => {
    // All seats are looked at from the beginning: nothing is drawn twice for that.
    if (isFirst.current && need === undefined) return;
    if (view === undefined) return;
    isFirst.current = false;
    view.showOnly(need && maskOf(layoutOf(seatMap), need));
  }, [view, seatMap, need]);

  const previewed = preview.join();
  useEffect(() => {
    view?.setMarks({ preview: previewed === "" ? [] : previewed.split(",").map(Number), hoveredSection });
  }, [view, previewed, hoveredSection]);
}
