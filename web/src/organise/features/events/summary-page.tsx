import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useLive } from "@/features/live/use-live";
import type { LiveStatus } from "@/features/live/live-feed";
import { ownEventKey } from "../../api/events";
import type { OwnEvent } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable } from "../../ui/data-table";
import { Figures, Share } from "../../ui/figures";
import { Section } from "../../ui/page";
import { Checklist } from "./checklist";
import { Facts } from "./facts";
import { sumOf } from "./sums";

/** Figures may lag behind the feed by so much: an on-sale changes them ten times a second. */
const refreshMs = 2000;

const connection: Record<LiveStatus, TextKey> = {
  connecting: "feed.connecting",
  live: "feed.live",
  polling: "feed.live",
  stale: "feed.stale",
};

/** How it sells, at this moment. */
export function SummaryPage({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { can } = useOrganisation();
  const isSelling = event.status === "published" && event.saleStatus !== "ended";
  const live = useLive(isSelling ? event.id : undefined, event.slug);
  useFreshFigures(event.id, live.places.version);
  const sums = sumOf(event.tiers);
  const revenue = event.tiers.reduce((sum, { sold, price }) => sum + sold * price.amount, 0);
  if (!event.wasPublished)
    return (
      <>
        <Section title={t("summary.before")}>
          <Checklist items={event.checklist} />
        </Section>
        <Section title={t("summary.facts")}>
          <Facts event={event} />
        </Section>
      </>
    );
  return (
    <>
      <Section
        title={t("summary.now")}
        {...(isSelling && { text: <span role="status">{t(connection[live.status])}</span> })}
      >
        <Figures
          label={t("summary.now")}
          figures={[
            {
              name: t("tiers.sold"),
              value: format.number(sums.sold),
              note: t("summary.ofPlaces", { total: sums.total }),
            },
            { name: t("tiers.held"), value: format.number(sums.held), note: t("summary.heldNote") },
            { name: t("tiers.free"), value: format.number(sums.available) },
            { name: t("tiers.blocked"), value: format.number(sums.blocked) },
            ...(can("reports.read")
              ? [
                  {
                    name: t("summary.value"),
                    value: format.money({ amount: revenue, currency: event.currency }),
                    note: t("summary.valueNote"),
                  },
                ]
              : []),
            ...(live.viewers === undefined ? [] : [{ name: t("summary.viewers"), value: format.number(live.viewers) }]),
          ]}
        />
      </Section>
      <Section title={t("summary.byTier")}>
        <DataTable
          caption={t("summary.byTier")}
          keyOf={({ id }) => id}
          rows={event.tiers}
          columns={[
            { key: "name", header: t("tiers.name"), cell: ({ name }) => <bdi>{name}</bdi> },
            {
              key: "sold",
              header: t("tiers.sold"),
              isFigure: true,
              cell: ({ sold, total }) => (
                <>
                  {t("ownEvents.takenOf", { taken: sold, total })}
                  <Share part={sold} whole={total} />
                </>
              ),
            },
            { key: "held", header: t("tiers.held"), isFigure: true, cell: ({ held }) => format.number(held) },
            { key: "free", header: t("tiers.free"), isFigure: true, cell: ({ available }) => format.number(available) },
          ]}
        />
      </Section>
      <Section title={t("summary.facts")}>
        <Facts event={event} />
      </Section>
    </>
  );
}

/** Asks for the figures when the feed says that a place changed, at most once in a while. */
function useFreshFigures(eventId: string, version: number): void {
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  useEffect(() => {
    if (version < 0) return;
    const timer = setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: ownEventKey(org, eventId) }),
      refreshMs,
    );
    return () => clearTimeout(timer);
  }, [org, eventId, version, queryClient]);
}
