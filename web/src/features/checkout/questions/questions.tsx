import { Checkbox, InputBase, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useImperativeHandle, useState, type Ref } from "react";
import { api, unwrap } from "@/api/client";
import { fieldError } from "@/api/problem";
import type { components } from "@/api/schema";
import type { Booking } from "@/api/types";
import { useI18n } from "@/i18n/i18n";
import { seatLabel } from "@/i18n/seat-label";
import { useSeatNames } from "@/i18n/seat-names";
import { texts } from "./texts";

type Question = components["schemas"]["EventQuestion"];

type Send = (() => Promise<unknown>) | null;

interface QuestionsProps {
  booking: Booking;
  /** What paying ended with. */
  error: unknown;
  isBusy: boolean;
  /** Sends the answers; null: nothing is asked. */
  ref: Ref<Send>;
}

interface Field {
  /** Of the answers that are typed. */
  key: string;
  question: Question;
  /** Undefined: it is asked once for the booking. */
  itemId?: string;
  place?: string;
}

/** What the organiser asks; where nothing is asked there is nothing to see. */
export default function Questions({ booking, error, isBusy, ref }: QuestionsProps) {
  const { language } = useI18n();
  const seatNames = useSeatNames();
  const { data } = useQuery(questionsQuery(booking.eventId));
  const { data: given } = useQuery({ ...answersQuery(booking), enabled: (data?.questions.length ?? 0) > 0 });
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const fields = (data?.questions ?? []).flatMap((question): Field[] =>
    question.perTicket
      ? booking.items.map(({ id, label }, at, all) => ({
          key: `${question.id} ${id}`,
          question,
          itemId: id,
          place: `${at + 1}/${all.length} ${seatLabel(label, seatNames)}`,
        }))
      : [{ key: question.id, question }],
  );
  const saved = new Map(
    given?.answers.map(({ questionId, itemId, value }) => [
      itemId == null ? questionId : `${questionId} ${itemId}`,
      value,
    ]),
  );
  const answers = fields.flatMap(({ key, question, itemId }) => {
    const value = (typed[key] ?? saved.get(key) ?? "").trim();
    return value === ""
      ? []
      : [{ key, answer: { questionId: question.id, value, ...(itemId !== undefined && { itemId }) } }];
  });
  const isAsked = fields.length > 0;
  const send = () =>
    putAnswers(
      booking,
      answers.map(({ answer }) => answer),
    );
  useImperativeHandle<Send, Send>(ref, () => (isAsked ? send : null));
  const text = texts[language];
  return (
    <>
      {fields.map((field) => (
        <QuestionField
          key={field.key}
          field={field}
          isSeveral={booking.items.length > 1}
          value={typed[field.key] ?? saved.get(field.key) ?? ""}
          error={fieldError(error, `answers[${answers.findIndex(({ key }) => key === field.key)}].value`)}
          isBusy={isBusy}
          text={text}
          onChange={(value) => setTyped({ ...typed, [field.key]: value })}
        />
      ))}
      {isAsked && fieldError(error, "answers") !== undefined && <p role="alert">{fieldError(error, "answers")}</p>}
    </>
  );
}

interface QuestionFieldProps {
  field: Field;
  /** Whether the booking has several places, so that each is named. */
  isSeveral: boolean;
  value: string;
  error: string | undefined;
  isBusy: boolean;
  text: (typeof texts)["en"];
  onChange: (value: string) => void;
}

function QuestionField({ field, isSeveral, value, error, isBusy, text, onChange }: QuestionFieldProps) {
  const { question, place } = field;
  const label = place !== undefined && isSeveral ? `${question.label} (${place})` : question.label;
  const shared = {
    label: question.isRequired ? label : `${label} (${text.optional})`,
    description: question.help === "" ? undefined : question.help,
    required: question.isRequired,
    size: "md",
    error,
  } as const;
  switch (question.kind) {
    case "checkbox":
      return (
        <Checkbox
          {...shared}
          label={label}
          radius={5}
          disabled={isBusy}
          checked={value === "true"}
          onChange={(event) => onChange(event.currentTarget.checked ? "true" : "")}
        />
      );
    case "choice":
      return (
        <InputBase
          {...shared}
          component="select"
          disabled={isBusy}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{text.choose}</option>
          {question.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </InputBase>
      );
    default:
      return (
        <TextInput
          {...shared}
          type={question.kind === "date" ? "date" : "text"}
          maxLength={1000}
          readOnly={isBusy}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

function questionsQuery(eventId: string) {
  return queryOptions({
    queryKey: ["event-questions", eventId],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/api/v1/events/{id}/questions", { params: { path: { id: eventId } }, signal })),
  });
}

function answersQuery({ eventId, id }: Booking) {
  return queryOptions({
    queryKey: ["booking-answers", id],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/api/v1/events/{id}/bookings/{bookingId}/answers", {
          params: { path: { id: eventId, bookingId: id } },
          signal,
        }),
      ),
  });
}

function putAnswers({ eventId, id }: Booking, answers: components["schemas"]["AnswersRequest"]["answers"]) {
  return unwrap(
    api.PUT("/api/v1/events/{id}/bookings/{bookingId}/answers", {
      params: { path: { id: eventId, bookingId: id } },
      body: { answers },
    }),
  );
}
