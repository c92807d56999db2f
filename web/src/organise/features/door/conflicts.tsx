import type { components } from "@/api/schema";
import { useText, type TextKey } from "../../i18n/text";
import { DataTable } from "../../ui/data-table";
import { Section } from "../../ui/page";

type Conflict = components["schemas"]["DoorConflict"];
type Entry = Conflict["entry"];

const reasons: Partial<Record<Conflict["outcome"], TextKey>> = {
  alreadyCheckedIn: "door.alreadyIn",
  transferred: "door.handedOn",
  cancelled: "door.cancelled",
  paymentDisputed: "door.disputed",
  invalidSignature: "door.invalid",
  revokedKey: "door.revoked",
  liveCodeRequired: "door.liveOnly",
  codeExpired: "door.codeExpired",
  codeAhead: "door.codeAhead",
  codeReused: "door.codeReused",
};

/** Who came in although the ticket admitted nobody more: a device without a network could not know. */
export function Conflicts({ conflicts }: { conflicts: Conflict[] }) {
  const { t, format } = useText();
  if (conflicts.length === 0) return null;
  const whereAndWhen = ({ at, gate, device }: Entry) =>
    [format.moment(at), gate, device].filter((part) => part != null && part !== "").join(", ");
  return (
    <Section title={t("door.conflicts")} text={t("door.conflictsText")}>
      <DataTable
        caption={t("door.conflicts")}
        rows={conflicts}
        keyOf={({ nonce }) => nonce}
        columns={[
          { key: "place", header: t("booking.place"), cell: ({ ticket }) => <bdi>{ticket.label}</bdi> },
          {
            key: "reason",
            header: t("refund.reason"),
            cell: ({ outcome }) => t(reasons[outcome] ?? "door.notFound"),
          },
          { key: "entry", header: t("door.entry"), cell: ({ entry }) => <bdi>{whereAndWhen(entry)}</bdi> },
          {
            key: "standing",
            header: t("door.standing"),
            cell: ({ standing }) => (standing == null ? "" : <bdi>{whereAndWhen(standing)}</bdi>),
          },
        ]}
      />
    </Section>
  );
}
