import { MinusIcon, PlusIcon } from "@/ui/icons";
import { useSeatMapMessages } from "../messages";
import type { SeatMapView } from "../view/seat-map-view";
import styles from "./map-controls.module.css";

interface MapControlsProps {
  view: SeatMapView | undefined;
  canZoomIn: boolean;
  canZoomOut: boolean;
  isWhole: boolean;
  selected: ReadonlySet<number>;
}

export function MapControls({ view, canZoomIn, canZoomOut, isWhole, selected }: MapControlsProps) {
  const t = useSeatMapMessages();
  const mine = t("mine", { count: selected.size });
  return (
    <div className={styles.controls}>
      {selected.size > 0 && (
        <button type="button" aria-label={mine} title={mine} onClick={() => view?.showSeats(selected)}>
          <SeatIcon />
        </button>
      )}
      <button
        type="button"
        aria-label={t("whole")}
        title={t("whole")}
        disabled={isWhole}
        onClick={() => view?.showWhole()}
      >
        <WholeIcon />
      </button>
      <div className={styles.zoom}>
        <button
          type="button"
          aria-label={t("zoomOut")}
          title={t("zoomOut")}
          disabled={!canZoomOut}
          onClick={() => view?.zoomStep(-1)}
        >
          <MinusIcon />
        </button>
        <button
          type="button"
          aria-label={t("zoomIn")}
          title={t("zoomIn")}
          disabled={!canZoomIn}
          onClick={() => view?.zoomStep(1)}
        >
          <PlusIcon />
        </button>
      </div>
    </div>
  );
}

function WholeIcon() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15" />
    </svg>
  );
}

function SeatIcon() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <circle cx="12" cy="12" r="8.5" />
      <path d="m8.5 12.5 2.5 2.5 4.5-5" />
    </svg>
  );
}
