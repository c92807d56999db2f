import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { doorTicketsQuery } from "../../api/door";
import type { ListedTicket } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import styles from "./door.module.css";

const typingPauseMs = 300;

interface DoorSearchProps {
  event: string;
  isBusy: boolean;
  onAdmit: (ticketId: string) => void;
  onUndo: (ticketId: string) => void;
}

/** For who comes without a code. */
export function DoorSearch({ event, isBusy, onAdmit, onUndo }: DoorSearchProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const [words, setWords] = useState("");
  const [search, setSearch] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSearch(words.trim()), typingPauseMs);
    return () => clearTimeout(timer);
  }, [words]);
  const { data } = useQuery(doorTicketsQuery(org, event, search));
  const rows = search.length > 1 ? data?.data : undefined;
  return (
    <>
      <TextInput
        label={t("door.search")}
        size="md"
        type="search"
        autoComplete="off"
        maxLength={100}
        value={words}
        onChange={(changed) => setWords(changed.currentTarget.value)}
      />
      {rows?.length === 0 && <p role="status">{t("door.none")}</p>}
      <ul className={styles.found}>
        {rows?.map((row) => (
          <FoundTicket key={row.ticket.id} row={row} isBusy={isBusy} onAdmit={onAdmit} onUndo={onUndo} />
        ))}
      </ul>
    </>
  );
}

interface FoundTicketProps extends Omit<DoorSearchProps, "event"> {
  row: ListedTicket;
}

function FoundTicket({ row: { ticket, valid, orderCode, inside }, isBusy, onAdmit, onUndo }: FoundTicketProps) {
  const { t, format } = useText();
  const name = ticket.name ?? t("door.unnamed");
  return (
    <li>
      <div>
        <p className={styles.name}>
          <bdi>{name}</bdi>
        </p>
        <p className="muted small">
          <bdi>{ticket.label}</bdi>
          {orderCode !== undefined && orderCode !== null && <bdi dir="ltr"> · {orderCode}</bdi>}
        </p>
        {inside && <p className="small">{t("door.insideSince", { time: format.moment(inside.at) })}</p>}
      </div>
      {!valid && <span className="muted">{t("door.notValid")}</span>}
      {valid && !inside && (
        <Button size="md" disabled={isBusy} aria-label={t("door.admitOf", { name })} onClick={() => onAdmit(ticket.id)}>
          {t("door.admit")}
        </Button>
      )}
      {inside && (
        <Button
          size="md"
          variant="default"
          disabled={isBusy}
          aria-label={t("door.undoOf", { name })}
          onClick={() => onUndo(ticket.id)}
        >
          {t("door.undo")}
        </Button>
      )}
    </li>
  );
}
