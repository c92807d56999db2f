import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { eventListQuery } from "@/features/events/api/queries";
import { EventGrid } from "@/features/events/components/event-grid";
import type { EventSearch } from "@/features/events/model/event-search";
import { FavouritesPage } from "@/features/favourites";

/** As many as an account's favourites that are asked for at once. */
const shownEvents = 50;

export default function FavouritesRoute() {
  return <FavouritesPage cards={(which, none) => <Cards which={which} none={none} />} />;
}

function Cards({ which, none }: { which: EventSearch; none: ReactNode }) {
  const { data } = useQuery(eventListQuery(which, shownEvents));
  if (data?.data.length === 0) return none;
  return <EventGrid events={data?.data} placeholders={3} pictures={0} heading="h2" />;
}
