import type { ReactNode } from "react";
import { useI18n } from "@/i18n/i18n";
import { useSeatNames } from "@/i18n/seat-names";
import { SoldWith } from "@/ui/sold-with";
import type { Picking } from "../model/use-pick";

interface Blocked {
  text: ReactNode;
  /** Seats that may be taken instead. */
  moveTo?: readonly number[] | undefined;
}

/** Why the choice cannot be held as it is; undefined: it can. */
export function useBlocked(pick: Picking): Blocked | undefined {
  const { t } = useI18n();
  const names = useSeatNames();
  const { event, owned, count, available, lines, orphans, moved } = pick;
  const most = event.policy.maxTicketsPerBuyer;
  if (event.policy.oneBookingPerBuyer && owned > 0) return { text: t("refusal.oneBooking") };
  if (owned >= most || count > most - owned) return { text: t("refusal.limit", { limit: most, has: owned }) };
  if (available === 0) return { text: t("badge.soldOut") };
  if (count === 0) return { text: t("pick.nothing") };
  for (const { tierId, tier, quantity, seat } of lines) {
    const left = event.tiers.find(({ id }) => id === tierId)?.available ?? 0;
    if (seat !== undefined || quantity <= left) continue;
    return { text: left === 0 ? t("refusal.soldOut", { tier }) : t("refusal.onlyLeft", { tier, count: left }) };
  }
  const lacks = (needed: string): boolean => lines.every(({ tierId }) => tierId !== needed);
  const alone = event.tiers.find(({ id, needsTierId }) => needsTierId != null && !lacks(id) && lacks(needsTierId));
  if (alone) return { text: <SoldWith tiers={event.tiers} of={alone.id} isMissing /> };
  if (orphans.length === 0) return undefined;
  return { text: t("refusal.orphan", { seats: names.seats(orphans) }), moveTo: moved?.map(({ ordinal }) => ordinal) };
}
