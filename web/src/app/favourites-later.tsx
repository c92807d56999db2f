import { useEffect, useState, type ReactNode } from "react";
import type { EventSummary } from "@/api/types";

type Parts = typeof import("@/features/favourites");

/** Longest wait for a browser that is never idle. */
const waitMs = 2000;

let fetched: Parts | undefined;

/** Safari has no way to ask for an idle moment. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in globalThis) requestIdleCallback(work, { timeout: waitMs });
  else setTimeout(work, waitMs / 4);
}

/**
 * The hearts come after the page, into room that is kept for them. Nobody needs them to buy: where their file does not
 * come, there are none.
 */
function useParts(): Parts | undefined {
  const [parts, setParts] = useState(fetched);
  useEffect(() => {
    if (parts !== undefined) return;
    let isGone = false;
    whenIdle(() => {
      if (isGone) return;
      import("@/features/favourites").then(
        (module) => {
          fetched = module;
          if (!isGone) setParts(module);
        },
        () => undefined,
      );
    });
    return () => {
      isGone = true;
    };
  }, [parts]);
  return parts;
}

export function heartOf(event: Pick<EventSummary, "id" | "title">): ReactNode {
  return <HeartLater event={event} />;
}

function HeartLater({ event }: { event: Pick<EventSummary, "id" | "title"> }) {
  const parts = useParts();
  return parts === undefined ? null : <parts.FavouriteHeart event={event} />;
}
