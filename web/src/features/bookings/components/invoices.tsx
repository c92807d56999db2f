import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { bookingInvoicesQuery } from "@/api/invoices";
import type { Booking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { InvoiceDetailsForm } from "@/ui/later/invoice-details-form";
import { InvoiceDocument } from "@/ui/later/invoice-document";
import { invoiceTexts } from "@/ui/later/invoice-texts";
import styles from "./tickets-page.module.css";

const waitMs = 2000;

/** A booking's invoices and credit notes, where its organiser issues them. */
export default function Invoices({ eventId, booking }: { eventId: string; booking: Booking }) {
  const { format, language } = useI18n();
  const queryClient = useQueryClient();
  const text = invoiceTexts[language];
  const query = bookingInvoicesQuery(eventId, booking.id);
  const { data } = useQuery({
    ...query,
    // They come a moment after the payment.
    refetchInterval: ({ state }) =>
      state.data?.isOffered === true && state.data.documents.length === 0 ? waitMs : false,
  });
  const [open, setOpen] = useState<number | string>();
  if (data === undefined || (!data.isOffered && data.documents.length === 0)) return null;
  const shown = data.documents.find(({ number }) => number === open);
  return (
    <section className={`${styles.invoices ?? ""} stack`} aria-labelledby="invoices">
      <h2 id="invoices">{text.title}</h2>
      {data.documents.length === 0 && <p>{text.none}</p>}
      <ul className="stack">
        {data.documents.map((document) => (
          <li key={document.number}>
            <Button variant="default" onClick={() => setOpen(document.number)}>
              {/* One element: a button lays its parts out side by side, without the space between. */}
              <span>
                {text[document.kind]} <bdi>{document.reference}</bdi>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {shown !== undefined && (
        <InvoiceDocument invoice={shown} language={language} format={format} onClose={() => setOpen(undefined)} />
      )}
      {data.isOffered && booking.state === "confirmed" && (
        <details>
          <summary>{text.offer}</summary>
          <InvoiceDetailsForm
            eventId={eventId}
            bookingId={booking.id}
            details={data.details ?? { name: booking.contact?.name ?? "" }}
            language={language}
            onSaved={() => {
              void queryClient.invalidateQueries({ queryKey: query.queryKey });
              setTimeout(() => void queryClient.invalidateQueries({ queryKey: query.queryKey }), 2 * waitMs);
            }}
          />
        </details>
      )}
    </section>
  );
}
