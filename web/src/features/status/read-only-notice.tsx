import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, unwrap } from "@/api/client";
import { useI18n } from "@/i18n/i18n";
import { pauseHoldTime } from "@/lib/hold-time";
import { activeHolds, rememberHold } from "@/session/hold";
import banner from "@/ui/offline-banner.module.css";
import { statusTexts } from "./texts";

const calmMs = 30_000;
const awayMs = 4000;
const goodNewsMs = 10_000;

/** Says while nothing can be changed what works and what is kept; and when it is over. */
export default function ReadOnlyNotice() {
  const { language } = useI18n();
  const texts = statusTexts[language];
  const queries = useQueryClient();
  const { data, refetch } = useQuery({
    queryKey: ["status"],
    queryFn: () => unwrap(api.GET("/api/v1/status")),
    staleTime: 0,
    throwOnError: false,
    refetchInterval: (query) => (query.state.data?.readOnly == null ? calmMs : awayMs),
  });
  const notice = data?.readOnly ?? undefined;
  const since = notice?.since;
  useEffect(() => {
    if (since !== undefined) pauseHoldTime(Date.parse(since));
  }, [since]);
  const isBack = useIsBack(since !== undefined, () => void goOn(queries));
  useEffect(() => {
    const look = () => void refetch();
    window.addEventListener("onsale:read-only", look);
    return () => window.removeEventListener("onsale:read-only", look);
  }, [refetch]);
  return (
    <div role="status" aria-live="polite" className={banner.status}>
      {notice !== undefined && (
        <div className={banner.banner} data-testid="read-only">
          <strong>{texts.title}</strong> {texts.works}
          {notice.reason != null && (
            <p>
              <bdi>{texts.reason.replace("{reason}", notice.reason)}</bdi>
            </p>
          )}
        </div>
      )}
      {isBack && <p className={banner.banner}>{texts.back}</p>}
    </div>
  );
}

/** What is held has a later end now: time runs again when it is known. */
async function goOn(queries: QueryClient): Promise<void> {
  await Promise.allSettled(
    activeHolds.get().map(async (hold) => {
      const path = { id: hold.eventId, bookingId: hold.bookingId };
      const booking = await unwrap(api.GET("/api/v1/events/{id}/bookings/{bookingId}", { params: { path } }));
      rememberHold({ ...hold, expiresAt: booking.expiresAt });
    }),
  );
  await queries.invalidateQueries();
  pauseHoldTime();
}

/** For a while after it was over; what the page shows is asked for anew then. */
function useIsBack(isOn: boolean, onBack: () => void): boolean {
  const [isBack, setIsBack] = useState(false);
  const wasOn = useRef(false);
  const tell = useRef(onBack);
  useEffect(() => {
    tell.current = onBack;
  });
  useEffect(() => {
    const hasEnded = wasOn.current && !isOn;
    wasOn.current = isOn;
    setIsBack(hasEnded);
    if (!hasEnded) return;
    tell.current();
    const timer = setTimeout(() => setIsBack(false), goodNewsMs);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isBack;
}
