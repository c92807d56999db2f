import { Button, Skeleton } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { api, unwrap } from "@/api/client";
import type { SeatMap } from "@/api/types";
import { useColorScheme } from "@/ui/color-scheme";
import type { OwnEvent, SeatSales } from "../../api/types";
import { useText } from "../../i18n/text";
import { csvOf } from "../../lib/csv";
import { durationText } from "../../lib/durations";
import { useOrganisation } from "../../lib/organisation";
import { saveFile } from "../../lib/save-file";
import { DataTable } from "../../ui/data-table";
import { DownloadIcon } from "../../ui/icons";
import { Section } from "../../ui/page";
import { seatMapQuery } from "../../ui/seat-choice";
import { Swatch } from "../../ui/swatch";
import { heatColours, heatMapOf, heatRows, heatScale, stepsBySeat, type HeatRow } from "./heat-scale";
import styles from "./heat-map.module.css";

const PlanMap = lazy(() => import("../../ui/plan-map"));

const refreshMs = 60_000;

/** A stadium has a hundred sections: its table is opened by who wants it. */
const shortTableRows = 12;

function seatSalesQuery(org: string, event: OwnEvent) {
  return queryOptions({
    queryKey: ["organisation", org, "heat-map", event.id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/organisations/{org}/events/{event}/report/heat-map", {
          params: { path: { org, event: event.id } },
          signal,
        }),
      ),
    staleTime: 0,
    refetchInterval: event.saleStatus === "onSale" ? refreshMs : false,
  });
}

/** The house by when each seat was sold, for an event that has numbered seats. */
export function HeatMap({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const isSeated = event.tiers.some(({ kind }) => kind === "seated");
  const { data: sales } = useQuery({ ...seatSalesQuery(org, event), enabled: isSeated });
  const { data: seatMap } = useQuery({ ...seatMapQuery(event.id), enabled: isSeated });
  if (!isSeated) return null;
  if (sales === undefined || seatMap === undefined)
    return (
      <Section title={t("heat.title")}>
        <Skeleton height={320} />
      </Section>
    );
  if (sales.seats.length === 0) return <Section title={t("heat.title")} text={t("heat.none")} children={null} />;
  return <Drawn event={event} sales={sales} seatMap={seatMap} />;
}

function Drawn({ event, sales, seatMap }: { event: OwnEvent; sales: SeatSales; seatMap: SeatMap }) {
  const { t, format, language } = useText();
  const scheme = useColorScheme();
  const [only, setOnly] = useState<ReadonlySet<number>>();
  const { seats, seconds } = sales;
  const { scale, colours, map, rows, stateOf } = useMemo(() => {
    const sold = { seats, seconds };
    const scale = heatScale(seconds);
    const colours = heatColours(scale.length, scheme);
    const steps = stepsBySeat(seatMap.seatCount, sold, scale);
    return {
      scale,
      colours,
      map: heatMapOf(seatMap, steps, colours),
      rows: heatRows(seatMap, sold, scale),
      stateOf: (seat: number) => ((steps[seat] ?? -1) < 0 ? 3 : 0),
    };
  }, [seats, seconds, seatMap, scheme]);
  const labels = scale.map((end) =>
    end === 0
      ? t("heat.before")
      : end === Infinity
        ? t("heat.later")
        : t("heat.upTo", { time: durationText(end, language) }),
  );
  const toggle = (step: number) => setOnly(only?.has(step) === true ? undefined : new Set([step]));
  return (
    <Section
      title={t("heat.title")}
      text={t("heat.text")}
      actions={
        <Button
          variant="default"
          leftSection={<DownloadIcon size={18} />}
          onClick={() => saveFile(`${event.slug}-heat-map.csv`, csvOf(fileRows(rows, labels, t)))}
        >
          {t("heat.download")}
        </Button>
      }
    >
      <div className={styles.legend} role="group" aria-label={t("heat.legend")}>
        {labels.map((label, step) => (
          <button
            key={label}
            type="button"
            className={styles.step}
            aria-pressed={only?.has(step) === true}
            onClick={() => toggle(step)}
          >
            <Swatch colour={colours[step] as string} />
            {label}
          </button>
        ))}
      </div>
      <Suspense fallback={<Skeleton height={320} />}>
        <PlanMap
          seatMap={map}
          label={t("heat.map", {
            sold: format.number(seats.length),
            seats: format.number(seatMap.seatCount),
          })}
          stateOf={stateOf}
          onlyTiers={only}
        />
      </Suspense>
      <details className={styles.table} open={rows.length <= shortTableRows}>
        <summary>{t("plot.table")}</summary>
        <HeatTable rows={rows} labels={labels} />
      </details>
    </Section>
  );
}

function HeatTable({ rows, labels }: { rows: readonly HeatRow[]; labels: readonly string[] }) {
  const { t, format, language } = useText();
  return (
    <DataTable
      caption={t("heat.title")}
      rows={rows}
      keyOf={({ section }) => String(section)}
      columns={[
        { key: "name", header: t("heat.section"), cell: ({ name }) => <bdi>{name}</bdi> },
        {
          key: "sold",
          header: t("tiers.sold"),
          isFigure: true,
          cell: ({ sold, seats }) => `${format.number(sold)} / ${format.number(seats)}`,
        },
        ...labels.map((label, step) => ({
          key: label,
          header: label,
          isFigure: true,
          cell: ({ soldBy }: HeatRow) => format.number(soldBy[step] ?? 0),
        })),
        {
          key: "median",
          header: t("heat.median"),
          isFigure: true,
          cell: ({ median }) => {
            if (median === undefined) return "–";
            const time = durationText(Math.abs(median), language);
            return median < 0 ? t("heat.earlier", { time }) : time;
          },
        },
      ]}
    />
  );
}

/** The table for a spreadsheet, which is told the median in seconds. */
function fileRows(rows: readonly HeatRow[], labels: readonly string[], t: ReturnType<typeof useText>["t"]) {
  return [
    [t("heat.section"), t("heat.seats"), t("tiers.sold"), ...labels, t("heat.medianSeconds")],
    ...rows.map(({ name, seats, sold, soldBy, median }) => [name, seats, sold, ...soldBy, median]),
  ];
}
