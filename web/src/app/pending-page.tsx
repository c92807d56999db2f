import { Skeleton } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";

export function PendingPage() {
  const { t } = useI18n();
  return (
    <div className="stack" role="status">
      <span className="visually-hidden">{t("common.loading")}</span>
      <Skeleton height={56} width="60%" />
      <Skeleton height={20} width="40%" />
      <Skeleton height={320} />
    </div>
  );
}
