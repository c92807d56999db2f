import { Button } from "@mantine/core";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { Format } from "@/i18n/format";
import { useI18n } from "@/i18n/i18n";
import { useStore } from "@/lib/external-store";
import { useOnline } from "@/lib/use-online";
import { useSession } from "@/session/use-session";
import { keepTickets } from "../keep-tickets";
import { offlineTexts } from "../texts";
import { takeOver, waitingWorker } from "../worker-registration";
import styles from "./offline.module.css";

/** Of a page of tickets: says that it is an old one, keeps it for later, and offers a newer version of the shop. */
export function OfflineMark({ queryKey }: { queryKey: readonly unknown[] }) {
  const { language, format } = useI18n();
  const own = offlineTexts[language];
  const queryClient = useQueryClient();
  const { status } = useSession();
  const isOnline = useOnline();
  const { at, isFailing } = useSeen(queryClient, queryKey);
  const update = useStore(waitingWorker);
  useEffect(() => keepTickets(queryClient), [queryClient]);
  const isOld = at > 0 && (!isOnline || status === "restoring" || isFailing);
  return (
    <div className={styles.mark}>
      <span role="status">{isOld && <span className={styles.asOf}>{own.asOf(momentOf(at, format))}</span>}</span>
      {update !== undefined && isOnline && (
        <p className={styles.update}>
          {own.newVersion}
          <Button variant="default" size="xs" onClick={() => takeOver(update)}>
            {own.load}
          </Button>
        </p>
      )}
    </div>
  );
}

/** By this device's clock; of today without the day. */
function momentOf(at: number, format: Format): string {
  const moment = new Date(at);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const isToday = moment.toDateString() === new Date().toDateString();
  return isToday ? format.time(moment.toISOString(), zone) : format.moment(moment.toISOString(), zone);
}

/** What is known of an answer, without asking for it. */
function useSeen(queryClient: QueryClient, queryKey: readonly unknown[]): { at: number; isFailing: boolean } {
  const subscribe = useCallback(
    (listener: () => void) => queryClient.getQueryCache().subscribe(listener),
    [queryClient],
  );
  const at = useSyncExternalStore(subscribe, () => queryClient.getQueryState(queryKey)?.dataUpdatedAt ?? 0);
  const isFailing = useSyncExternalStore(
    subscribe,
    () => (queryClient.getQueryState(queryKey)?.error ?? null) !== null,
  );
  return { at, isFailing };
}
