import { TextInput } from "@mantine/core";
import { fieldError } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";

interface NameFieldProps {
  value: string;
  /** What sending the form ended with. */
  error: unknown;
  onChange: (name: string) => void;
}

export function NameField({ value, error, onChange }: NameFieldProps) {
  const { t } = useI18n();
  return (
    <TextInput
      label={t("field.name")}
      autoComplete="name"
      required
      size="md"
      maxLength={100}
      value={value}
      error={fieldError(error, "name")}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
