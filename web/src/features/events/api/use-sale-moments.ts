import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { EventDetails, EventListPage, EventSummary } from "@/api/types";
import { serverNow } from "@/lib/server-clock";
import { nextMoment, waitMs, type SaleTimes } from "../model/sale-moments";
import { eventQuery } from "./queries";

/** An event that a page shows: whether its sale is open, and under which name the page has asked for it. */
export interface ShownEvent extends SaleTimes {
  id: string;
  slug: string;
}

/**
 * Keeps a page true across the instants at which a sale opens or ends: when one has come by the server's clock, only
 * the event that it belongs to is asked for, after a random part of a second or so, and again until the answer has
 * changed. Lists take the answer into their row. `address` is the name that the page's own query has, where it may be
 * the id.
 */
export function useSaleMoments(events: readonly ShownEvent[] | undefined, address?: string): void {
  const queryClient = useQueryClient();
  // A list that comes anew with the same times does not begin the waiting anew.
  const times = JSON.stringify(events?.map(timesOf) ?? []);
  useEffect(() => {
    const watches = (JSON.parse(times) as ShownEvent[]).map((event) => {
      const key = address ?? event.slug;
      return watchMoment(event, async () => {
        const details = await queryClient.fetchQuery({ ...eventQuery(key, "no-cache"), staleTime: 0, retry: false });
        queryClient.setQueriesData<EventListPage>({ queryKey: ["events"] }, (list) => withEvent(list, details));
        return details;
      });
    });
    return () => watches.forEach((stop) => stop());
  }, [times, address, queryClient]);
}

function timesOf({ id, slug, saleStatus, onSaleAt, offSaleAt }: ShownEvent): ShownEvent {
  return { id, slug, saleStatus, onSaleAt, offSaleAt };
}

/** The row of the event as the page about it has it now; the same list where there is no such row. */
export function withEvent(list: EventListPage | undefined, details: EventDetails): EventListPage | undefined {
  if (list?.data.some(({ id }) => id === details.id) !== true) return list;
  return { ...list, data: list.data.map((row) => (row.id === details.id ? rowOf(row, details) : row)) };
}

function rowOf(row: EventSummary, details: EventDetails): EventSummary {
  const { availability, saleStatus, onSaleAt, offSaleAt, startsAt, endsAt } = details;
  return { ...row, availability, saleStatus, onSaleAt, offSaleAt, startsAt, endsAt };
}

/** Asks at the event's next instant, and goes on by what the answer says; returns how to stop. */
export function watchMoment(event: SaleTimes, ask: () => Promise<SaleTimes>): () => void {
  let current = event;
  let failures = 0;
  let isAsking = false;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    clearTimeout(timer);
    const moment = nextMoment(current);
    if (moment === undefined || isStopped) return;
    timer = setTimeout(() => void look(moment), waitMs(moment, serverNow(), failures));
  };
  const look = async (moment: number) => {
    // The longest wait was over, or the clock was put right: it is not time yet.
    if (isAsking || moment > serverNow()) return isAsking ? undefined : schedule();
    isAsking = true;
    try {
      const answer = await ask();
      failures = nextMoment(answer) === moment ? failures + 1 : 0;
      current = answer;
    } catch {
      failures += 1;
    }
    isAsking = false;
    schedule();
  };
  // A page in the background has slow timers, and a phone that slept none.
  const wake = () => {
    if (document.visibilityState === "visible") schedule();
  };
  document.addEventListener("visibilitychange", wake);
  schedule();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
  };
}
