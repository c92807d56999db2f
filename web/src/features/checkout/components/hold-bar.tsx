import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { secondsLeft } from "@/lib/hold-time";
import { activeHolds, forgetHold, type ActiveHold } from "@/session/hold";
import { HoldClock } from "@/ui/hold-clock";
import { ClockIcon } from "@/ui/icons";
import { showToast } from "@/ui/toasts";
import { useNow } from "@/ui/use-now";
import styles from "./hold-bar.module.css";

/** Wherever the buyer goes, the way back to the places that are kept for them; the checkout has its own clock. */
export function HoldBar() {
  const holds = useStore(activeHolds);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [first, ...others] = holds.filter(({ eventId, bookingId }) => path !== `/checkout/${eventId}/${bookingId}`);
  return first === undefined ? null : <Bar hold={first} others={others.length} />;
}

function Bar({ hold, others }: { hold: ActiveHold; others: number }) {
  const { t } = useI18n();
  const left = secondsLeft(hold.expiresAt, useNow());
  const { bookingId, slug, title } = hold;
  useEffect(() => {
    if (left > 0) return;
    forgetHold(bookingId);
    // The bar would vanish without a word, and with it the only hint that there had been places.
    showToast(t("hold.endedToast", { event: title }), "plain", {
      label: t("hold.chooseAgain"),
      href: `/events/${slug}/pick`,
    });
  }, [left, bookingId, slug, title, t]);
  return (
    <aside className={styles.bar} aria-label={t("hold.label")}>
      <span className={styles.text}>
        <ClockIcon />
        <span className={styles.event}>{t("hold.bar", { event: title })}</span>
        <span className={styles.title} dir="auto">
          {title}
        </span>
        <HoldClock seconds={left} />
      </span>
      {others > 0 && (
        <Link to="/bookings" className={styles.others}>
          {t("hold.others", { count: others })}
        </Link>
      )}
      <Link to="/checkout/$eventId/$bookingId" params={{ eventId: hold.eventId, bookingId }}>
        {t("hold.continue")}
      </Link>
    </aside>
  );
}
