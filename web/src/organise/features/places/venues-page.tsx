import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { PlusIcon } from "@/ui/icons";
import type { Venue } from "../../api/types";
import { venuesQuery } from "../../api/venues";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable, type Column } from "../../ui/data-table";
import { zoneName } from "../../ui/fields";
import { Page } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import { VenueDialog } from "../../ui/venue-dialog";

export function VenuesPage() {
  const { t, language } = useText();
  const { org, can } = useOrganisation();
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<{ venue?: Venue }>();
  const { data, isPlaceholderData } = useQuery(venuesQuery(org, page));
  const mayEdit = can("venues.edit");
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const columns: Column<Venue>[] = [
    { key: "name", header: t("venues.name"), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      key: "where",
      header: t("venues.where"),
      cell: ({ address, city, country }) => (
        <bdi>{[address, city, countries.of(country) ?? country].filter((part) => part !== "").join(", ")}</bdi>
      ),
    },
    { key: "zone", header: t("venues.timeZone"), cell: ({ timeZone }) => zoneName(timeZone) },
    {
      key: "change",
      header: "",
      cell: (venue) =>
        mayEdit && (
          <Button
            variant="subtle"
            aria-label={t("tiers.changeOf", { name: venue.name })}
            onClick={() => setOpen({ venue })}
          >
            {t("common.change")}
          </Button>
        ),
    },
  ];
  const add = mayEdit && (
    <Button leftSection={<PlusIcon size={18} />} onClick={() => setOpen({})}>
      {t("venues.new")}
    </Button>
  );
  return (
    <Page title={t("nav.venues")} lead={t("venues.lead")} actions={add}>
      {data === undefined && <Loading />}
      {data?.meta.total === 0 && (
        <EmptyState title={t("venues.none")} text={t("venues.noneText")}>
          {add}
        </EmptyState>
      )}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <DataTable
            caption={t("nav.venues")}
            columns={columns}
            rows={data.data}
            keyOf={({ id }) => id}
            isStale={isPlaceholderData}
          />
          <Pager meta={data.meta} onPage={setPage} />
        </>
      )}
      {open !== undefined && <VenueDialog {...open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}
