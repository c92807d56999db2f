import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { lazy, useCallback, useEffect, type ComponentType } from "react";
import { ownPlacesQuery } from "@/features/bookings/api/queries";
import { eventQuery } from "@/features/events/api/queries";
import { useKnownEvent } from "@/features/events/api/use-known-event";
import { LiveBanner } from "@/features/live/components/live-banner";
import { useLive } from "@/features/live/use-live";
import { PickPage } from "@/features/picking/components/pick-page";
import { PickPreview } from "@/features/picking/components/pick-preview";
import { useI18n } from "@/i18n/i18n";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { shellSlugs } from "@/lib/shell-slugs";
import { rememberHold } from "@/session/hold";
import { useSession } from "@/session/use-session";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { NotFoundPage } from "../not-found-page";

// The map is large and not everybody opens it: it comes when it is wanted. Without one, the list serves alone.
const maps = import.meta.glob<{ default: ComponentType<SeatPickerProps> }>("../../features/seat-map/index.tsx");
const loadMap = Object.values(maps)[0];
const SeatMapPicker = loadMap && lazy(loadMap);

export default function PickRoute() {
  const { t } = useI18n();
  const { slug } = useParams({ from: "/events/$slug/pick" });
  const navigate = useNavigate();
  const { data: event, error } = useQuery(eventQuery(slug));
  const known = useKnownEvent(slug);
  const hasSeatMap = event?.hasSeatMap === true;
  useEffect(() => {
    // Beside the plan, not after it.
    if (hasSeatMap) void loadMap?.().catch(() => undefined);
  }, [hasSeatMap]);
  const isBuyer = useSession().status === "signedIn";
  const { data: owned } = useQuery({ ...ownPlacesQuery(event?.id ?? ""), enabled: isBuyer && event !== undefined });
  const live = useLive(event?.id, slug);
  const { board } = live;
  const stateOf = useCallback((seat: number) => board.stateOf(seat), [board]);
  // The tiers change in place; a new revision makes a new function, and so a new look at them.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const availableOf = useCallback((tierId: string) => board.tiers.get(tierId)?.available, [board, live.revision]);
  if (error !== null && event === undefined) return <NotFoundPage />;
  if (event === undefined)
    return <PickPreview slug={slug} title={known?.title} isSeated={slug !== shellSlugs.quantities} />;
  if (event.saleStatus === "upcoming" || event.saleStatus === "ended") {
    return (
      <EmptyState
        isPage
        title={t(event.saleStatus === "upcoming" ? "pick.notYet" : "event.saleEnded")}
        text={event.title}
      >
        <ButtonLink to="/events/$slug" params={{ slug }}>
          {t("pick.toEvent")}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <PickPage
      event={event}
      availableOf={availableOf}
      stateOf={stateOf}
      revision={live.revision}
      lastChanged={board.lastChanged}
      owned={isBuyer ? (owned ?? 0) : 0}
      map={SeatMapPicker}
      banner={<LiveBanner status={live.status} />}
      onHeld={(booking) => {
        rememberHold({
          eventId: booking.eventId,
          bookingId: booking.id,
          slug: event.slug,
          title: event.title,
          expiresAt: booking.expiresAt,
        });
        void navigate({
          to: "/checkout/$eventId/$bookingId",
          params: { eventId: booking.eventId, bookingId: booking.id },
        });
      }}
    />
  );
}
