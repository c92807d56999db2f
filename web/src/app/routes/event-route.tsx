import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { eventQuery } from "@/features/events/api/queries";
import { EventPage } from "@/features/events/components/event-page";
import { EventPreview } from "@/features/events/components/event-preview";
import { LiveBanner } from "@/features/live/components/live-banner";
import { useLive } from "@/features/live/use-live";
import { NotFoundPage } from "../not-found-page";

export default function EventRoute() {
  const { slug } = useParams({ from: "/events/$slug" });
  const { data: event, error } = useQuery(eventQuery(slug));
  const isWatched = event !== undefined && (event.saleStatus === "onSale" || event.saleStatus === "soldOut");
  const live = useLive(isWatched ? event.id : undefined, slug);
  if (error !== null && event === undefined) return <NotFoundPage />;
  if (event === undefined) return <EventPreview slug={slug} />;
  return (
    <EventPage
      event={event}
      availableOf={(tierId) => live.tiers.get(tierId)?.available}
      viewers={live.viewers}
      banner={<LiveBanner status={live.status} />}
    />
  );
}
