import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { activeHold, forgetHold } from "@/session/hold";
import { ClockIcon } from "@/ui/icons";
import { useNow } from "@/ui/use-now";
import { secondsLeft } from "../model/hold-time";
import { HoldClock } from "./hold-clock";
import styles from "./hold-bar.module.css";

/** Wherever the buyer goes, the way back to the places that are kept for them. */
export function HoldBar() {
  const hold = useStore(activeHold);
  const path = useRouterState({ select: (state) => state.location.pathname });
  if (
    hold === undefined ||
    path.startsWith("/checkout/") ||
    path.startsWith("/login") ||
    path.startsWith("/register")
  ) {
    return null;
  }
  return <Bar hold={hold} />;
}

function Bar({ hold }: { hold: NonNullable<ReturnType<typeof activeHold.get>> }) {
  const { t } = useI18n();
  const left = secondsLeft(hold.expiresAt, useNow());
  useEffect(() => {
    if (left === 0) forgetHold(hold.bookingId);
  }, [left, hold.bookingId]);
  return (
    <aside className={styles.bar} aria-label={t("hold.label")}>
      <span className={styles.text}>
        <ClockIcon />
        <span className={styles.event}>{t("hold.bar", { event: hold.title })}</span>
        <span className={styles.title} dir="auto">
          {hold.title}
        </span>
        <HoldClock seconds={left} />
      </span>
      <Link to="/checkout/$eventId/$bookingId" params={{ eventId: hold.eventId, bookingId: hold.bookingId }}>
        {t("hold.continue")}
      </Link>
    </aside>
  );
}
