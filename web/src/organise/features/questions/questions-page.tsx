import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { PlusIcon } from "@/ui/icons";
import { Notice } from "@/ui/notice";
import { putQuestions, questionsQuery } from "../../api/questions";
import type { EventQuestion, OwnEvent, OwnQuestions } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { newId } from "../../lib/uuid";
import { Form } from "../../ui/form";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";
import { QuestionFields } from "./question-fields";

const maxQuestions = 20;

/** What buyers of an event are asked before they pay. */
export function QuestionsPage({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const { data } = useQuery(questionsQuery(org, event.id));
  const mayEdit = can("events.edit") && event.status !== "cancelled";
  return (
    <Section title={t("questions.title")} text={t("questions.lead")}>
      {data === undefined && <Loading />}
      {data !== undefined &&
        (mayEdit ? (
          <QuestionsForm key={data.version} event={event} saved={data} />
        ) : data.questions.length === 0 ? (
          <p className="muted">{t("questions.none")}</p>
        ) : (
          <ol>
            {data.questions.map(({ id, label }) => (
              <li key={id}>
                <bdi>{label}</bdi>
              </li>
            ))}
          </ol>
        ))}
    </Section>
  );
}

function QuestionsForm({ event, saved }: { event: OwnEvent; saved: OwnQuestions }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const { queryKey } = questionsQuery(org, event.id);
  const [questions, setQuestions] = useState<readonly EventQuestion[]>(saved.questions);
  const save = useMutation({
    mutationFn: () => putQuestions(org, event.id, saved.version, questions.map(withoutEmptyOptions)),
    onSuccess: (stored) => queryClient.setQueryData(queryKey, stored),
  });
  const known = new Set(saved.questions.map(({ id }) => id));
  const isChanged = JSON.stringify(questions) !== JSON.stringify(saved.questions);
  const isStale = problemOf(save.error)?.code === "changed-meanwhile";
  const move = (from: number, to: number) => {
    const next = [...questions];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    setQuestions(next);
  };
  return (
    <Form
      error={isStale ? null : save.error}
      fields={questions.flatMap((_, at) =>
        ["label", "help", "kind", "options"].map((name) => `questions[${at}].${name}`),
      )}
      isSending={save.isPending}
      submitLabel={t("common.save")}
      isDisabled={!isChanged}
      beside={!isChanged && save.isSuccess && <span role="status">{t("common.saved")}</span>}
      onSubmit={() => save.mutate()}
    >
      {questions.length === 0 && <p className="muted">{t("questions.none")}</p>}
      {questions.map((question, at) => (
        <QuestionFields
          key={question.id}
          question={question}
          number={at + 1}
          isKnown={known.has(question.id)}
          error={save.error}
          onChange={(next) => setQuestions(questions.with(at, next))}
          onRemove={() => setQuestions(questions.filter(({ id }) => id !== question.id))}
          onEarlier={at === 0 ? undefined : () => move(at, at - 1)}
          onLater={at === questions.length - 1 ? undefined : () => move(at, at + 1)}
        />
      ))}
      {questions.length < maxQuestions && (
        <div>
          <Button
            variant="default"
            leftSection={<PlusIcon size={18} />}
            onClick={() => setQuestions([...questions, newQuestion()])}
          >
            {t("questions.add")}
          </Button>
        </div>
      )}
      {isStale && (
        <Notice tone="warn" urgent title={t("questions.stale")}>
          <Button variant="default" onClick={() => void queryClient.invalidateQueries({ queryKey })}>
            {t("questions.reload")}
          </Button>
        </Notice>
      )}
    </Form>
  );
}

function newQuestion(): EventQuestion {
  return { id: newId(), label: "", help: "", kind: "text", options: [], perTicket: false, isRequired: false };
}

/** Lines that are being typed may be empty; what is sent is not. */
function withoutEmptyOptions(question: EventQuestion): EventQuestion {
  return { ...question, options: question.options.map((option) => option.trim()).filter((option) => option !== "") };
}
