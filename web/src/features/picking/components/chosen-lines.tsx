import { useI18n } from "@/i18n/i18n";
import { priceText } from "@/i18n/price-text";
import { useSeatNames } from "@/i18n/seat-names";
import { CloseIcon } from "@/ui/icons";
import type { Picking } from "../model/use-pick";
import styles from "./choice-summary.module.css";

/** Each seat and each number of places, with its price; each can be taken away. */
export function ChosenLines({ pick, isOpen }: { pick: Picking; isOpen: boolean }) {
  const { t, format } = useI18n();
  const names = useSeatNames();
  return (
    <ul id="choice-lines" className={styles.lines} data-open={isOpen}>
      {pick.lines.map(({ key, seat, tierId, tier, price, quantity }) => {
        const label = seat === undefined ? t("summary.line", { count: quantity, tier }) : names.seat(seat);
        return (
          <li key={key}>
            <span>{label}</span>
            <span className="num">{priceText({ ...price, amount: price.amount * quantity }, t, format)}</span>
            <button
              type="button"
              aria-label={t("summary.remove", { seat: label })}
              onClick={() => {
                if (seat === undefined) pick.setQuantity(tierId, 0);
                else pick.changeSeats([seat.ordinal], false);
              }}
            >
              <CloseIcon size={16} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
