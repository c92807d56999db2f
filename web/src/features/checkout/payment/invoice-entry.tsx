import { useQuery, useQueryClient } from "@tanstack/react-query";
import { bookingInvoicesQuery } from "@/api/invoices";
import { useI18n } from "@/i18n/i18n";
import { InvoiceDetailsForm } from "@/ui/later/invoice-details-form";
import { invoiceTexts } from "@/ui/later/invoice-texts";
import type { PaymentFormProps } from "./payment-form";

/** Whom the invoice is to be made out to, where the organiser issues invoices and it is not the contact. */
export function InvoiceEntry({ event, booking, contact }: PaymentFormProps) {
  const { language } = useI18n();
  const queryClient = useQueryClient();
  const query = bookingInvoicesQuery(event.id, booking.id);
  const { data } = useQuery(query);
  if (data?.isOffered !== true) return null;
  return (
    <details>
      <summary>{invoiceTexts[language].offer}</summary>
      <InvoiceDetailsForm
        key={contact.name}
        eventId={event.id}
        bookingId={booking.id}
        details={data.details ?? { name: contact.name.trim() }}
        language={language}
        onSaved={() => void queryClient.invalidateQueries({ queryKey: query.queryKey })}
      />
    </details>
  );
}
