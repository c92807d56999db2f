import { useText } from "../i18n/messages";
import type { DoorView } from "../store/view";

/** Whether the network is there, what waits for it, and how old the list is. */
export function StateBar({ view }: { view: DoorView }) {
  const { t, time } = useText();
  return (
    <p className="state" data-online={view.isOnline} role="status">
      <span>{t(view.isOnline ? "state.online" : "state.offline")}</span>
      {view.queued > 0 && <strong>{t("state.queued", { count: view.queued })}</strong>}
      {view.rejected > 0 && <strong>{t("state.rejected", { count: view.rejected })}</strong>}
      {view.doubtsClock && <strong>{t("state.clock")}</strong>}
      {view.syncedAt !== undefined && <span>{t("state.updated", { time: time(view.syncedAt) })}</span>}
    </p>
  );
}

/** Tickets that this door and another have let somebody in with. */
export function Conflicts({ view }: { view: DoorView }) {
  const { t, time } = useText();
  const zone = view.event?.timeZone;
  if (view.conflicts.length === 0) return null;
  return (
    <details className="note" data-tone="bad">
      <summary>{t("conflict.title", { count: view.conflicts.length })}</summary>
      <ul>
        {view.conflicts.map(({ nonce, ticket, entry, standing }) => (
          <li key={nonce}>
            <bdi>
              {t("conflict.text", {
                ticket: ticket.label,
                first: standing ? whereAndWhen(standing) : "–",
                second: whereAndWhen(entry),
              })}
            </bdi>
          </li>
        ))}
      </ul>
    </details>
  );

  function whereAndWhen({ at, gate, device }: NonNullable<DoorView["conflicts"][number]["standing"]>): string {
    return [time(at, zone), gate, device].filter(Boolean).join(", ");
  }
}
