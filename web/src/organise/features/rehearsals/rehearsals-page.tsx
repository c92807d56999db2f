import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { Notice } from "@/ui/notice";
import { isUnderWay, rehearsalsQuery, startRehearsal, stopRehearsal } from "../../api/rehearsals";
import type { OwnEvent, Rehearsal, RehearsalBounds, StartRehearsal } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { Badge } from "../../ui/badge";
import { DataTable } from "../../ui/data-table";
import { Figures, Share } from "../../ui/figures";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";
import { RehearsalForm } from "./rehearsal-form";
import { RehearsalReport } from "./rehearsal-report";
import { tones } from "./rehearsal-text";

/** Rehearsals of an event's sale: started, followed, and what came of them. */
export function RehearsalsPage({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery(rehearsalsQuery(org, event.id));
  const [shown, setShown] = useState<string>();
  if (data === undefined) return <Loading lines={6} />;
  const running = data.data.find(isUnderWay);
  const ended = data.data.filter((one) => !isUnderWay(one));
  const report = ended.find(({ id }) => id === shown) ?? ended[0];
  return (
    <>
      {running === undefined ? (
        <Start event={event.id} bounds={data.limits} />
      ) : (
        <Running event={event.id} rehearsal={running} />
      )}
      {ended.length > 0 && <Past rehearsals={ended} shown={report?.id} onShow={setShown} />}
      {data.data.length === 0 && <EmptyState title={t("rehearsal.none")} text={t("rehearsal.noneText")} />}
      {report !== undefined && <RehearsalReport key={report.id} event={event.id} rehearsal={report} />}
    </>
  );
}

function Start({ event, bounds }: { event: string; bounds: RehearsalBounds }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const start = useMutation({
    mutationFn: (body: StartRehearsal) => startRehearsal(org, event, body),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: rehearsalsQuery(org, event).queryKey, exact: true }),
  });
  return (
    <Section title={t("rehearsal.title")} text={t("rehearsal.lead")}>
      {bounds.enabled ? (
        <RehearsalForm bounds={bounds} error={start.error} isSending={start.isPending} onStart={start.mutate} />
      ) : (
        <Notice>{t("rehearsal.off")}</Notice>
      )}
    </Section>
  );
}

function Running({ event, rehearsal }: { event: string; rehearsal: Rehearsal }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const { plan, progress, stopping } = rehearsal;
  const stop = useMutation({
    mutationFn: () => stopRehearsal(org, event, rehearsal.id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: rehearsalsQuery(org, event).queryKey, exact: true }),
  });
  const count = (value: number | undefined) => format.number(value ?? 0);
  return (
    <Section
      title={t("rehearsal.running")}
      text={t("rehearsal.plan", { buyers: plan.buyers, requests: plan.requestsPerSecond, seed: plan.seed })}
      actions={
        <Button size="md" variant="default" loading={stop.isPending || stopping} onClick={() => stop.mutate()}>
          {t("rehearsal.stop")}
        </Button>
      }
    >
      <Figures
        label={t("rehearsal.running")}
        figures={[
          {
            name: t("rehearsal.time"),
            value: progress ? t("rehearsal.seconds", { value: format.number(Math.round(progress.seconds)) }) : "–",
            note: t(`rehearsal.state.${rehearsal.state}`),
          },
          { name: t("rehearsal.arrived"), value: count(progress?.arrived) },
          { name: t("rehearsal.waiting"), value: count(progress?.waiting) },
          { name: t("rehearsal.done"), value: count(progress?.done) },
          {
            name: t("rehearsal.sold"),
            value: count(progress?.placesSold),
            ...(progress && { note: t("summary.ofPlaces", { total: progress.placesTotal }) }),
          },
          { name: t("rehearsal.requests"), value: count(progress?.requests) },
        ]}
      />
      <Share part={progress?.done ?? 0} whole={plan.buyers} />
    </Section>
  );
}

interface PastProps {
  rehearsals: readonly Rehearsal[];
  shown: string | undefined;
  onShow: (id: string) => void;
}

function Past({ rehearsals, shown, onShow }: PastProps) {
  const { t, format } = useText();
  return (
    <Section title={t("rehearsal.past")}>
      <DataTable
        caption={t("rehearsal.past")}
        rows={rehearsals}
        keyOf={({ id }) => id}
        columns={[
          { key: "time", header: t("rehearsal.time"), cell: ({ createdAt }) => format.moment(createdAt) },
          {
            key: "state",
            header: t("rehearsal.state"),
            cell: ({ state }) => <Badge tone={tones[state]}>{t(`rehearsal.state.${state}`)}</Badge>,
          },
          {
            key: "buyers",
            header: t("rehearsal.buyers"),
            isFigure: true,
            cell: ({ plan }) => format.number(plan.buyers),
          },
          {
            key: "sold",
            header: t("rehearsal.sold"),
            isFigure: true,
            cell: ({ progress }) => (progress ? format.number(progress.placesSold) : "–"),
          },
          {
            key: "show",
            header: "",
            cell: ({ id, createdAt }) => (
              <Button
                size="compact-md"
                variant="default"
                aria-pressed={id === shown}
                aria-label={t("rehearsal.showOf", { time: format.moment(createdAt) })}
                onClick={() => onShow(id)}
              >
                {t("rehearsal.show")}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  );
}
