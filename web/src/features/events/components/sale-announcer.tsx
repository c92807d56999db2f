import { useState } from "react";
import { useI18n } from "@/i18n/i18n";
import { newsOf, type SaleNews, type SaleState } from "../model/sale-news";

/** Says once, politely, what changed in the sale of what is on the page: for those who do not see the button appear. */
export function SaleAnnouncer({ events }: { events: readonly SaleState[] | undefined }) {
  const { t } = useI18n();
  const [known, setKnown] = useState<{ events: readonly SaleState[] | undefined; news: SaleNews[] }>({
    events,
    news: [],
  });
  if (known.events !== events) {
    const before = new Map(known.events?.map((event) => [event.id, event]));
    const news = (events ?? []).flatMap((event) => newsOf(before.get(event.id), event) ?? []);
    // What was said stays until there is something new, so that a list that is fetched again does not silence it.
    setKnown({ events: events ?? known.events, news: news.length > 0 ? news : known.news });
  }
  return (
    <p role="status" className="visually-hidden">
      {known.news.map(({ key, event }) => t(key, { event })).join(" ")}
    </p>
  );
}
