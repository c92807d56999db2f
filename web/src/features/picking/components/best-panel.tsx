import { Checkbox } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";
import type { Picking } from "../model/use-pick";
import { BestNotice } from "./best-notice";
import styles from "./best-panel.module.css";
import { QuantityPicker } from "./quantity-picker";

/** So many places of each tier; of those with numbers the house chooses the best, and says which they are. */
export function BestPanel({ pick, hasMap }: { pick: Picking; hasMap: boolean }) {
  const { t } = useI18n();
  const { event, seatMap, choice, best, filter } = pick;
  // What is chosen stays to be seen, whatever is looked at.
  const tiers = event.tiers.filter(
    ({ id }) =>
      (choice.quantities.get(id) ?? 0) > 0 ||
      filter?.has(seatMap?.tiers.findIndex((tier) => tier.id === id) ?? -1) !== false,
  );
  return (
    <>
      <p className="muted">{t("pick.bestText")}</p>
      <Checkbox
        className={styles.together ?? ""}
        radius={5}
        checked={choice.together}
        label={t("pick.together")}
        onChange={({ currentTarget }) => pick.setTogether(currentTarget.checked)}
      />
      <QuantityPicker
        tiers={tiers}
        quantities={choice.quantities}
        remaining={pick.remaining}
        onChange={pick.setQuantity}
      />
      {best.map(({ tierId, seats }) => (
        <BestNotice
          key={tierId}
          seats={seats}
          onShow={hasMap ? () => pick.show(seats) : undefined}
          onTake={(ordinals) => pick.takeBest(tierId, ordinals)}
        />
      ))}
    </>
  );
}
