import { useQuery } from "@tanstack/react-query";
import { FindOrderPage } from "@/features/bookings/components/find-order-page";
import { eventQuery } from "@/features/events/api/queries";

export default function FindOrderRoute() {
  return <FindOrderPage useEvent={useFoundEvent} />;
}

function useFoundEvent(eventId: string | undefined) {
  return useQuery({ ...eventQuery(eventId ?? ""), enabled: eventId !== undefined }).data;
}
