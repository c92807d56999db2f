import { useI18n } from "@/i18n/i18n";
import { ButtonLink } from "@/ui/button-link";
import { EmptyState } from "@/ui/empty-state";
import { useTitle } from "@/ui/use-title";

export function NotFoundPage() {
  const { t } = useI18n();
  useTitle(t("notFound.title"));
  return (
    <EmptyState isPage title={t("notFound.title")} text={t("notFound.text")}>
      <ButtonLink to="/events">{t("common.browse")}</ButtonLink>
    </EmptyState>
  );
}
