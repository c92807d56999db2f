import { Button, Skeleton } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { api, unwrap } from "@/api/client";
import { useLive } from "@/features/live/use-live";
import type { OwnEvent } from "../api/types";
import { useText } from "../i18n/text";
import { ChoiceField } from "./fields";
import { FieldRow } from "./form";

const PlanMap = lazy(() => import("./plan-map"));

export function seatMapQuery(id: string) {
  return queryOptions({
    queryKey: ["seat-map", id],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/events/{id}/seatmap", { params: { path: { id }, query: {} }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

interface SeatChoiceProps {
  event: OwnEvent;
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
}

/** Free seats, by the map or by section, row and numbers: each way reaches all of them. */
export function SeatChoice({ event, chosen, onChange }: SeatChoiceProps) {
  const { t } = useText();
  const { data: seatMap } = useQuery(seatMapQuery(event.id));
  const { places } = useLive(event.id, event.slug);
  const [at, setAt] = useState({ section: 0, row: 0, from: 0, to: 0 });
  const section = seatMap?.sections[at.section];
  const row = section?.rows[at.row];
  const sections = useMemo(
    () =>
      (seatMap?.sections ?? []).map(({ name }, index) => ({ value: String(index), label: name || String(index + 1) })),
    [seatMap],
  );
  if (seatMap === undefined) return <Skeleton height={320} />;
  const toggle = (seat: number) => {
    const next = new Set(chosen);
    if (next.has(seat)) next.delete(seat);
    else if (places.stateOf(seat) === 0) next.add(seat);
    onChange(next);
  };
  const addRange = () => {
    if (row === undefined) return;
    const [low, high] = [Math.min(at.from, at.to), Math.max(at.from, at.to)];
    const free = Array.from({ length: high - low + 1 }, (_, index) => row.first + low + index).filter(
      (seat) => places.stateOf(seat) === 0,
    );
    onChange(new Set([...chosen, ...free]));
  };
  const numbers = (row?.numbers ?? []).map((number, index) => ({ value: String(index), label: number }));
  return (
    <div className="stack">
      <FieldRow>
        <ChoiceField
          label={t("seatChoice.section")}
          value={String(at.section)}
          choices={sections}
          onChange={(value) => setAt({ section: Number(value), row: 0, from: 0, to: 0 })}
        />
        <ChoiceField
          label={t("seatChoice.row")}
          value={String(at.row)}
          choices={(section?.rows ?? []).map(({ name }, index) => ({ value: String(index), label: name }))}
          onChange={(value) => setAt({ ...at, row: Number(value), from: 0, to: 0 })}
        />
        <ChoiceField
          label={t("seatChoice.from")}
          value={String(at.from)}
          choices={numbers}
          onChange={(value) => setAt({ ...at, from: Number(value), to: Math.max(at.to, Number(value)) })}
        />
        <ChoiceField
          label={t("seatChoice.to")}
          value={String(at.to)}
          choices={numbers}
          onChange={(value) => setAt({ ...at, to: Number(value) })}
        />
      </FieldRow>
      <div className="row">
        <Button variant="default" disabled={!places.isKnown} onClick={addRange}>
          {t("seatChoice.add")}
        </Button>
        <Button variant="subtle" disabled={chosen.size === 0} onClick={() => onChange(new Set())}>
          {t("seatChoice.clear")}
        </Button>
        <span role="status">{t("blocks.seats", { count: chosen.size })}</span>
      </div>
      <Suspense fallback={<Skeleton height={320} />}>
        <PlanMap
          seatMap={seatMap}
          label={t("seatChoice.map")}
          stateOf={places.stateOf}
          chosen={chosen}
          onSeat={toggle}
        />
      </Suspense>
    </div>
  );
}
