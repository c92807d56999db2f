import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { useSeatMapMessages } from "../messages";
import type { Point } from "../model/camera";
import { orphansLeftBy } from "../model/orphan-rule";
import { partyAround } from "../model/party";
import { compilePlan, labelOfSeat } from "../model/plan";
import { freeByTier, SeatState } from "../model/seat-states";
import type { Target } from "../view/seat-map-view";
import { HoverCard } from "./hover-card";
import { MapControls } from "./map-controls";
import { Minimap } from "./minimap";
import styles from "./seat-map.module.css";
import { StateKey } from "./state-key";
import { TierFilter } from "./tier-filter";
import { useFacts } from "./use-facts";
import { useGestures } from "./use-gestures";
import { useSeatMapView } from "./use-seat-map-view";

const noticeMs = 5000;
/** A small plan is in view as a whole, or nearly. */
const minimapSeats = 1500;

/** The seat map: everything that the list can do, for the eye. */
export default function SeatMap(props: SeatPickerProps) {
  const { event, seatMap, stateOf, revision, selected, remaining, partySize, onChange, onStanding, suggested } = props;
  const t = useSeatMapMessages();
  const { format } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plan = useMemo(() => compilePlan(seatMap), [seatMap]);
  const tierColours = useMemo(() => seatMap.tiers.map(({ colour }) => colour), [seatMap]);
  const [filter, setFilter] = useState<number>();
  const [hover, setHover] = useState<{ target: NonNullable<Target>; at: Point }>();
  const [notice, setNotice] = useState<{ text: string }>();
  const captions = useRef<(section: number) => string>(() => "");
  const captionOf = useCallback((section: number) => captions.current(section), []);
  const { view, ...zoom } = useSeatMapView(box, canvas, { plan, tierColours, captionOf });
  const facts = useFacts({ event, seatMap, plan, view, filter });

  const isFree = useCallback((seat: number) => stateOf(seat) === SeatState.available, [stateOf]);
  const partyOf = useCallback(
    (seat: number): number[] => {
      const size = Math.min(partySize, remaining);
      if (selected.size > 0 || size < 2) return [seat];
      return partyAround(plan, isFree, seat, size) ?? [seat];
    },
    [plan, isFree, partySize, remaining, selected],
  );

  // The states are read from outside; their revision says when they changed.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const free = useMemo(() => freeByTier(plan, stateOf), [plan, stateOf, revision]);
  const before = useRef(selected);
  useEffect(() => {
    if (view === undefined) return;
    const changed = view.updateStates(stateOf);
    const lost = changed.filter((seat) => before.current.has(seat) && stateOf(seat) !== SeatState.available);
    if (lost.length > 0) {
      const now = performance.now();
      view.setMarks({ lost: new Map(lost.map((seat) => [seat, now])) });
    }
  }, [view, stateOf, revision]);

  useEffect(() => {
    before.current = selected;
    const orphans = event.policy.orphanRule ? orphansLeftBy(plan, isFree, selected) : [];
    view?.setMarks({ chosen: selected, orphans });
  }, [view, plan, isFree, selected, revision, event.policy.orphanRule]);

  const suggestion = suggested?.join() ?? "";
  useEffect(() => {
    const seats = suggestion === "" ? [] : suggestion.split(",").map(Number);
    view?.setMarks({ suggested: seats });
    if (view !== undefined && seats.length > 0 && !view.seesAll(seats)) view.showSeats(seats);
  }, [view, suggestion]);

  useEffect(() => {
    captions.current = facts.captionOfSection;
    view?.setFilter(filter);
    view?.setMarks({});
  }, [view, filter, facts]);

  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => setNotice(undefined), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);

  const hoverSeat = hover?.target.kind === "seat" ? hover.target.seat : undefined;
  const canChoose = hoverSeat !== undefined && isFree(hoverSeat) && !selected.has(hoverSeat) && remaining > 0;
  useEffect(() => {
    const section = hover?.target.kind === "section" && zoom.canZoomIn ? hover.target.section : -1;
    view?.setMarks({
      preview: hoverSeat === undefined ? [] : canChoose ? partyOf(hoverSeat) : [],
      hoveredSection: section,
    });
  }, [view, hover, hoverSeat, canChoose, partyOf, zoom.canZoomIn]);

  const tapSeat = (seat: number): boolean => {
    const say = (text: string): boolean => {
      setNotice({ text });
      return true;
    };
    if (selected.has(seat)) onChange([seat], false);
    else if (!isFree(seat)) return say(t(refusalOf(stateOf(seat)), { seat: labelOfSeat(plan, seat) }));
    else if (filter !== undefined && plan.tier[seat] !== filter)
      return say(t("isFiltered", { seat: labelOfSeat(plan, seat) }));
    else if (remaining <= 0) return say(t("atLimit"));
    else {
      const party = partyOf(seat);
      const wanted = Math.min(partySize, remaining);
      if (selected.size === 0 && party.length < wanted) say(t("notTogether", { count: wanted }));
      else setNotice(undefined);
      onChange(party, true);
    }
    return true;
  };

  useGestures(box, {
    view,
    onTap: (target, at, isTouch) => {
      if (target === undefined) return false;
      if (target.kind === "seat") return tapSeat(target.seat);
      if (target.kind === "section") view?.zoomToSeats(at, isTouch);
      else {
        const tier = seatMap.tiers[target.tier];
        if (tier === undefined || onStanding === undefined) return false;
        onStanding(tier.id);
      }
      return true;
    },
    onHover: (target, at) => setHover(target === undefined || at === undefined ? undefined : { target, at }),
  });

  const seats = free.reduce((sum, count) => sum + count, 0);
  return (
    <div className={styles.picker}>
      <TierFilter event={event} seatMap={seatMap} free={free} filter={filter} onFilter={setFilter} />
      <div
        ref={box}
        className={styles.box}
        data-target={hover !== undefined && hover.target.kind !== "section"}
        tabIndex={0}
        role="group"
        aria-label={t("keys")}
      >
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="img"
          aria-label={t("label", {
            venue: event.venue.name,
            free: format.number(seats),
            total: format.number(plan.seatCount),
          })}
        />
        {view !== undefined && !zoom.isWhole && plan.seatCount > minimapSeats && <Minimap view={view} />}
        <MapControls view={view} selected={selected} {...zoom} />
        {hover !== undefined && view !== undefined && (
          <HoverCard
            facts={facts.of(hover.target, selected, canChoose ? partyOf(hoverSeat).length : 0)}
            at={hover.at}
            within={view.size}
          />
        )}
        <div className={styles.notice} role="status">
          {notice !== undefined && <p>{notice.text}</p>}
        </div>
      </div>
      <StateKey />
    </div>
  );
}

function refusalOf(state: number): "isHeld" | "isSold" | "isBlocked" {
  if (state === SeatState.held) return "isHeld";
  return state === SeatState.sold ? "isSold" : "isBlocked";
}
