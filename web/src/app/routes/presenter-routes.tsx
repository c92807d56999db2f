import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { organiserQuery, venueQuery } from "@/features/events/api/queries";
import { OrganiserPage, VenuePage } from "@/features/events/components/presenter-page";
import { FollowVenue } from "@/features/favourites";
import { NotFoundPage } from "../not-found-page";
import { PendingPage } from "../pending-page";

export function VenueRoute() {
  const { slug } = useParams({ from: "/venues/$slug" });
  const { data, error } = useQuery(venueQuery(slug));
  if (data !== undefined) return <VenuePage venue={data} action={<FollowVenue venue={data} />} />;
  return error === null ? <PendingPage /> : <NotFoundPage />;
}

export function OrganiserRoute() {
  const { slug } = useParams({ from: "/organisers/$slug" });
  const { data, error } = useQuery(organiserQuery(slug));
  if (data !== undefined) return <OrganiserPage organiser={data} />;
  return error === null ? <PendingPage /> : <NotFoundPage />;
}
