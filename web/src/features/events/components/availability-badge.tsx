import type { SaleStatus } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import type { MessageKey } from "@/i18n/messages";
import { levelOf, type AvailabilityLevel } from "../model/availability-level";
import styles from "./availability-badge.module.css";

const labels: Record<AvailabilityLevel, MessageKey> = {
  plenty: "badge.plenty",
  some: "badge.some",
  few: "badge.few",
  soldOut: "badge.soldOut",
  upcoming: "badge.upcoming",
  ended: "badge.ended",
};

interface AvailabilityBadgeProps {
  availability: { total: number; available: number };
  saleStatus?: SaleStatus;
}

/** In words, with a shape that fills as places go: colour is the third way to tell. */
export function AvailabilityBadge({ availability, saleStatus }: AvailabilityBadgeProps) {
  const { t } = useI18n();
  const level = levelOf(availability, saleStatus);
  return (
    <span className={styles.badge} data-level={level}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="2" />
        {level === "plenty" && <circle cx="8" cy="8" r="3.6" fill="currentColor" />}
        {level === "some" && <path d="M8 4.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" />}
        {level === "few" && <path d="M8 4.4A3.6 3.6 0 0 1 11.6 8H8z" fill="currentColor" />}
        {level === "soldOut" && <path d="m5 5 6 6" stroke="currentColor" strokeWidth="2" />}
        {level === "upcoming" && <path d="M8 4.5V8l2.2 1.5" fill="none" stroke="currentColor" strokeWidth="1.6" />}
      </svg>
      {t(labels[level], { count: availability.available })}
    </span>
  );
}
