import { Textarea, TextInput } from "@mantine/core";
import type { MessageKey } from "@/i18n/messages";
import { useText } from "../../i18n/text";
import { fieldError } from "../../lib/problems";
import { ChoiceField, CountField } from "../../ui/fields";
import { FieldRow } from "../../ui/form";
import type { EventForm } from "./use-event-form";

/** What the shop has words for; any other word is a category too. */
const categories = [
  "concert",
  "classical",
  "jazz",
  "club",
  "festival",
  "theatre",
  "ballet",
  "comedy",
  "family",
  "sports",
  "conference",
] as const;

interface FieldsProps {
  form: EventForm;
  mayEdit: boolean;
}

/** What buyers read of an event. */
export function DetailsFields({ form, mayEdit }: FieldsProps) {
  const { t } = useText();
  const { entries, change, error } = form;
  return (
    <>
      <TitleFields form={form} mayEdit={mayEdit} />
      <TextInput
        label={t("eventForm.summary")}
        description={t("eventForm.summaryHint")}
        size="md"
        maxLength={500}
        readOnly={!mayEdit}
        value={entries.summary}
        error={fieldError(error, "summary")}
        onChange={(event) => change({ summary: event.currentTarget.value })}
      />
      <Textarea
        label={t("eventForm.description")}
        size="md"
        rows={8}
        maxLength={20_000}
        readOnly={!mayEdit}
        value={entries.description}
        error={fieldError(error, "description")}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <FieldRow>
        <TextInput
          label={t("eventForm.slug")}
          description={t("eventForm.slugHint")}
          size="md"
          maxLength={100}
          readOnly={!mayEdit}
          value={entries.slug}
          error={fieldError(error, "slug")}
          onChange={(event) => change({ slug: event.currentTarget.value })}
        />
        <CountField
          label={t("eventForm.ageLimit")}
          description={t("eventForm.ageLimitHint")}
          readOnly={!mayEdit}
          value={entries.ageLimit}
          error={fieldError(error, "ageLimit")}
          onChange={(ageLimit) => change({ ageLimit })}
        />
      </FieldRow>
    </>
  );
}

export function TitleFields({ form, mayEdit }: FieldsProps) {
  const { t } = useText();
  const { entries, change, error } = form;
  return (
    <FieldRow>
      <TextInput
        label={t("event.title")}
        required
        size="md"
        maxLength={200}
        readOnly={!mayEdit}
        value={entries.title}
        error={fieldError(error, "title")}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <CategoryField
        value={entries.category}
        disabled={!mayEdit}
        error={fieldError(error, "category")}
        onChange={(category) => change({ category })}
      />
    </FieldRow>
  );
}

interface CategoryFieldProps {
  value: string;
  disabled?: boolean;
  error?: string | undefined;
  onChange: (category: string) => void;
}

export function CategoryField(props: CategoryFieldProps) {
  const { t } = useText();
  const { value } = props;
  const isKnown = (categories as readonly string[]).includes(value);
  const known = categories.map((name) => ({
    value: name as string,
    label: t(`category.${name}` satisfies MessageKey),
  }));
  return (
    <ChoiceField
      {...props}
      label={t("events.category")}
      choices={isKnown ? known : [{ value, label: value }, ...known]}
    />
  );
}
