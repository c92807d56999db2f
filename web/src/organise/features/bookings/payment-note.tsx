import { TextInput } from "@mantine/core";
import { useText } from "../../i18n/text";

interface PaymentNoteProps {
  value: string;
  onChange: (value: string) => void;
}

/** By what the organiser finds a bank transfer again. */
export function PaymentNote({ value, onChange }: PaymentNoteProps) {
  const { t } = useText();
  return (
    <TextInput
      label={t("markPaid.note")}
      description={t("markPaid.noteHint")}
      size="md"
      maxLength={200}
      value={value}
      onChange={(change) => onChange(change.currentTarget.value)}
    />
  );
}
