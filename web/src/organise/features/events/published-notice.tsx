import { Notice } from "@/ui/notice";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { CopyText } from "../../ui/copy-text";

/** Where buyers find it. */
export function PublishedNotice({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const isUpcoming = event.saleStatus === "upcoming";
  return (
    <Notice tone="good" title={t("published.title")}>
      <p>
        {isUpcoming
          ? t("published.upcoming", { time: format.moment(event.onSaleAt, event.timeZone) })
          : t("published.onSale")}
      </p>
      <CopyText text={`${location.origin}/events/${event.slug}`} label={t("invitations.copy")} />
      <a href={`/events/${event.slug}`}>{t("published.look")}</a>
    </Notice>
  );
}
