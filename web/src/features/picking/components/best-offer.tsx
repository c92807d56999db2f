import { Button } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { useSeatNames } from "@/i18n/seat-names";
import type { ListedSeat } from "../model/seat-list";
import { sumOf, linesOfSeats } from "../model/selection";
import type { Picking } from "../model/use-pick";
import styles from "./best-offer.module.css";

interface BestOfferProps {
  seats: readonly ListedSeat[];
  pick: Picking;
  onShow: (() => void) | undefined;
  onTake: (seats: readonly number[]) => void;
}

/** Before anything is chosen: the best seats for the party, one press away. */
export function BestOffer({ seats, pick, onShow, onTake }: BestOfferProps) {
  const { t, format } = useI18n();
  const names = useSeatNames();
  const ordinals = seats.map(({ ordinal }) => ordinal);
  const lines = linesOfSeats(ordinals, pick.event, pick.seatMap, pick.index);
  return (
    <div className={styles.offer}>
      <p>
        <span className="muted small">{t("best.for", { count: seats.length })}</span>
        <strong>
          <bdi>{names.short(seats)}</bdi>
        </strong>
        <span className="visually-hidden">{names.seats(seats)}</span>
        <span className="num">{priceText(sumOf(lines, pick.event.currency), t, format)}</span>
      </p>
      {onShow !== undefined && (
        <Button variant="default" aria-label={t("best.show")} onClick={onShow}>
          {t("offer.show")}
        </Button>
      )}
      <Button aria-label={t("lost.take", { count: seats.length })} onClick={() => onTake(ordinals)}>
        {t("offer.take")}
      </Button>
    </div>
  );
}
