import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import type { LiveStatus } from "../live-feed";

/** Only while what is shown may be old; being live needs no words. */
export function LiveBanner({ status }: { status: LiveStatus }) {
  const { t } = useI18n();
  return (
    <div role="status" aria-live="polite" className="contents">
      {status === "stale" && <Notice tone="warn">{t("live.stale")}</Notice>}
    </div>
  );
}
