import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { eventQuery, refreshInterval } from "@/features/events/api/queries";
import { useSaleMoments } from "@/features/events/api/use-sale-moments";
import { EventPage } from "@/features/events/components/event-page";
import { EventPreview } from "@/features/events/components/event-preview";
import { LiveBanner } from "@/features/live/components/live-banner";
import { SeatState } from "@/features/live/model/availability-board";
import { useLive } from "@/features/live/use-live";
import { queueQuery } from "@/features/queue/api/queue";
import { RoomNotice } from "@/features/queue/components/room-notice";
import { useLocalEvent } from "@/i18n/place-names";
import { NotFoundPage } from "../not-found-page";

export default function EventRoute() {
  const { slug } = useParams({ from: "/events/$slug" });
  const { data, error } = useQuery({ ...eventQuery(slug), refetchInterval: refreshInterval });
  const event = useLocalEvent(data);
  // Before the sale too: an event that is moved or cancelled is told of by the same connection.
  const live = useLive(event === undefined || event.saleStatus === "ended" ? undefined : event.id, slug);
  const shown = useMemo(() => event && [event], [event]);
  useSaleMoments(shown, slug);
  const { data: queue } = useQuery({ ...queueQuery(event?.id ?? ""), enabled: event !== undefined });
  if (error !== null && event === undefined) return <NotFoundPage />;
  if (event === undefined) return <EventPreview slug={slug} />;
  return (
    <EventPage
      event={event}
      availableOf={(tierId) => live.tiers.get(tierId)?.available}
      viewers={live.viewers}
      held={live.places.countOf(SeatState.held)}
      banner={
        <>
          <LiveBanner status={live.status} />
          <RoomNotice slug={event.slug} state={queue} />
        </>
      }
    />
  );
}
