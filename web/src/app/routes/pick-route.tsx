import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Navigate, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useState, type ComponentType } from "react";
import { cancelBooking } from "@/api/cancel-booking";
import type { Booking, EventDetails } from "@/api/types";
import { ownPlacesQuery } from "@/features/bookings/api/queries";
import { eventQuery, refreshInterval } from "@/features/events/api/queries";
import { useKnownEvent } from "@/features/events/api/use-known-event";
import { useSaleMoments } from "@/features/events/api/use-sale-moments";
import { CountdownClock } from "@/features/events/components/countdown-clock";
import { SaleAnnouncer } from "@/features/events/components/sale-announcer";
import { LiveBanner } from "@/features/live/components/live-banner";
import { useLive } from "@/features/live/use-live";
import { PickPage, type OwnHold } from "@/features/picking/components/pick-page";
import { PickPreview } from "@/features/picking/components/pick-preview";
import { isGuarded, queueQuery } from "@/features/queue/api/queue";
import { useI18n } from "@/i18n/i18n";
import { useLocalEvent } from "@/i18n/place-names";
import type { SeatPickerProps } from "@/lib/seat-picker";
import { serverNow } from "@/lib/server-clock";
import { shellSlugs } from "@/lib/shell-slugs";
import { forgetHold, rememberHold } from "@/session/hold";
import { keptAdmission } from "@/session/queue-place";
import { useSession } from "@/session/use-session";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { showToast } from "@/ui/toasts";
import { later } from "@/lib/later";
import { NotFoundPage } from "../not-found-page";

// The map is large and not everybody opens it: it comes when it is wanted. Without one, the list serves alone.
const maps = import.meta.glob<{ default: ComponentType<SeatPickerProps> }>("../../features/seat-map/index.tsx");
const loadMap = Object.values(maps)[0];
const SeatMapPicker = loadMap && lazy(loadMap);
const PresaleEntry = later(() => import("@/features/picking/later/presale-entry"));

export default function PickRoute() {
  const { t } = useI18n();
  const { slug } = useParams({ from: "/events/$slug/pick" });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { data, error } = useQuery({ ...eventQuery(slug), refetchInterval: refreshInterval });
  const event = useLocalEvent(data);
  const shown = useMemo(() => event && [event], [event]);
  useSaleMoments(shown, slug);
  const known = useKnownEvent(slug);
  const hasSeatMap = event?.hasSeatMap === true;
  useEffect(() => {
    // Beside the plan, not after it.
    if (hasSeatMap) void loadMap?.().catch(() => undefined);
  }, [hasSeatMap]);
  const isBuyer = useSession().status === "signedIn";
  const { data: owned } = useQuery({
    ...ownPlacesQuery(event?.id ?? ""),
    enabled: isBuyer && event !== undefined,
    // A hold that has ended is asked for once more, just after.
    refetchInterval: ({ state }) => untilNextEnd(state.data?.data.map(({ booking }) => booking) ?? []),
  });
  const ownHoldOf = (held: Booking): OwnHold => ({
    items: held.items,
    goOn: (
      <ButtonLink to="/checkout/$eventId/$bookingId" params={{ eventId: held.eventId, bookingId: held.id }}>
        {t("hold.continue")}
      </ButtonLink>
    ),
    giveBack: async () => {
      await cancelBooking(held.eventId, held.id);
      forgetHold(held.id);
      await queryClient.invalidateQueries({ queryKey: ["my-bookings"] });
    },
  });
  const [isPresale, setIsPresale] = useState(false);
  const live = useLive(event === undefined || event.saleStatus === "ended" ? undefined : event.id, slug);
  // The live feed brings it anew.
  const { data: queue } = useQuery({ ...queueQuery(event?.id ?? ""), enabled: event !== undefined });
  if (error !== null && event === undefined) return <NotFoundPage />;
  if (event !== undefined && isGuarded(queue) && keptAdmission(event.id, serverNow()) === undefined)
    return <Navigate to="/events/$slug/queue" params={{ slug: event.slug }} replace />;
  if (event === undefined)
    return <PickPreview slug={slug} title={known?.title} isSeated={slug !== shellSlugs.quantities} />;
  const isOpen =
    event.status !== "cancelled" &&
    (event.saleStatus === "onSale" || event.saleStatus === "soldOut" || (isPresale && event.saleStatus === "upcoming"));
  return (
    <>
      {/* Before and after the change, so that it is read out. */}
      <SaleAnnouncer events={shown} />
      {isOpen ? (
        <PickPage
          event={event}
          places={live.places}
          owned={isBuyer ? (owned?.count ?? 0) : 0}
          ownHold={isBuyer && owned?.held !== undefined ? ownHoldOf(owned.held) : undefined}
          map={SeatMapPicker}
          banner={<LiveBanner status={live.status} />}
          onHeld={(booking, isHere) => {
            rememberHold({
              eventId: booking.eventId,
              bookingId: booking.id,
              slug: event.slug,
              title: event.title,
              expiresAt: booking.expiresAt,
              extensionsLeft: booking.extensionsLeft ?? 0,
            });
            // Who has gone on to another page is not taken away from it.
            if (!isHere) {
              showToast(t("hold.bar", { event: event.title }), "good");
              return;
            }
            void navigate({
              to: "/checkout/$eventId/$bookingId",
              params: { eventId: booking.eventId, bookingId: booking.id },
            });
          }}
        />
      ) : (
        <NotOpen event={event} onPresale={() => setIsPresale(true)} />
      )}
    </>
  );
}

/** Nothing can be chosen now: why, and from when on. It turns into the picker by itself when the sale begins. */
function NotOpen({ event, onPresale }: { event: EventDetails; onPresale: () => void }) {
  const { t } = useI18n();
  const isUpcoming = event.status !== "cancelled" && event.saleStatus === "upcoming";
  const title = event.status === "cancelled" ? t("event.cancelled") : t(isUpcoming ? "pick.notYet" : "event.saleEnded");
  return (
    <EmptyState isPage title={title} text={event.title}>
      {isUpcoming && (
        <>
          <CountdownClock until={event.onSaleAt} />
          <Suspense>
            <PresaleEntry event={event} onOpen={onPresale} />
          </Suspense>
        </>
      )}
      <ButtonLink to="/events/$slug" params={{ slug: event.slug }}>
        {t("pick.toEvent")}
      </ButtonLink>
    </EmptyState>
  );
}

const afterEndMs = 1500;

/** When the first of the held bookings ends, in milliseconds from now; false: none is held. */
function untilNextEnd(bookings: readonly Booking[]): number | false {
  const ends = bookings.filter(({ state }) => state === "held").map(({ expiresAt }) => Date.parse(expiresAt));
  return ends.length === 0 ? false : Math.max(afterEndMs, Math.min(...ends) - Date.now() + afterEndMs);
}
