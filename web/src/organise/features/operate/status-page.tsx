import { useQuery } from "@tanstack/react-query";
import { Notice } from "@/ui/notice";
import { statusQuery } from "../../api/operation";
import { useText } from "../../i18n/text";
import { Page } from "../../ui/page";
import { Loading } from "../../ui/states";

/** For everybody: whether tickets can be bought now. */
export function StatusPage() {
  const { t, format } = useText();
  const { data, isError, dataUpdatedAt } = useQuery(statusQuery);
  return (
    <Page title={t("status.title")}>
      {isError ? (
        <Notice tone="bad" urgent title={t("status.down")}>
          {t("status.downText")}
        </Notice>
      ) : data === undefined ? (
        <Loading lines={2} />
      ) : !data.readOnly ? (
        <Notice tone="good" title={t("status.good")}>
          {t("status.goodText")}
        </Notice>
      ) : (
        <Notice tone="warn" urgent title={t("status.readOnly")}>
          <p>{t("status.readOnlyText", { time: format.moment(data.readOnly.since) })}</p>
          {data.readOnly.reason !== undefined && (
            <p>
              <bdi>{data.readOnly.reason}</bdi>
            </p>
          )}
        </Notice>
      )}
      {dataUpdatedAt > 0 && (
        <p className="muted small">
          {t("status.checked", { time: format.moment(new Date(dataUpdatedAt).toISOString()) })}
        </p>
      )}
      <p>
        <a href="/">{t("status.home")}</a>
      </p>
    </Page>
  );
}
