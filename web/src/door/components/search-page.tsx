import { useState } from "react";
import { useText } from "../i18n/messages";
import type { Door } from "../store/door";
import type { DoorView } from "../store/view";

interface SearchPageProps {
  door: Door;
  event: NonNullable<DoorView["event"]>;
  onAdmit: (ticketId: string) => void;
  onUndo: (ticketId: string) => void;
  onClose: () => void;
}

/** For who comes without a code. */
export function SearchPage({ door, event, onAdmit, onUndo, onClose }: SearchPageProps) {
  const { t, time } = useText();
  const [words, setWords] = useState("");
  const found = words.trim().length > 1 ? door.search(words) : undefined;
  return (
    <section className="search">
      <label>
        {t("search.field")}
        <input
          type="search"
          autoFocus
          autoComplete="off"
          maxLength={100}
          value={words}
          onChange={(changed) => setWords(changed.currentTarget.value)}
        />
      </label>
      {found?.length === 0 && <p role="status">{t("search.none")}</p>}
      <ul>
        {found?.map((ticket) => (
          <li key={ticket.id}>
            <div>
              <p>
                <strong>
                  <bdi>{ticket.name ?? t("search.unnamed")}</bdi>
                </strong>
              </p>
              <p>
                <bdi>{[event.tiers[ticket.tier], ticket.label].filter(Boolean).join(" · ")}</bdi>
              </p>
              {ticket.inside && <p>{t("answer.since", { time: time(ticket.inside.at, event.timeZone) })}</p>}
            </div>
            {ticket.inside !== undefined ? (
              <button type="button" onClick={() => onUndo(ticket.id)}>
                {t("search.undo")}
              </button>
            ) : ticket.isCancelled ? (
              <span>{t("answer.cancelled")}</span>
            ) : (
              <button type="button" data-tone="accent" onClick={() => onAdmit(ticket.id)}>
                {t("search.admit")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <button type="button" onClick={onClose}>
        {t("search.close")}
      </button>
    </section>
  );
}
