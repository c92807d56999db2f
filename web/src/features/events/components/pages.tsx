import type { PageMeta } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { ButtonLink } from "@/ui/button-link";
import type { EventSearch } from "../model/event-search";
import styles from "./pages.module.css";

/** Links, so that a page can be opened beside, shared and gone back to. */
export function Pages({ meta, search }: { meta: PageMeta; search: EventSearch }) {
  const { t } = useI18n();
  if (meta.totalPages < 2) return null;
  return (
    <nav className={styles.pages} aria-label={t("pages.label")}>
      {meta.page > 1 && (
        <ButtonLink to="/events" search={{ ...search, page: meta.page - 1 }} variant="default">
          {t("pages.previous")}
        </ButtonLink>
      )}
      <span className="muted">{t("pages.of", { page: meta.page, pages: meta.totalPages })}</span>
      {meta.page < meta.totalPages && (
        <ButtonLink to="/events" search={{ ...search, page: meta.page + 1 }} variant="default">
          {t("pages.next")}
        </ButtonLink>
      )}
    </nav>
  );
}
