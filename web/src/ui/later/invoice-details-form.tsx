import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { setInvoiceDetails } from "@/api/invoices";
import { fieldError } from "@/api/problem";
import type { InvoiceDetails } from "@/api/types";
import type { Language } from "@/i18n/messages";
import { invoiceTexts } from "./invoice-texts";
import { Notice } from "../notice";

interface InvoiceDetailsFormProps {
  eventId: string;
  bookingId: string;
  details: InvoiceDetails;
  language: Language;
  onSaved: () => void;
}

/** Whom a booking's invoice is made out to. No form element: it may stand within the checkout's. */
export function InvoiceDetailsForm({ eventId, bookingId, details, language, onSaved }: InvoiceDetailsFormProps) {
  const text = invoiceTexts[language];
  const [entries, setEntries] = useState(details);
  const save = useMutation({
    mutationFn: () => setInvoiceDetails(eventId, bookingId, entries),
    onSuccess: onSaved,
  });
  const field = (name: keyof InvoiceDetails, label: string, maxLength: number) => (
    <TextInput
      label={label}
      size="md"
      maxLength={maxLength}
      value={entries[name] ?? ""}
      error={fieldError(save.error, name)}
      onChange={(change) => setEntries({ ...entries, [name]: change.currentTarget.value })}
    />
  );
  return (
    <div className="stack">
      <p className="muted small">{text.text}</p>
      {field("name", text.name, 100)}
      {field("company", text.company, 150)}
      {field("address", text.address, 400)}
      {field("vatId", text.taxId, 40)}
      <Button
        variant="default"
        loading={save.isPending}
        disabled={entries.name.trim() === ""}
        onClick={() => save.mutate()}
      >
        {text.save}
      </Button>
      {save.isSuccess && <Notice tone="good" title={text.saved} />}
      {save.isError && <Notice tone="bad" urgent title={text.failed} />}
    </div>
  );
}
