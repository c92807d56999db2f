import { PasswordInput } from "@mantine/core";
import { useI18n } from "@/i18n/i18n";

interface PasswordFieldProps {
  label: string;
  /** A new password: the browser may propose one. */
  isNew?: boolean;
  value: string;
  error: string | undefined;
  onChange: (password: string) => void;
}

export function PasswordField({ label, isNew = false, value, error, onChange }: PasswordFieldProps) {
  const { t } = useI18n();
  return (
    <PasswordInput
      label={label}
      {...(isNew ? { description: t("field.passwordHint"), minLength: 8 } : {})}
      autoComplete={isNew ? "new-password" : "current-password"}
      required
      size="md"
      visibilityToggleButtonProps={{ "aria-label": t("field.showPassword") }}
      value={value}
      error={error}
      aria-invalid={error !== undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
