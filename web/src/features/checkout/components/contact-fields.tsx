import { TextInput } from "@mantine/core";
import { fieldError } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import type { ContactEntries } from "../api/booking";

interface ContactFieldsProps {
  value: ContactEntries;
  /** What sending it ended with. */
  error: unknown;
  isBusy: boolean;
  onChange: (contact: ContactEntries) => void;
}

/** Who books, and where the organiser can reach them: of guests too. */
export function ContactFields({ value, error, isBusy, onChange }: ContactFieldsProps) {
  const { t } = useI18n();
  return (
    <>
      <TextInput
        label={t("field.name")}
        autoComplete="name"
        required
        size="md"
        maxLength={100}
        readOnly={isBusy}
        value={value.name}
        error={fieldError(error, "name")}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <TextInput
        label={t("field.email")}
        description={t("checkout.contactHint")}
        type="email"
        autoComplete="email"
        required
        size="md"
        maxLength={254}
        readOnly={isBusy}
        value={value.email}
        error={fieldError(error, "email")}
        onChange={(event) => onChange({ ...value, email: event.currentTarget.value })}
      />
    </>
  );
}
