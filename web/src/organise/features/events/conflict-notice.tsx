import { Button } from "@mantine/core";
import { Notice } from "@/ui/notice";
import { useText, type TextKey } from "../../i18n/text";
import type { EventEntries } from "./event-entries";
import styles from "./conflict-notice.module.css";
import type { EventForm } from "./use-event-form";

const names: Record<keyof EventEntries, TextKey> = {
  title: "event.title",
  slug: "eventForm.slug",
  summary: "eventForm.summary",
  description: "eventForm.description",
  category: "events.category",
  venueId: "eventForm.venue",
  seatingPlanId: "eventForm.plan",
  startsAt: "eventForm.startsAt",
  endsAt: "eventForm.endsAt",
  doorsAt: "eventForm.doorsAt",
  currency: "eventForm.currency",
  onSaleAt: "eventForm.onSaleAt",
  offSaleAt: "eventForm.offSaleAt",
  holdMinutes: "eventForm.holdMinutes",
  maxTicketsPerBuyer: "eventForm.maxTickets",
  oneBookingPerBuyer: "eventForm.oneBooking",
  orphanRule: "eventForm.orphanRule",
  cancellableUntil: "eventForm.cancellableUntil",
  ageLimit: "eventForm.ageLimit",
};

/** Somebody else saved the same fields meanwhile: both are shown, and neither is lost unseen. */
export function ConflictNotice({ form, timeZone }: { form: EventForm; timeZone: string }) {
  const { t, format } = useText();
  if (form.conflicts.length === 0) return null;
  const shown = (value: unknown): string => {
    if (value === undefined || value === null || value === "") return t("activity.empty");
    if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
    const text = String(value);
    return /^\d{4}-\d\d-\d\dT/.test(text) ? format.moment(text, timeZone) : text;
  };
  return (
    <Notice tone="warn" urgent title={t("conflict.title")}>
      <p>{t("conflict.text")}</p>
      <ul className={styles.fields}>
        {form.conflicts.map(({ field, theirs, mine }) => (
          <li key={field}>
            <span className={styles.name}>{t(names[field])}</span>
            <span>{t("conflict.theirs", { value: shown(theirs) })}</span>
            <span>{t("conflict.mine", { value: shown(mine) })}</span>
          </li>
        ))}
      </ul>
      <div className="row">
        <Button variant="default" onClick={() => form.settle(true)}>
          {t("conflict.takeTheirs")}
        </Button>
        <Button
          onClick={() => {
            form.settle(false);
            void form.save().catch(() => undefined);
          }}
        >
          {t("conflict.keepMine")}
        </Button>
      </div>
    </Notice>
  );
}
