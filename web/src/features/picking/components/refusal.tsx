import { NoAnswerError, problemOf } from "@/api/problem";
import type { EventDetails, SeatMap } from "@/api/types";
import { useI18n, type Translate } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { listRow } from "../model/seat-list";

interface RefusalProps {
  error: unknown;
  event: EventDetails;
  seatMap: SeatMap | undefined;
}

/** Why the places could not be held, and what to do next. */
export function Refusal({ error, event, seatMap }: RefusalProps) {
  const { t, format } = useI18n();
  if (error instanceof NoAnswerError) return <Notice tone="warn" urgent title={t("refusal.noAnswer")} />;
  const problem = problemOf(error);
  const seats = format.list((problem?.seats ?? []).map((seat) => labelOf(seatMap, seat)));
  const tier = event.tiers.find(({ id }) => id === problem?.tierId)?.name ?? "";
  const text = ((): string => {
    switch (problem?.code) {
      case "seats-unavailable":
        return t("refusal.seatsUnavailable", { seats, count: problem.seats?.length ?? 1 });
      case "sold-out":
        return problem.available === 0
          ? t("refusal.soldOut", { tier })
          : t("refusal.onlyLeft", { tier, count: problem.available ?? 0 });
      case "not-adjacent":
        return t("refusal.notAdjacent", { tier });
      case "orphan-seat":
        return t("refusal.orphan", { seats });
      case "limit-exceeded":
        return t("refusal.limit", { limit: problem.limit ?? 0, has: problem.has ?? 0 });
      case "not-on-sale":
        return problem.saleStatus === "upcoming" && problem.onSaleAt !== undefined
          ? t("refusal.upcoming", { time: format.moment(problem.onSaleAt) })
          : t("refusal.ended");
      default:
        return fallback(problem?.status, t);
    }
  })();
  return <Notice tone="bad" urgent title={text} />;
}

function fallback(status: number | undefined, t: Translate): string {
  return t(status === 503 || status === 429 ? "refusal.busy" : "refusal.unknown");
}

function labelOf(seatMap: SeatMap | undefined, ordinal: number): string {
  for (const section of seatMap?.sections ?? []) {
    for (const row of section.rows) {
      if (ordinal < row.first || ordinal >= row.first + row.numbers.length) continue;
      const seat = listRow(row)
        .runs.flat()
        .find((candidate) => candidate.ordinal === ordinal);
      if (seat !== undefined) return seat.label;
    }
  }
  return String(ordinal);
}
