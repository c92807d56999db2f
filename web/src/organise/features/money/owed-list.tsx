import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { owedQuery } from "../../api/money";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable } from "../../ui/data-table";
import { Section } from "../../ui/page";
import { Pager } from "../../ui/pager";

/** What the organisation has to send back by hand; nothing while nothing is owed. */
export function OwedList() {
  const { t, format } = useText();
  const { org, organisation } = useOrganisation();
  const [page, setPage] = useState(1);
  const { data, isPlaceholderData } = useQuery(owedQuery(org, page));
  if (data === undefined || data.meta.total === 0) return null;
  return (
    <Section title={t("paidBack.list")} text={t("paidBack.owedText")}>
      <DataTable
        caption={t("paidBack.list")}
        rows={data.data}
        keyOf={({ bookingId }) => bookingId}
        isStale={isPlaceholderData}
        columns={[
          { key: "event", header: t("money.event"), cell: ({ eventTitle }) => <bdi>{eventTitle}</bdi> },
          {
            key: "booking",
            header: t("paidBack.booking"),
            cell: ({ eventId, bookingId, orderCode, name }) => (
              <Link to="/$org/events/$event/bookings/$booking" params={{ org, event: eventId, booking: bookingId }}>
                <bdi>{name ?? orderCode ?? bookingId.slice(-8)}</bdi>
              </Link>
            ),
          },
          { key: "since", header: t("paidBack.since"), cell: ({ since }) => format.day(since, organisation.timeZone) },
          { key: "amount", header: t("booking.amount"), isFigure: true, cell: ({ amount }) => format.money(amount) },
        ]}
      />
      <Pager meta={data.meta} onPage={setPage} />
    </Section>
  );
}
