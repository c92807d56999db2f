import { Button, Textarea, TextInput } from "@mantine/core";
import type { EventQuestion } from "../../api/types";
import { useText } from "../../i18n/text";
import { fieldError } from "../../lib/problems";
import { CheckField, ChoiceField } from "../../ui/fields";
import { FieldRow } from "../../ui/form";
import styles from "./questions-page.module.css";

interface QuestionFieldsProps {
  question: EventQuestion;
  number: number;
  /** Whether it was asked before: then its kind stays. */
  isKnown: boolean;
  /** What sending it ended with. */
  error: unknown;
  onChange: (question: EventQuestion) => void;
  onRemove: () => void;
  onEarlier: (() => void) | undefined;
  onLater: (() => void) | undefined;
}

/** One question: its words, what an answer is, and of whom it is asked. */
export function QuestionFields(props: QuestionFieldsProps) {
  const { question, number, isKnown, error, onChange, onRemove, onEarlier, onLater } = props;
  const { t } = useText();
  const errorOf = (field: string) => fieldError(error, `questions[${number - 1}].${field}`);
  return (
    <fieldset className={styles.question}>
      <legend>{t("questions.number", { number })}</legend>
      <TextInput
        label={t("questions.label")}
        required
        size="md"
        maxLength={200}
        value={question.label}
        error={errorOf("label")}
        onChange={(change) => onChange({ ...question, label: change.currentTarget.value })}
      />
      <TextInput
        label={t("questions.help")}
        description={t("questions.helpHint")}
        size="md"
        maxLength={500}
        value={question.help}
        error={errorOf("help")}
        onChange={(change) => onChange({ ...question, help: change.currentTarget.value })}
      />
      <FieldRow>
        <ChoiceField<EventQuestion["kind"]>
          label={t("questions.kind")}
          value={question.kind}
          disabled={isKnown}
          error={errorOf("kind")}
          choices={[
            { value: "text", label: t("questions.text") },
            { value: "choice", label: t("questions.choice") },
            { value: "checkbox", label: t("questions.checkbox") },
            { value: "date", label: t("questions.date") },
          ]}
          onChange={(kind) => onChange({ ...question, kind, options: kind === "choice" ? question.options : [] })}
        />
        <ChoiceField<"booking" | "ticket">
          label={t("questions.askedFor")}
          value={question.perTicket ? "ticket" : "booking"}
          disabled={isKnown}
          choices={[
            { value: "booking", label: t("questions.perBooking") },
            { value: "ticket", label: t("questions.perTicket") },
          ]}
          onChange={(of) => onChange({ ...question, perTicket: of === "ticket" })}
        />
      </FieldRow>
      {question.kind === "choice" && (
        <Textarea
          label={t("questions.options")}
          description={t("questions.optionsHint")}
          required
          size="md"
          autosize
          minRows={2}
          maxRows={12}
          value={question.options.join("\n")}
          error={errorOf("options")}
          onChange={(change) => onChange({ ...question, options: change.currentTarget.value.split("\n") })}
        />
      )}
      <CheckField
        label={t(question.kind === "checkbox" ? "questions.mustTick" : "questions.required")}
        checked={question.isRequired}
        onChange={(isRequired) => onChange({ ...question, isRequired })}
      />
      <div className="row">
        {onEarlier !== undefined && (
          <Button variant="subtle" aria-label={t("questions.earlierOf", { number })} onClick={onEarlier}>
            {t("questions.earlier")}
          </Button>
        )}
        {onLater !== undefined && (
          <Button variant="subtle" aria-label={t("questions.laterOf", { number })} onClick={onLater}>
            {t("questions.later")}
          </Button>
        )}
        <Button variant="subtle" color="red" aria-label={t("questions.removeOf", { number })} onClick={onRemove}>
          {t("common.remove")}
        </Button>
      </div>
    </fieldset>
  );
}
