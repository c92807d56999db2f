import { Button } from "@mantine/core";
import { useId, type ReactNode } from "react";
import { Dialog } from "@/ui/dialog";
import { useText } from "../i18n/text";
import { Form } from "./form";

interface FormDialogProps {
  title: string;
  /** What sending it ended with. */
  error: unknown;
  /** The fields that show the server's words about them themselves. */
  fields?: readonly string[];
  isSending: boolean;
  /** Why it cannot be sent yet. */
  isDisabled?: boolean;
  /** Sending it cannot be taken back. */
  isDangerous?: boolean;
  /** Left out: "Save". */
  submitLabel?: string;
  /** Left out: "Close". */
  closeLabel?: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog, its buttons at the dialog's foot. */
export function FormDialog(props: FormDialogProps) {
  const { title, error, fields = [], isSending, isDisabled = false, isDangerous = false, onSubmit, onClose } = props;
  const { t } = useText();
  const form = useId();
  const submitLabel = props.submitLabel ?? t("common.save");
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button variant="default" size="md" onClick={onClose}>
            {props.closeLabel ?? t("common.close")}
          </Button>
          <Button
            type="submit"
            form={form}
            size="md"
            loading={isSending}
            disabled={isDisabled}
            {...(isDangerous && { color: "red" })}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <Form
        id={form}
        hasNoButton
        error={error}
        fields={fields}
        isSending={isSending}
        isDisabled={isDisabled}
        submitLabel={submitLabel}
        onSubmit={onSubmit}
      >
        {props.children}
      </Form>
    </Dialog>
  );
}
