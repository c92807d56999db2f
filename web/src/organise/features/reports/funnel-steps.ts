import type { EventReport } from "../../api/types";

export type FunnelStepName = "views" | "queued" | "letIn" | "holds" | "paid";

export interface FunnelStep {
  name: FunnelStepName;
  count: number;
  /** Of the step before it; undefined at the first, and where that counted fewer: it was not counted all the time. */
  share: number | undefined;
}

/** The way from looking to paying; steps that were not counted, or that the sale does not have, are left out. */
export function funnelSteps(funnel: EventReport["funnel"]): FunnelStep[] {
  const counts: [FunnelStepName, number | null | undefined][] = [
    ["views", funnel.viewsSince == null ? undefined : funnel.views],
    ["queued", funnel.queued],
    ["letIn", funnel.letIn],
    ["holds", funnel.holds],
    // A booking can be cancelled only once it was paid.
    ["paid", funnel.confirmed + funnel.cancelled],
  ];
  const steps: FunnelStep[] = [];
  for (const [name, count] of counts) {
    if (count == null) continue;
    const before = steps.at(-1)?.count ?? 0;
    steps.push({ name, count, share: before >= count && before > 0 ? count / before : undefined });
  }
  return steps;
}
