import type { ReactNode } from "react";
import { showToast } from "@/ui/toasts";
import { useText } from "../../i18n/text";
import { Form } from "../../ui/form";
import { ConflictNotice } from "./conflict-notice";
import { isComplete, type EventEntries } from "./event-entries";
import type { EventForm } from "./use-event-form";

interface EventSectionFormProps {
  form: EventForm;
  timeZone: string;
  fields: readonly (keyof EventEntries)[];
  mayEdit: boolean;
  submitLabel?: string;
  /** In the guided way: goes on, also where nothing had to be saved. */
  onSaved?: () => void;
  beside?: ReactNode;
  children: ReactNode;
}

/** Some fields of an event, saved together. */
export function EventSectionForm(props: EventSectionFormProps) {
  const { form, timeZone, fields, mayEdit, submitLabel, onSaved, beside, children } = props;
  const { t } = useText();
  const save = async () => {
    try {
      const saved = await form.save();
      if (saved === undefined) return;
      if (onSaved === undefined) showToast(t("common.saved"), "good");
      else onSaved();
    } catch {
      // The form says it.
    }
  };
  return (
    <Form
      error={form.error}
      fields={fields}
      isSending={form.isSaving}
      submitLabel={submitLabel ?? t("common.save")}
      isDisabled={
        !mayEdit || !isComplete(form.entries) || form.conflicts.length > 0 || (onSaved === undefined && !form.isChanged)
      }
      onSubmit={() => void save()}
      {...(beside !== undefined && { beside })}
    >
      {children}
      <ConflictNotice form={form} timeZone={timeZone} />
    </Form>
  );
}
