import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import type { Ticket } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { later } from "@/lib/later";
import type { ticketCodeQuery } from "../api/queries";

const LiveCode = later(() => import("@/ui/later/live-code"));

interface TicketCodeProps {
  /** Where it comes from. */
  source: ReturnType<typeof ticketCodeQuery>;
  ticket: Ticket;
  /** Where the ticket's place is. */
  label: string;
}

/** What the door scans; nothing for a ticket that admits nobody. */
export default function TicketCode({ source, ticket, label }: TicketCodeProps) {
  const { t } = useI18n();
  // Made on this device, and anew all the time.
  const isLive = ticket.live === true;
  const { data, error, refetch } = useQuery({ ...source, enabled: ticket.valid && !isLive, throwOnError: false });
  const text = t("tickets.code", { ticket: label });
  if (!ticket.valid) return null;
  if (isLive) {
    return (
      <Suspense fallback={<Skeleton width={280} height={366} />}>
        <LiveCode source={source} label={text} />
      </Suspense>
    );
  }
  if (data !== undefined) return <img src={data} alt={text} width={148} height={148} />;
  return error === null ? (
    <Skeleton width={148} height={148} />
  ) : (
    <Button variant="default" onClick={() => void refetch()}>
      {t("common.tryAgain")}
    </Button>
  );
}
