import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { removeFromWaitlist, setWaitlist, waitlistEntriesQuery, waitlistQuery } from "../../api/waitlist";
import type { OwnEvent, WaitlistOverview, WaitlistRow } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { Confirm } from "../../ui/confirm";
import { DataTable, type Column } from "../../ui/data-table";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";

const none = "";
const offerTimes = [15, 30, 60, 120, 240, 720, 1440, 2880];

/** Who waits for places of the event, why without an offer, and how long an offer is open. */
export function WaitlistPage({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const { data } = useQuery({ ...waitlistQuery(org, event.id), enabled: event.wasPublished });
  if (!event.wasPublished) return <EmptyState title={t("waitlist.notYet")} text={t("waitlist.notYetText")} />;
  return (
    <>
      <Section title={t("waitlist.title")} text={t("waitlist.lead")}>
        {data === undefined ? <Loading /> : <Settings event={event} overview={data} />}
      </Section>
      {can("bookings.read") && data !== undefined && <Entries event={event} />}
    </>
  );
}

function Settings({ event, overview }: { event: OwnEvent; overview: WaitlistOverview }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const set = useMutation({
    mutationFn: (value: string) => setWaitlist(org, event.id, value === none ? undefined : Number(value)),
    onSuccess: (changed) => {
      queryClient.setQueryData(waitlistQuery(org, event.id).queryKey, changed);
    },
  });
  const minutes = overview.offerMinutes ?? undefined;
  const times = minutes === undefined || offerTimes.includes(minutes) ? offerTimes : [minutes, ...offerTimes];
  return (
    <div className="stack">
      <NativeSelect
        label={t("waitlist.offerTime")}
        description={t("waitlist.offerHint")}
        disabled={!can("events.edit") || event.status === "cancelled" || set.isPending}
        value={minutes === undefined ? none : String(minutes)}
        onChange={(changed) => set.mutate(changed.currentTarget.value)}
        data={[
          { value: none, label: t("waitlist.off") },
          ...times.map((time) => ({
            value: String(time),
            label: time % 60 === 0 ? t("waitlist.hours", { count: time / 60 }) : t("waitlist.minutes", { count: time }),
          })),
        ]}
      />
      {set.isError && (
        <Notice tone="bad" urgent>
          {formError(set.error, t)}
        </Notice>
      )}
      <p>
        {t("waitlist.standing", {
          waiting: overview.waiting,
          places: overview.waitingPlaces,
          offered: overview.offered,
          bought: overview.bought,
          unanswered: overview.unanswered,
        })}
      </p>
    </div>
  );
}

function Entries({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const [page, setPage] = useState(1);
  const [show, setShow] = useState<"live" | "all">("live");
  const [removed, setRemoved] = useState<WaitlistRow>();
  const { data } = useQuery(waitlistEntriesQuery(org, event.id, page, show));
  const nameOf = (tierId: string) => event.tiers.find(({ id }) => id === tierId)?.name ?? tierId;
  const columns: Column<WaitlistRow>[] = [
    { key: "number", header: t("waitlist.number"), cell: ({ number }) => format.number(number) },
    {
      key: "who",
      header: t("waitlist.who"),
      cell: ({ name, email }) => (
        <>
          <bdi>{name}</bdi>
          <br />
          <bdi className="small muted">{email}</bdi>
        </>
      ),
    },
    {
      key: "wants",
      header: t("waitlist.wants"),
      cell: ({ quantity, tiers, together }) =>
        [
          t("waitlist.places", { count: quantity }),
          tiers.length === 0 ? t("waitlist.anyTier") : format.list(tiers.map(nameOf)),
          together ? t("waitlist.together") : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(" · "),
    },
    { key: "since", header: t("waitlist.since"), cell: ({ joinedAt }) => format.moment(joinedAt, event.timeZone) },
    { key: "state", header: t("waitlist.state"), cell: (row) => <State row={row} event={event} /> },
    {
      key: "act",
      header: "",
      cell: (row) =>
        can("bookings.edit") &&
        isLive(row) && (
          <Button
            variant="subtle"
            aria-label={t("waitlist.removeOf", { name: row.name ?? String(row.number) })}
            onClick={() => setRemoved(row)}
          >
            {t("waitlist.remove")}
          </Button>
        ),
    },
  ];
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["organisation", org, "waitlist", event.id] });
  return (
    <Section
      title={t("waitlist.entries")}
      actions={
        <Button
          variant="default"
          onClick={() => {
            setPage(1);
            setShow(show === "live" ? "all" : "live");
          }}
        >
          {t(show === "live" ? "waitlist.showAll" : "waitlist.showLive")}
        </Button>
      }
    >
      {data === undefined && <Loading />}
      {data?.data.length === 0 && <p className="muted">{t("waitlist.nobody")}</p>}
      {data !== undefined && data.data.length > 0 && (
        <DataTable caption={t("waitlist.entries")} columns={columns} rows={data.data} keyOf={({ id }) => id} />
      )}
      {data !== undefined && data.meta.totalPages > 1 && (
        <div className="row">
          <Button variant="default" disabled={page <= 1} onClick={() => setPage(page - 1)}>
            {t("waitlist.before")}
          </Button>
          <Button variant="default" disabled={page >= data.meta.totalPages} onClick={() => setPage(page + 1)}>
            {t("waitlist.after")}
          </Button>
        </div>
      )}
      {removed !== undefined && (
        <Confirm
          title={t("waitlist.removeTitle", { name: removed.name ?? String(removed.number) })}
          confirmLabel={t("waitlist.remove")}
          run={() => removeFromWaitlist(org, event.id, removed.id)}
          onDone={() => void refresh()}
          onClose={() => setRemoved(undefined)}
        >
          <p>{t(removed.state === "offered" ? "waitlist.removeOffered" : "waitlist.removeText")}</p>
        </Confirm>
      )}
    </Section>
  );
}

function isLive({ state }: WaitlistRow): boolean {
  return state === "waiting" || state === "keeping" || state === "offered";
}

function State({ row, event }: { row: WaitlistRow; event: OwnEvent }) {
  const { t, format } = useText();
  const until = row.heldUntil == null ? "" : format.moment(row.heldUntil, event.timeZone);
  switch (row.state) {
    case "waiting":
      return (
        <>
          {t(
            row.why === "tooFew"
              ? "waitlist.tooFew"
              : row.why === "notOnSale"
                ? "waitlist.notOnSale"
                : "waitlist.nothingFree",
          )}
        </>
      );
    case "keeping":
      return <>{t("waitlist.keeping", { kept: row.keptPlaces, quantity: row.quantity, until })}</>;
    case "offered":
      return <>{t("waitlist.offered", { until })}</>;
    default:
      return <>{t(`waitlist.${row.state}`)}</>;
  }
}
