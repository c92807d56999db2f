import type { SeatMap } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { needsOf, type SeatNeed } from "@/lib/seating/needs";
import { layoutOf } from "@/lib/seating/seat-layout";
import styles from "./need-filter.module.css";

interface NeedFilterProps {
  seatMap: SeatMap;
  need: SeatNeed | undefined;
  onNeed: (need: SeatNeed | undefined) => void;
}

/** What the party needs of its seats, as far as the hall can tell: on the map, in the list, of the best. */
export function NeedFilter({ seatMap, need, onNeed }: NeedFilterProps) {
  const { t } = useI18n();
  const known = needsOf(layoutOf(seatMap));
  if (known.length === 0) return null;
  return (
    <div className={styles.needs} role="group" aria-label={t("need.label")}>
      {known.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={need === one}
          onClick={() => onNeed(need === one ? undefined : one)}
        >
          {t(`need.${one}`)}
        </button>
      ))}
    </div>
  );
}
