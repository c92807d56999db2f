import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { PlusIcon } from "@/ui/icons";
import { codesQuery, endCode } from "../../api/codes";
import type { OwnCode, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Confirm } from "../../ui/confirm";
import { DataTable, type Column } from "../../ui/data-table";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";
import { CodeForm } from "./code-form";

/** Codes that buyers give for a lower price, or before the sale. */
export function CodesPage({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const { data } = useQuery(codesQuery(org, event.id));
  const [edited, setEdited] = useState<OwnCode | "new">();
  const [ended, setEnded] = useState<OwnCode>();
  const mayEdit = can("events.edit") && event.status !== "cancelled";
  const refresh = () => queryClient.invalidateQueries({ queryKey: ["organisation", org, "codes", event.id] });
  if (!event.wasPublished) return <EmptyState title={t("codes.notYet")} text={t("codes.notYetText")} />;
  const ofLimit = (used: number, limit: number | null | undefined) =>
    limit == null ? format.number(used) : t("codes.usedOf", { used, limit });
  const columns: Column<OwnCode>[] = [
    { key: "code", header: t("codes.code"), cell: ({ text }) => <bdi className="num">{text}</bdi> },
    { key: "does", header: t("codes.does"), cell: (code) => <Effect code={code} event={event} /> },
    { key: "uses", header: t("codes.bookings"), cell: ({ uses, maxUses }) => ofLimit(uses, maxUses) },
    { key: "tickets", header: t("codes.tickets"), cell: ({ tickets, maxTickets }) => ofLimit(tickets, maxTickets) },
    { key: "when", header: t("codes.when"), cell: (code) => <Window code={code} event={event} /> },
    {
      key: "act",
      header: "",
      cell: (code) =>
        mayEdit &&
        !code.isEnded && (
          <>
            <Button
              variant="subtle"
              aria-label={t("codes.changeOf", { code: code.text })}
              onClick={() => setEdited(code)}
            >
              {t("common.change")}
            </Button>
            <Button variant="subtle" aria-label={t("codes.endOf", { code: code.text })} onClick={() => setEnded(code)}>
              {t("codes.end")}
            </Button>
          </>
        ),
    },
  ];
  return (
    <Section
      title={t("codes.title")}
      text={t("codes.lead")}
      actions={
        mayEdit &&
        edited === undefined && (
          <Button leftSection={<PlusIcon size={18} />} onClick={() => setEdited("new")}>
            {t("codes.new")}
          </Button>
        )
      }
    >
      {edited !== undefined && (
        <CodeForm
          key={edited === "new" ? "new" : edited.id}
          event={event}
          code={edited === "new" ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSaved={() => {
            setEdited(undefined);
            void refresh();
          }}
        />
      )}
      {data === undefined && <Loading />}
      {data?.data.length === 0 && edited === undefined && <p className="muted">{t("codes.none")}</p>}
      {data !== undefined && data.data.length > 0 && (
        <DataTable caption={t("codes.title")} columns={columns} rows={data.data} keyOf={({ id }) => id} />
      )}
      {ended !== undefined && (
        <Confirm
          title={t("codes.endTitle", { code: ended.text })}
          confirmLabel={t("codes.end")}
          run={() => endCode(org, event.id, ended.id)}
          onDone={() => void refresh()}
          onClose={() => setEnded(undefined)}
        >
          <p>{t("codes.endText", { count: ended.uses })}</p>
        </Confirm>
      )}
    </Section>
  );
}

function Effect({ code, event }: { code: OwnCode; event: OwnEvent }) {
  const { t, format } = useText();
  const tiers = event.tiers.filter(({ id }) => code.tierIds.includes(id)).map(({ name }) => name);
  const parts = [
    code.percent != null ? t("codes.percentOff", { percent: code.percent }) : undefined,
    code.amount != null ? t("codes.amountOff", { amount: format.money(code.amount) }) : undefined,
    code.opensPresale ? t("codes.opensPresale") : undefined,
    tiers.length > 0 ? format.list(tiers) : undefined,
  ];
  return <>{parts.filter((part) => part !== undefined).join(" · ")}</>;
}

function Window({ code: { startsAt, endsAt, isEnded }, event }: { code: OwnCode; event: OwnEvent }) {
  const { t, format } = useText();
  const moment = (at: string) => format.moment(at, event.timeZone);
  if (isEnded) return <>{t("codes.ended")}</>;
  if (startsAt != null && endsAt != null) return <>{`${moment(startsAt)} – ${moment(endsAt)}`}</>;
  if (startsAt != null) return <>{t("codes.from", { time: moment(startsAt) })}</>;
  return <>{endsAt == null ? t("codes.always") : t("codes.until", { time: moment(endsAt) })}</>;
}
