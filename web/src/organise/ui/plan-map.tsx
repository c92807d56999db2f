import { useEffect, useMemo, useRef } from "react";
import type { SeatMap } from "@/api/types";
import { MapControls } from "@/features/seat-map/components/map-controls";
import { useGestures } from "@/features/seat-map/components/use-gestures";
import { useSeatMapView } from "@/features/seat-map/components/use-seat-map-view";
import { compilePlan } from "@/features/seat-map/model/plan";
import { useText } from "../i18n/text";
import styles from "./plan-map.module.css";

const nothing: ReadonlySet<number> = new Set();
const allFree = (): number => 0;
const noCaption = (): string => "";

interface PlanMapProps {
  seatMap: SeatMap;
  /** What it shows, in words, for who does not see it. */
  label: string;
  /** 0 free, 1 held, 2 sold, 3 not for sale. Another function whenever any state changed. */
  stateOf?: (seat: number) => number;
  chosen?: ReadonlySet<number>;
  /** Free seats of other tiers are pale. */
  onlyTiers?: ReadonlySet<number> | undefined;
  onSeat?: (seat: number) => void;
}

/** A plan as buyers see it, by the shop's own renderer. */
export default function PlanMap({
  seatMap,
  label,
  stateOf = allFree,
  chosen = nothing,
  onlyTiers,
  onSeat,
}: PlanMapProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const plan = useMemo(() => compilePlan(seatMap), [seatMap]);
  const tierColours = useMemo(() => seatMap.tiers.map(({ colour }) => colour), [seatMap]);
  const { view, ...seen } = useSeatMapView(box, canvas, { plan, tierColours, captionOf: noCaption });
  useEffect(() => {
    view?.updateStates(stateOf);
  }, [view, stateOf]);
  useEffect(() => {
    view?.setMarks({ chosen });
  }, [view, chosen]);
  useEffect(() => {
    view?.setFilter(onlyTiers);
  }, [view, onlyTiers]);
  useGestures(box, {
    view,
    onTap: (target, at, isTouch) => {
      if (target?.kind === "seat" && onSeat !== undefined) onSeat(target.seat);
      else if (target?.kind === "section") view?.zoomToSeats(at, isTouch);
      return target !== undefined;
    },
    onHover: () => undefined,
    onMove: () => undefined,
  });
  return (
    <div
      ref={box}
      className={styles.box}
      data-scrolls={!seen.canPanDown}
      tabIndex={0}
      role="group"
      aria-label={t("planMap.keys")}
    >
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={label} />
      <MapControls view={view} selected={chosen} {...seen} />
    </div>
  );
}
