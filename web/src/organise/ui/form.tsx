import { Button } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import { Notice } from "@/ui/notice";
import { useText } from "../i18n/text";
import { formError } from "../lib/problems";
import styles from "./form.module.css";

interface FormProps {
  /** What sending it ended with. */
  error: unknown;
  /** The fields that show the server's words about them themselves. */
  fields?: readonly string[];
  isSending: boolean;
  submitLabel: string;
  /** Why it cannot be sent yet. */
  isDisabled?: boolean;
  onSubmit: () => void;
  /** Beside the button that sends it. */
  beside?: ReactNode;
  children: ReactNode;
  id?: string;
  /** The button is elsewhere, such as at the foot of a dialog. */
  hasNoButton?: boolean;
}

/** Fields and a button; what is refused is said where it is, and the typing goes on there. */
export function Form(props: FormProps) {
  const { error, fields = [], isSending, submitLabel, isDisabled = false, onSubmit, beside, children } = props;
  const { t } = useText();
  const form = useRef<HTMLFormElement>(null);
  const text = formError(error, t, fields);
  useEffect(() => {
    if (error !== null && error !== undefined)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [error]);
  return (
    <form
      ref={form}
      {...(props.id !== undefined && { id: props.id })}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // A dialog's form may belong to a field of another form: sending the one does not send the other.
        event.stopPropagation();
        if (!isDisabled && !isSending) onSubmit();
      }}
    >
      {children}
      {text !== undefined && (
        <Notice tone="bad" urgent title={t("form.notSaved")}>
          <p className={styles.lines}>{text}</p>
        </Notice>
      )}
      {props.hasNoButton !== true && (
        <div className={styles.buttons}>
          <Button type="submit" size="md" loading={isSending} disabled={isDisabled}>
            {submitLabel}
          </Button>
          {beside}
        </div>
      )}
    </form>
  );
}

/** Fields side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
