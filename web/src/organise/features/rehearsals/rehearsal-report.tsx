import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/ui/notice";
import { rehearsalQuery } from "../../api/rehearsals";
import type { Rehearsal, RehearsalReport as Report } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable } from "../../ui/data-table";
import { Figures } from "../../ui/figures";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";
import { named } from "./rehearsal-text";

/** What came of a rehearsal. */
export function RehearsalReport({ event, rehearsal }: { event: string; rehearsal: Rehearsal }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery(rehearsalQuery(org, event, rehearsal.id));
  const title = t("rehearsal.report", { time: format.moment(rehearsal.createdAt) });
  if (data === undefined) {
    return (
      <Section title={title}>
        <Loading />
      </Section>
    );
  }
  const { report, plan } = data;
  return (
    <Section
      title={title}
      text={t("rehearsal.plan", { buyers: plan.buyers, requests: plan.requestsPerSecond, seed: plan.seed })}
    >
      {data.failure !== undefined && <Notice tone="bad">{data.failure}</Notice>}
      {report !== undefined && report !== null && (
        <>
          <Summary report={report} audit={data.audit ?? []} />
          <Tables report={report} />
        </>
      )}
    </Section>
  );
}

function Summary({ report, audit }: { report: Report; audit: readonly string[] }) {
  const { t, format } = useText();
  const { advice, brokeFirst, waitSeconds } = report;
  const seconds = (value: number) => t("rehearsal.seconds", { value: format.number(value) });
  const rate = advice.admissionsPerMinute ?? undefined;
  const rateText = rate === undefined ? undefined : t("rehearsal.perMinute", { value: format.number(rate) });
  return (
    <>
      <Figures
        label={t("rehearsal.how")}
        figures={[
          {
            name: t("rehearsal.soldOut"),
            value:
              report.soldOutAfterSeconds === undefined || report.soldOutAfterSeconds === null
                ? t("rehearsal.soldOutNot")
                : seconds(report.soldOutAfterSeconds),
          },
          {
            name: t("rehearsal.sold"),
            value: format.number(report.placesSold),
            note: t("summary.ofPlaces", { total: report.placesTotal }),
          },
          { name: t("rehearsal.bookings"), value: format.number(report.bookings) },
          {
            name: t("rehearsal.broke"),
            value:
              brokeFirst === undefined || brokeFirst === null
                ? t("rehearsal.nothing")
                : named("broke", brokeFirst.code, t),
            ...(brokeFirst && {
              note: t("rehearsal.brokeAt", {
                step: named("step", brokeFirst.step, t),
                seconds: seconds(brokeFirst.second),
              }),
            }),
          },
          {
            name: t("rehearsal.audit"),
            value:
              audit.length === 0
                ? t("rehearsal.auditGood")
                : t("rehearsal.auditFaults", { faults: format.number(audit.length) }),
            ...(audit.length > 0 && { note: audit.join(" ") }),
          },
        ]}
      />
      <Figures
        label={t("rehearsal.best")}
        figures={[
          ...(rateText === undefined
            ? []
            : [
                {
                  name: t("rehearsal.bestRate"),
                  value: advice.isLeast ? t("rehearsal.atLeast", { value: rateText }) : rateText,
                  note: t("rehearsal.bestRateHow", {
                    holds: format.number(advice.holdsPerSecond ?? 0),
                    each: format.number(advice.holdsPerBuyer ?? 0),
                  }),
                },
              ]),
          ...(advice.holdMinutes === undefined || advice.holdMinutes === null
            ? []
            : [
                {
                  name: t("rehearsal.bestHold"),
                  value: t("waitlist.minutes", { count: advice.holdMinutes }),
                  note: t("rehearsal.bestHoldHow", {
                    seconds: seconds(advice.paidAfterSeconds?.p99 ?? 0),
                    holds: format.number(advice.unpaidHolds),
                  }),
                },
              ]),
          ...(waitSeconds === undefined || waitSeconds === null
            ? []
            : [
                {
                  name: t("rehearsal.waited"),
                  value: seconds(waitSeconds.p50),
                  note: t("rehearsal.waitedMore", { p95: seconds(waitSeconds.p95), p99: seconds(waitSeconds.p99) }),
                },
              ]),
        ]}
      />
      {report.budgetSeconds > 0 && (
        <Notice tone="warn">{t("rehearsal.budget", { seconds: format.number(report.budgetSeconds) })}</Notice>
      )}
    </>
  );
}

function Tables({ report }: { report: Report }) {
  const { t, format } = useText();
  const figure = (value: number | undefined) => (value === undefined ? "–" : format.number(Math.round(value)));
  return (
    <>
      <h3>{t("rehearsal.minutesBy")}</h3>
      <DataTable
        caption={t("rehearsal.minutesBy")}
        rows={report.minutes}
        keyOf={({ minute }) => String(minute)}
        columns={[
          {
            key: "minute",
            header: t("rehearsal.minute"),
            cell: ({ minute }) => (minute < 0 ? t("rehearsal.beforeSale") : format.number(minute + 1)),
          },
          { key: "arrived", header: t("rehearsal.arrived"), isFigure: true, cell: (row) => format.number(row.arrived) },
          {
            key: "admitted",
            header: t("rehearsal.admitted"),
            isFigure: true,
            cell: (row) => format.number(row.admitted),
          },
          {
            key: "bookings",
            header: t("rehearsal.bookings"),
            isFigure: true,
            cell: (row) => format.number(row.bookings),
          },
          { key: "refused", header: t("rehearsal.refused"), isFigure: true, cell: (row) => format.number(row.refused) },
          {
            key: "wait",
            header: t("rehearsal.waitP95"),
            isFigure: true,
            cell: ({ waitSeconds }) => figure(waitSeconds?.p95),
          },
          {
            key: "hold",
            header: t("rehearsal.holdWait"),
            isFigure: true,
            cell: ({ holdMilliseconds }) => figure(holdMilliseconds?.p95),
          },
          {
            key: "pay",
            header: t("rehearsal.payWait"),
            isFigure: true,
            cell: ({ payMilliseconds }) => figure(payMilliseconds?.p95),
          },
        ]}
      />
      <h3>{t("rehearsal.steps")}</h3>
      <DataTable
        caption={t("rehearsal.steps")}
        rows={report.steps}
        keyOf={({ step }) => step}
        columns={[
          { key: "step", header: t("rehearsal.step"), cell: ({ step }) => named("step", step, t) },
          { key: "count", header: t("rehearsal.requests"), isFigure: true, cell: (row) => format.number(row.count) },
          { key: "refused", header: t("rehearsal.refused"), isFigure: true, cell: (row) => format.number(row.refused) },
          ...(["p50", "p95", "p99"] as const).map((share) => ({
            key: share,
            header: t(`rehearsal.${share}`),
            isFigure: true,
            cell: ({ milliseconds }: Report["steps"][number]) => figure(milliseconds[share]),
          })),
        ]}
      />
      <h3>{t("rehearsal.ended")}</h3>
      <DataTable
        caption={t("rehearsal.ended")}
        rows={report.outcomes}
        keyOf={({ code }) => code}
        columns={[
          { key: "how", header: t("rehearsal.how"), cell: ({ code }) => named("outcome", code, t) },
          { key: "count", header: t("rehearsal.buyers"), isFigure: true, cell: ({ count }) => format.number(count) },
        ]}
      />
      {report.refusals.length > 0 && (
        <>
          <h3>{t("rehearsal.refusals")}</h3>
          <DataTable
            caption={t("rehearsal.refusals")}
            rows={report.refusals}
            keyOf={({ step, code }) => `${step} ${code}`}
            columns={[
              { key: "step", header: t("rehearsal.step"), cell: ({ step }) => named("step", step, t) },
              { key: "code", header: t("rehearsal.code"), cell: ({ code }) => <code>{code}</code> },
              { key: "count", header: t("rehearsal.count"), isFigure: true, cell: ({ count }) => format.number(count) },
            ]}
          />
        </>
      )}
    </>
  );
}
