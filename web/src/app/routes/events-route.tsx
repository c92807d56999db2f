import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { EventList } from "@/features/events/components/event-list";
import type { EventSearch } from "@/features/events/model/event-search";

export default function EventsRoute() {
  const search = useSearch({ from: "/events" });
  const navigate = useNavigate();
  const onSearch = useCallback(
    (next: EventSearch, isTyping = false) =>
      void navigate({ to: "/events", search: next, replace: isTyping, resetScroll: false }),
    [navigate],
  );
  return <EventList search={search} onSearch={onSearch} />;
}
