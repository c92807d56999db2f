import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { isReservedSeat } from "@/lib/seating/needs";
import { layoutOf } from "@/lib/seating/seat-layout";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { useSeatMapMessages } from "../messages";
import type { Point } from "../model/camera";
import { partyAround } from "../model/party";
import { compilePlan } from "../model/plan";
import { SeatState } from "../model/seat-states";
import type { Target } from "../view/seat-map-view";
import { FactsCard } from "./facts-card";
import { MapControls } from "./map-controls";
import { Minimap } from "./minimap";
import { PressCard, type Pressed } from "./press-card";
import styles from "./seat-map.module.css";
import { StateKey } from "./state-key";
import { useFacts } from "./use-facts";
import { useGestures } from "./use-gestures";
import { useMapMarks } from "./use-map-marks";
import { useSeatMapView } from "./use-seat-map-view";

const noticeMs = 5000;
/** A small plan is in view as a whole, or nearly. */
const minimapSeats = 1500;

/** The seat map: everything that the list can do, for the eye. */
export default function SeatMap(props: SeatPickerProps) {
  const { event, seatMap, stateOf, isKnown, selected, remaining, partySize, filter, onChange } = props;
  const t = useSeatMapMessages();
  const { format } = useI18n();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plan = useMemo(() => compilePlan(seatMap), [seatMap]);
  const tierColours = useMemo(() => seatMap.tiers.map(({ colour }) => colour), [seatMap]);
  const [hover, setHover] = useState<{ target: NonNullable<Target>; at: Point }>();
  const [pressed, setPressed] = useState<Pressed>();
  const [notice, setNotice] = useState<{ text: string }>();
  const captions = useRef<(section: number) => string>(() => "");
  const captionOf = useCallback((section: number) => captions.current(section), []);
  const { view, ...seen } = useSeatMapView(box, canvas, { plan, tierColours, captionOf });
  const facts = useFacts({ event, seatMap, plan, view, filter });

  const isFree = (seat: number): boolean => stateOf(seat) === SeatState.available;
  const partyOf = (seat: number): number[] => {
    const size = Math.min(partySize, remaining);
    if (selected.size > 0 || size < 2) return [seat];
    // A wheelchair's and a companion's place go together, and with no others.
    const layout = layoutOf(seatMap);
    const isReserved = isReservedSeat(layout, seat);
    const isForParty = (one: number): boolean =>
      isFree(one) && (!props.isReserved || isReservedSeat(layout, one) === isReserved);
    return partyAround(plan, isForParty, seat, size) ?? [seat];
  };
  const wouldChoose = (target: Target): number[] =>
    target?.kind === "seat" && isFree(target.seat) && !selected.has(target.seat) && remaining > 0
      ? partyOf(target.seat)
      : [];
  const preview = wouldChoose(pressed?.target ?? hover?.target);
  useMapMarks({
    ...props,
    view,
    plan,
    preview,
    hoveredSection: hover?.target.kind === "section" && seen.canZoomIn ? hover.target.section : -1,
  });

  useEffect(() => {
    captions.current = facts.captionOfSection;
    view?.setMarks({});
  }, [view, facts]);

  useEffect(() => {
    if (notice === undefined) return;
    const timer = setTimeout(() => setNotice(undefined), noticeMs);
    return () => clearTimeout(timer);
  }, [notice]);

  const refusalOf = (seat: number): string | undefined => {
    if (!isKnown) return t("loading");
    if (!isFree(seat)) return t(refusals[stateOf(seat)] ?? "isBlocked", { seat: facts.nameOf(seat) });
    if (filter?.has(plan.tier[seat] ?? -1) === false || view?.states.isLookedAt(seat) === false)
      return t("isFiltered", { seat: facts.nameOf(seat) });
    return remaining <= 0 ? t("atLimit") : undefined;
  };

  const take = (seat: number): void => {
    setPressed(undefined);
    if (selected.has(seat)) {
      onChange([seat], false);
      return;
    }
    const party = partyOf(seat);
    const wanted = Math.min(partySize, remaining);
    const isApart = selected.size === 0 && party.length < wanted;
    setNotice(isApart ? { text: t("notTogether", { count: wanted }) } : undefined);
    onChange(party, true);
  };

  const tapSeat = (seat: number, at: Point, isTouch: boolean): void => {
    const refusal = selected.has(seat) ? undefined : refusalOf(seat);
    setNotice(refusal === undefined ? undefined : { text: refusal });
    // A finger hides what it presses: the seat is named first, and taken by a second press.
    const isSecond = pressed?.target.kind === "seat" && pressed.target.seat === seat;
    if (refusal !== undefined) setPressed(undefined);
    else if (isTouch && !isSecond) setPressed({ target: { kind: "seat", seat }, at });
    else take(seat);
  };

  useGestures(box, {
    view,
    onTap: (target, at, isTouch) => {
      if (target?.kind === "seat") {
        tapSeat(target.seat, at, isTouch);
        return true;
      }
      setPressed(undefined);
      if (target?.kind === "section") view?.zoomToSeats(at, isTouch);
      else if (target?.kind === "standing") setPressed({ target, at });
      return target !== undefined;
    },
    onHover: (target, at) => setHover(target === undefined || at === undefined ? undefined : { target, at }),
    onMove: () => setPressed(undefined),
  });

  const seated = event.tiers.filter(({ kind }) => kind === "seated");
  const section = seen.isWhole || plan.sections.length < 2 ? "" : (plan.sections[seen.section]?.name ?? "");
  return (
    <div className={styles.picker}>
      <div
        ref={box}
        className={styles.box}
        data-target={hover !== undefined && hover.target.kind !== "section"}
        data-scrolls={!seen.canPanDown}
        tabIndex={0}
        role="group"
        aria-label={t("keys")}
        onKeyDown={({ key }) => {
          if (key === "Escape") setPressed(undefined);
        }}
      >
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="img"
          aria-label={t("label", {
            venue: event.venue.name,
            free: format.number(seated.reduce((sum, { available }) => sum + available, 0)),
            total: format.number(plan.seatCount),
          })}
        />
        {section !== "" && <p className={styles.section}>{section}</p>}
        {view !== undefined && !seen.isWhole && plan.seatCount > minimapSeats && <Minimap view={view} />}
        <MapControls view={view} selected={selected} {...seen} />
        {hover !== undefined && pressed === undefined && view !== undefined && (
          <FactsCard facts={facts.of(hover.target, selected, preview.length)} at={hover.at} within={view.size} />
        )}
        {pressed !== undefined && view !== undefined && (
          <PressCard pressed={pressed} picker={props} facts={facts} party={preview} within={view.size} onTake={take} />
        )}
        <div className={styles.notice} role="status">
          {notice !== undefined ? <p>{notice.text}</p> : !isKnown && <p>{t("loading")}</p>}
        </div>
      </div>
      <StateKey />
    </div>
  );
}

const refusals: Readonly<Record<number, "isHeld" | "isSold">> = {
  [SeatState.held]: "isHeld",
  [SeatState.sold]: "isSold",
};
