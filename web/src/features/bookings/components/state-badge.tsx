import type { Booking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { stateNames } from "../model/booking-state";
import styles from "./state-badge.module.css";

export function StateBadge({
  state,
  isEventCancelled = false,
}: {
  state: Booking["state"];
  isEventCancelled?: boolean;
}) {
  const { t } = useI18n();
  return (
    <span className={styles.badge} data-state={isEventCancelled ? "cancelled" : state}>
      {t(isEventCancelled ? "event.cancelled" : stateNames[state])}
    </span>
  );
}
