import { Button } from "@mantine/core";
import type { PageMeta } from "@/api/types";
import { useText } from "../i18n/text";

interface PagerProps {
  meta: PageMeta;
  onPage: (page: number) => void;
}

export function Pager({ meta, onPage }: PagerProps) {
  const { t } = useText();
  if (meta.totalPages < 2) return null;
  return (
    <nav className="row" aria-label={t("pages.label")}>
      <Button variant="default" disabled={meta.page <= 1} onClick={() => onPage(meta.page - 1)}>
        {t("pages.previous")}
      </Button>
      <span className="muted num">{t("pages.of", { page: meta.page, pages: meta.totalPages })}</span>
      <Button variant="default" disabled={meta.page >= meta.totalPages} onClick={() => onPage(meta.page + 1)}>
        {t("pages.next")}
      </Button>
    </nav>
  );
}
