import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { EmptyState } from "@/ui/empty-state";
import { InvoiceDocument } from "@/ui/later/invoice-document";
import {
  fetchInvoices,
  invoiceKinds,
  invoiceQuery,
  invoicesQuery,
  invoicingQuery,
  type InvoicesSearch,
} from "../../api/invoices";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { DataTable } from "../../ui/data-table";
import { ChoiceField } from "../../ui/fields";
import { DownloadButton } from "../../ui/download-button";
import { Page, Section } from "../../ui/page";
import { Pager } from "../../ui/pager";
import { Loading } from "../../ui/states";
import { InvoicingForm } from "./invoicing-form";

const typingPauseMs = 300;

interface InvoicesPageProps {
  search: InvoicesSearch;
  onSearch: (search: InvoicesSearch) => void;
}

/** Who issues invoices, and all that were issued. */
export function InvoicesPage({ search, onSearch }: InvoicesPageProps) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const settings = useQuery(invoicingQuery(org));
  return (
    <Page title={t("nav.invoices")} lead={t("invoices.lead")} actions={can("bookings.export") && <Export />}>
      <Documents search={search} onSearch={onSearch} />
      {can("organisation.edit") && settings.data !== undefined && <InvoicingForm settings={settings.data} />}
    </Page>
  );
}

function Documents({ search, onSearch }: InvoicesPageProps) {
  const { t, format, language } = useText();
  const { org, organisation } = useOrganisation();
  const [open, setOpen] = useState<string>();
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(typing.current), []);
  const { data, isPlaceholderData } = useQuery(invoicesQuery(org, search));
  const shown = useQuery({ ...invoiceQuery(org, open ?? ""), enabled: open !== undefined });
  return (
    <Section title={t("invoices.documents")}>
      <div className="row">
        <TextInput
          label={t("invoices.search")}
          size="md"
          type="search"
          maxLength={100}
          defaultValue={search.search ?? ""}
          onChange={(change) => {
            const text = change.currentTarget.value.trim();
            clearTimeout(typing.current);
            typing.current = setTimeout(
              () => onSearch({ ...search, search: text === "" ? undefined : text, page: undefined }),
              typingPauseMs,
            );
          }}
        />
        <ChoiceField
          label={t("invoices.kind")}
          value={search.kind ?? "all"}
          choices={[
            { value: "all", label: t("invoices.all") },
            ...invoiceKinds.map((kind) => ({ value: kind, label: t(`invoices.${kind}`) })),
          ]}
          onChange={(kind) => onSearch({ ...search, kind: kind === "all" ? undefined : kind, page: undefined })}
        />
      </div>
      {data === undefined && <Loading lines={4} />}
      {data?.meta.total === 0 && <EmptyState title={t("invoices.none")} text={t("invoices.noneText")} />}
      {data !== undefined && data.meta.total > 0 && (
        <>
          <DataTable
            caption={t("invoices.documents")}
            rows={data.data}
            keyOf={({ reference }) => reference}
            isStale={isPlaceholderData}
            columns={[
              {
                key: "reference",
                header: t("invoices.number"),
                cell: ({ number, reference }) => (
                  <Button variant="subtle" size="compact-md" onClick={() => setOpen(String(number))}>
                    <bdi>{reference}</bdi>
                  </Button>
                ),
              },
              { key: "kind", header: t("invoices.kind"), cell: ({ kind }) => t(`invoices.${kind}`) },
              {
                key: "issued",
                header: t("invoices.issued"),
                cell: ({ issuedAt }) => format.day(issuedAt, organisation.timeZone),
              },
              {
                key: "buyer",
                header: t("invoices.buyer"),
                cell: ({ buyer, orderCode, eventId, bookingId }) => (
                  <Link to="/$org/events/$event/bookings/$booking" params={{ org, event: eventId, booking: bookingId }}>
                    <bdi>{buyer === "" ? (orderCode ?? bookingId.slice(-8)) : buyer}</bdi>
                  </Link>
                ),
              },
              { key: "event", header: t("money.event"), cell: ({ eventTitle }) => <bdi>{eventTitle}</bdi> },
              { key: "tax", header: t("money.tax"), isFigure: true, cell: ({ tax }) => format.money(tax) },
              { key: "total", header: t("booking.amount"), isFigure: true, cell: ({ total }) => format.money(total) },
            ]}
          />
          <Pager meta={data.meta} onPage={(page) => onSearch({ ...search, page })} />
        </>
      )}
      {open !== undefined && shown.data !== undefined && (
        <InvoiceDocument invoice={shown.data} language={language} format={format} onClose={() => setOpen(undefined)} />
      )}
    </Section>
  );
}

function Export() {
  const { t } = useText();
  const { org } = useOrganisation();
  return <DownloadButton label={t("invoices.export")} name={`${org}-invoices.csv`} fetch={() => fetchInvoices(org)} />;
}
