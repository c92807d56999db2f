import type { OwnBooking, OwnEvent } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { DataTable } from "../../ui/data-table";
import { Section } from "../../ui/page";

const states: Readonly<Record<OwnBooking["transfers"][number]["state"], TextKey>> = {
  offered: "transfers.offered",
  accepted: "transfers.accepted",
  withdrawn: "transfers.withdrawn",
};

/** Through whose hands the booking's tickets have gone. */
export function Transfers({ booking, event }: { booking: OwnBooking; event: OwnEvent }) {
  const { t, format } = useText();
  if (booking.transfers.length === 0) return null;
  const places = new Map(booking.tickets.map(({ id, label }) => [id, label]));
  return (
    <Section title={t("transfers.title")}>
      <DataTable
        caption={t("transfers.title")}
        rows={booking.transfers}
        keyOf={({ id }) => id}
        columns={[
          { key: "place", header: t("booking.place"), cell: ({ ticketId }) => <bdi>{places.get(ticketId)}</bdi> },
          {
            key: "to",
            header: t("transfers.to"),
            cell: ({ name, email }) => (
              <bdi>{[name, email].filter((part) => part != null).join(", ") || t("transfers.erased")}</bdi>
            ),
          },
          { key: "state", header: t("ownEvents.state"), cell: ({ state }) => t(states[state]) },
          {
            key: "when",
            header: t("ownBookings.when"),
            cell: ({ offeredAt, endedAt }) => format.moment(endedAt ?? offeredAt, event.timeZone),
          },
        ]}
      />
    </Section>
  );
}
