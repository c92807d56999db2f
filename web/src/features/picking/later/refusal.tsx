import { Navigate } from "@tanstack/react-router";
import { problemOf } from "@/api/problem";
import type { EventDetails } from "@/api/types";
import { useI18n, type Translate } from "@/i18n/i18n";
import { useSeatNames } from "@/i18n/seat-names";
import { Notice } from "@/ui/notice";
import { SoldWith } from "@/ui/sold-with";
import type { SeatIndex } from "../model/selection";
import { useRefusalTexts } from "./refusal-texts";

interface RefusalProps {
  error: unknown;
  event: EventDetails;
  index: SeatIndex;
}

/** Why the server did not hold the places, and what to do next: it answered, so this file can be fetched. */
export default function Refusal({ error, event, index }: RefusalProps) {
  const { t, format } = useI18n();
  const say = useRefusalTexts();
  const names = useSeatNames();
  const problem = problemOf(error);
  if (problem?.code === "admission-required")
    return <Navigate to="/events/$slug/queue" params={{ slug: event.slug }} replace />;
  if (problem?.code === "ticket-alone") {
    return (
      <Notice tone="bad" urgent>
        <SoldWith tiers={event.tiers} of={problem.tierId ?? ""} isMissing />
      </Notice>
    );
  }
  const seats = names.seats(index.seatsOf(problem?.seats ?? []));
  const tier = event.tiers.find(({ id }) => id === problem?.tierId)?.name ?? "";
  const text = ((): string => {
    switch (problem?.code) {
      case "seats-unavailable":
        return say("seatsUnavailable", { seats, count: problem.seats?.length ?? 1 });
      case "sold-out":
        return problem.available === 0
          ? t("refusal.soldOut", { tier })
          : t("refusal.onlyLeft", { tier, count: problem.available ?? 0 });
      case "not-adjacent":
        return say("notAdjacent", { tier });
      case "orphan-seat":
        return t("refusal.orphan", { seats });
      case "companion-alone":
        return say("companionAlone", { seats });
      case "limit-exceeded":
        return t("refusal.limit", { limit: problem.limit ?? 0, has: problem.has ?? 0 });
      case "too-many-holds":
        return say("tooManyHolds");
      case "too-many-held":
        return say("tooManyHeld", { limit: problem.limit ?? 0 });
      case "not-on-sale":
        return problem.saleStatus === "upcoming" && problem.onSaleAt !== undefined
          ? say("upcoming", { time: format.moment(problem.onSaleAt) })
          : say("ended");
      case "read-only":
        return t("refusal.readOnly");
      default:
        return fallback(problem?.status, t);
    }
  })();
  return <Notice tone="bad" urgent title={text} />;
}

function fallback(status: number | undefined, t: Translate): string {
  return t(status === 503 || status === 429 ? "refusal.busy" : "refusal.unknown");
}
