import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "@/api/client";
import { EmptyState } from "@/ui/empty-state";
import type { EventReport, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { methodName } from "../../lib/payment-methods";
import { DataTable } from "../../ui/data-table";
import { Figures } from "../../ui/figures";
import { Section } from "../../ui/page";
import { Plot } from "../../ui/plot";
import { Loading } from "../../ui/states";
import { Funnel } from "./funnel";
import { HeatMap } from "./heat-map";

/** During an on-sale it is looked at again and again. */
const refreshMs = 15_000;

function reportQuery(org: string, event: string, isSelling: boolean) {
  return queryOptions({
    queryKey: ["organisation", org, "report", event],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/report", { params: { path: { org, event } }, signal }),
      ),
    staleTime: 0,
    refetchInterval: isSelling ? refreshMs : false,
  });
}

/** How it sold, computed from the bookings themselves. */
export function ReportPage({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery({
    ...reportQuery(org, event.id, event.saleStatus === "onSale"),
    enabled: event.wasPublished,
  });
  if (!event.wasPublished) return <EmptyState title={t("report.none")} text={t("report.noneText")} />;
  if (data === undefined) return <Loading lines={6} />;
  const { money, places } = data;
  return (
    <>
      <Section title={t("report.money")} text={t("report.asOf", { time: format.moment(data.generatedAt) })}>
        <Figures
          label={t("report.money")}
          figures={[
            { name: t("report.gross"), value: format.money(money.gross) },
            { name: t("booking.refunded"), value: format.money(money.refunded) },
            { name: t("report.net"), value: format.money(money.net) },
            {
              name: t("tiers.sold"),
              value: format.number(places.sold),
              note: t("summary.ofPlaces", { total: places.total }),
            },
          ]}
        />
        <Methods report={data} />
      </Section>
      <Sales report={data} event={event} />
      <Tiers report={data} />
      <HeatMap event={event} />
      <Funnel report={data} event={event} />
    </>
  );
}

function Methods({ report }: { report: EventReport }) {
  const { t, format } = useText();
  if (report.money.byMethod.length === 0) return null;
  return (
    <DataTable
      caption={t("report.byMethod")}
      rows={report.money.byMethod}
      keyOf={({ method }) => method}
      columns={[
        { key: "method", header: t("booking.method"), cell: ({ method }) => methodName(method, t) },
        {
          key: "payments",
          header: t("booking.payments"),
          isFigure: true,
          cell: ({ payments }) => format.number(payments),
        },
        { key: "gross", header: t("report.gross"), isFigure: true, cell: ({ gross }) => format.money(gross) },
        {
          key: "refunded",
          header: t("booking.refunded"),
          isFigure: true,
          cell: ({ refunded }) => format.money(refunded),
        },
        { key: "net", header: t("report.net"), isFigure: true, cell: ({ net }) => format.money(net) },
      ]}
    />
  );
}

function Sales({ report, event }: { report: EventReport; event: OwnEvent }) {
  const { t, format } = useText();
  const { sales } = report;
  if (sales.points.length === 0) return null;
  const byHour = sales.by === "hour";
  const label = (at: string) => (byHour ? format.moment(at, event.timeZone) : format.day(at, event.timeZone));
  return (
    <Section title={t("report.sales")} text={t(byHour ? "report.byHour" : "report.byDay")}>
      <Plot
        title={t("report.tickets")}
        labelName={t("ownBookings.when")}
        valueName={t("report.tickets")}
        points={sales.points.map(({ at, tickets }) => ({ label: label(at), value: tickets }))}
        format={format.number}
      />
      <Plot
        title={t("report.gross")}
        labelName={t("ownBookings.when")}
        valueName={t("report.gross")}
        points={sales.points.map(({ at, gross }) => ({ label: label(at), value: gross.amount }))}
        format={(amount) => format.money({ amount, currency: report.currency })}
      />
    </Section>
  );
}

function Tiers({ report }: { report: EventReport }) {
  const { t, format } = useText();
  return (
    <Section title={t("summary.byTier")}>
      <DataTable
        caption={t("summary.byTier")}
        rows={report.tiers}
        keyOf={({ id }) => id}
        columns={[
          { key: "name", header: t("tiers.name"), cell: ({ name }) => <bdi>{name}</bdi> },
          { key: "sold", header: t("tiers.sold"), isFigure: true, cell: ({ sold }) => format.number(sold) },
          { key: "held", header: t("tiers.held"), isFigure: true, cell: ({ held }) => format.number(held) },
          {
            key: "cancelled",
            header: t("bookingState.cancelled"),
            isFigure: true,
            cell: ({ cancelled }) => format.number(cancelled),
          },
          { key: "gross", header: t("report.gross"), isFigure: true, cell: ({ gross }) => format.money(gross) },
        ]}
      />
    </Section>
  );
}
