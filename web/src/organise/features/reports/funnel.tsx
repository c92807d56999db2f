import { Button } from "@mantine/core";
import type { EventReport, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { csvOf } from "../../lib/csv";
import { percentText } from "../../lib/percent";
import { saveFile } from "../../lib/save-file";
import { DataTable } from "../../ui/data-table";
import { Share } from "../../ui/figures";
import { DownloadIcon } from "../../ui/icons";
import { Section } from "../../ui/page";
import { funnelSteps } from "./funnel-steps";

const outcomes = ["confirmed", "held", "paying", "released", "expired", "cancelled"] as const;

/** From looking to paying, where it leaks, and what became of everybody who chose places. */
export function Funnel({ report, event }: { report: EventReport; event: OwnEvent }) {
  const { t, format, language } = useText();
  const { funnel } = report;
  const steps = funnelSteps(funnel);
  const most = Math.max(...steps.map(({ count }) => count));
  const rows = outcomes.map((state) => ({ name: t(`bookingState.${state}`), count: funnel[state] }));
  const download = () =>
    saveFile(
      `${event.slug}-funnel.csv`,
      csvOf([
        [t("funnel.step"), t("report.count")],
        ...steps.map(({ name, count }) => [t(`funnel.${name}`), count]),
        ...rows.map(({ name, count }) => [name, count]),
        [t("funnel.declined"), funnel.declinedPayments],
      ]),
    );
  return (
    <Section
      title={t("report.funnel")}
      text={
        <>
          {funnel.viewsSince != null && `${t("funnel.since", { time: format.moment(funnel.viewsSince) })} `}
          {t("report.declined", { count: funnel.declinedPayments })}
        </>
      }
      actions={
        <Button variant="default" leftSection={<DownloadIcon size={18} />} onClick={download}>
          {t("heat.download")}
        </Button>
      }
    >
      <DataTable
        caption={t("report.funnel")}
        rows={steps}
        keyOf={({ name }) => name}
        columns={[
          { key: "step", header: t("funnel.step"), cell: ({ name }) => t(`funnel.${name}`) },
          {
            key: "count",
            header: t("report.count"),
            isFigure: true,
            cell: ({ count }) => (
              <>
                {format.number(count)}
                <Share part={count} whole={most} />
              </>
            ),
          },
          {
            key: "share",
            header: t("funnel.share"),
            isFigure: true,
            cell: ({ share }) => (share === undefined ? "–" : percentText(share, language)),
          },
        ]}
      />
      <DataTable
        caption={t("funnel.outcomes")}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { key: "name", header: t("funnel.outcomes"), cell: ({ name }) => name },
          {
            key: "count",
            header: t("report.count"),
            isFigure: true,
            cell: ({ count }) => (
              <>
                {format.number(count)}
                <Share part={count} whole={funnel.holds} />
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
