import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useI18n } from "@/i18n/i18n";
import { EmptyState } from "@/ui/empty-state";
import { eventListQuery, landingEvents } from "../api/queries";
import { didYouMean } from "./did-you-mean";
import { countFilters, readEventSearch, type EventSearch } from "../model/event-search";
import { EventGrid } from "../components/event-grid";
import styles from "../components/event-list.module.css";

interface NothingFoundProps {
  search: EventSearch;
  onSearch: (search: EventSearch) => void;
}

const shownInstead = 3;

/**
 * A search that finds nothing leads on: to the word that was meant, to the same with less asked of it, to what else
 * there is. The filters above have the button that lets go of everything.
 */
export default function NothingFound({ search, onSearch }: NothingFoundProps): ReactNode {
  const { t } = useI18n();
  const { data } = useQuery(eventListQuery({}, landingEvents));
  const { search: words, from, to, when } = search;
  const meant = words === undefined ? undefined : didYouMean(words, data?.data ?? []);
  const isDated = from !== undefined || to !== undefined || when !== undefined;
  const others = data?.data.slice(0, shownInstead) ?? [];
  return (
    <>
      <EmptyState title={t("events.noneTitle")} text={t("events.noneText")}>
        {meant !== undefined && (
          <Button onClick={() => onSearch(readEventSearch({ ...search, search: meant, page: undefined }))}>
            {t("events.didYouMean", { words: meant })}
          </Button>
        )}
        {words !== undefined && countFilters(search) > 1 && (
          <Button variant="default" onClick={() => onSearch({ search: words })}>
            {t("events.onlyWords", { words })}
          </Button>
        )}
        {isDated && (
          <Button
            variant="default"
            onClick={() =>
              onSearch(readEventSearch({ ...search, from: undefined, to: undefined, when: undefined, page: undefined }))
            }
          >
            {t("events.anyDay")}
          </Button>
        )}
      </EmptyState>
      {others.length > 0 && (
        <section className={styles.instead} aria-labelledby="instead">
          <h2 id="instead">{t("events.instead")}</h2>
          <EventGrid events={others} pictures={0} />
        </section>
      )}
    </>
  );
}
