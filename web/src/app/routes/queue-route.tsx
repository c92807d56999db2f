import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { eventQuery, refreshInterval } from "@/features/events/api/queries";
import { CountdownClock } from "@/features/events/components/countdown-clock";
import { QueuePage } from "@/features/queue/components/queue-page";
import { NotFoundPage } from "../not-found-page";
import { PendingPage } from "../pending-page";

export default function QueueRoute() {
  const { slug } = useParams({ from: "/events/$slug/queue" });
  const navigate = useNavigate();
  const { data: event, error } = useQuery({ ...eventQuery(slug), refetchInterval: refreshInterval });
  if (error !== null && event === undefined) return <NotFoundPage />;
  if (event === undefined) return <PendingPage />;
  return (
    <QueuePage
      event={event}
      countdown={(until) => <CountdownClock until={until} />}
      onLetIn={() => void navigate({ to: "/events/$slug/pick", params: { slug: event.slug }, replace: true })}
      onLeft={() => void navigate({ to: "/events/$slug", params: { slug: event.slug }, replace: true })}
    />
  );
}
