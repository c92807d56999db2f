import { useQuery } from "@tanstack/react-query";
import { useEffect, useState, type RefObject } from "react";
import { api, unwrap } from "@/api/client";
import type { Booking, EventDetails } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import type { ContactEntries, PaymentMeans } from "../api/booking";
import { InvoiceEntry } from "./invoice-entry";
import { PayLater } from "./pay-later";
import { PaymentChoice, type TestPayment } from "./payment-choice";
import { StripeForm } from "./stripe-form";

export interface PaymentFormProps {
  event: EventDetails;
  booking: Booking;
  contact: ContactEntries;
  isBusy: boolean;
  /** Sends the answers to the organiser's questions; null: nothing is asked. */
  answer: RefObject<(() => Promise<unknown>) | null>;
  /** With it the booking can be paid for; undefined while it cannot. */
  onMeans: (means: PaymentMeans | undefined) => void;
}

/** What the booking is paid by, as this installation takes payments and its event is paid for. */
export default function PaymentForm(props: PaymentFormProps) {
  return (
    <div className="stack">
      <ProviderForm {...props} />
      <PayLater {...props} />
      <InvoiceEntry {...props} />
    </div>
  );
}

function ProviderForm(props: PaymentFormProps) {
  const { t } = useI18n();
  const { currency, amount } = props.booking.total;
  const provider = useQuery({
    queryKey: ["payment-provider", currency, amount],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/payments/provider", { params: { query: { currency, amount } }, signal })),
    staleTime: Infinity,
  });
  if (provider.data === undefined) return provider.isError ? <Notice tone="bad" title={t("payment.failed")} /> : null;
  const { publishableKey, scriptUrl, methods, amount: units } = provider.data;
  if (publishableKey == null || scriptUrl == null || methods == null) return <TestForm {...props} />;
  if (units == null) return <Notice tone="bad" title={t("payment.failed")} />;
  return <StripeForm {...props} settings={{ publishableKey, scriptUrl, methods, units: Number(units), currency }} />;
}

/** Simulated payments: the choice says what happens. */
function TestForm({ isBusy, onMeans }: PaymentFormProps) {
  const [choice, setChoice] = useState<TestPayment>("sim_success");
  useEffect(() => onMeans({ token: () => Promise.resolve(choice) }), [choice, onMeans]);
  return <PaymentChoice value={choice} isBusy={isBusy} onChange={setChoice} />;
}
