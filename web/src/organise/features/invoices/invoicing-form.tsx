import { Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showToast } from "@/ui/toasts";
import { invoicingQuery, setInvoicing } from "../../api/invoices";
import type { InvoiceSettings } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { CheckField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Section } from "../../ui/page";

/** Whether invoices are issued, and who issues them. */
export function InvoicingForm({ settings }: { settings: InvoiceSettings }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const [entries, setEntries] = useState(settings);
  const save = useMutation({
    mutationFn: () => setInvoicing(org, entries),
    onSuccess: (saved) => {
      queryClient.setQueryData(invoicingQuery(org).queryKey, saved);
      showToast(t("common.saved"), "good");
    },
  });
  const field = (name: "legalName" | "taxId" | "prefix" | "address" | "footer") => ({
    size: "md" as const,
    value: entries[name] ?? "",
    error: fieldError(save.error, name),
    onChange: (change: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setEntries({ ...entries, [name]: change.currentTarget.value }),
  });
  return (
    <Section title={t("invoices.settings")} text={t("invoices.settingsText")}>
      <Form
        error={save.error}
        fields={["legalName", "address", "taxId", "prefix", "footer"]}
        isSending={save.isPending}
        submitLabel={t("common.save")}
        onSubmit={() => save.mutate()}
      >
        <CheckField
          label={t("invoices.isOn")}
          description={t("invoices.isOnHint")}
          checked={entries.isOn}
          onChange={(isOn) => setEntries({ ...entries, isOn })}
        />
        <TextInput label={t("invoices.legalName")} required maxLength={200} {...field("legalName")} />
        <Textarea label={t("invoices.address")} required autosize minRows={2} maxLength={500} {...field("address")} />
        <TextInput label={t("invoices.taxId")} required maxLength={50} {...field("taxId")} />
        <TextInput
          label={t("invoices.prefix")}
          description={t("invoices.prefixHint")}
          maxLength={20}
          {...field("prefix")}
        />
        <Textarea label={t("invoices.footer")} autosize minRows={2} maxLength={500} {...field("footer")} />
      </Form>
    </Section>
  );
}
