import { AlertIcon, CheckIcon } from "@/ui/icons";
import type { ChecklistItem } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import styles from "./checklist.module.css";

const texts: Readonly<Record<string, TextKey>> = {
  venue: "checklist.venue",
  tiers: "checklist.tiers",
  places: "checklist.places",
  categories: "checklist.categories",
  times: "checklist.times",
  "sales-over": "checklist.salesOver",
  "no-description": "checklist.noDescription",
  "no-refunds": "checklist.noRefunds",
  "no-imprint": "checklist.noImprint",
};

/** What must be seen to before an event is published, and what is worth a look. */
export function Checklist({ items }: { items: readonly ChecklistItem[] }) {
  const { t } = useText();
  if (items.length === 0)
    return (
      <p className={styles.item} data-tone="good">
        <CheckIcon /> {t("checklist.ready")}
      </p>
    );
  return (
    <ul className={styles.list}>
      {items.map(({ code, isBlocking, message }) => {
        const key = texts[code];
        return (
          <li key={code} className={styles.item} data-tone={isBlocking ? "bad" : "warn"}>
            <AlertIcon />
            <span>
              <strong>{t(isBlocking ? "checklist.must" : "checklist.mention")}</strong>{" "}
              {key === undefined ? message : t(key)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
