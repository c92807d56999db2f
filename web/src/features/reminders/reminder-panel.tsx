import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { problemOf, type ProblemBody } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { useAccount } from "@/session/use-session";
import { Notice } from "@/ui/notice";
import { reminderTexts, type ReminderTexts } from "./reminder-texts";
import { askForReminder } from "./reminders";

/** Before a sale: asks to be told by mail when it begins. */
export default function ReminderPanel({ eventId }: { eventId: string }) {
  const { language } = useI18n();
  const own = reminderTexts[language];
  const account = useAccount();
  const [isOpen, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const to = account === undefined ? email.trim() : undefined;
  const ask = useMutation({ mutationFn: () => askForReminder(eventId, to, language) });
  useEffect(() => {
    if (ask.error !== null) field.current?.focus();
  }, [ask.error]);
  const problem = problemOf(ask.error);
  const isBadAddress = problem?.code === "validation";
  return (
    <div className="stack" data-reminder>
      <div role="status">{ask.isSuccess && <Notice tone="good" title={ask.data ? own.doneOwn : own.asked(to)} />}</div>
      {ask.isSuccess ? null : !isOpen && account === undefined ? (
        <div>
          <Button variant="default" onClick={() => setOpen(true)}>
            {own.open}
          </Button>
        </div>
      ) : (
        <form
          className="stack"
          noValidate
          onSubmit={(submitted) => {
            submitted.preventDefault();
            if (!ask.isPending) ask.mutate();
          }}
        >
          {account === undefined && (
            <TextInput
              ref={field}
              label={own.email}
              type="email"
              autoComplete="email"
              required
              size="md"
              maxLength={254}
              value={email}
              error={isBadAddress ? own.badEmail : undefined}
              onChange={(changed) => setEmail(changed.currentTarget.value)}
            />
          )}
          <p className="small muted">{own.text}</p>
          {ask.error !== null && !isBadAddress && <Notice tone="bad" urgent title={failureOf(problem, own)} />}
          <div>
            <Button type="submit" variant="default" loading={ask.isPending}>
              {account === undefined ? own.ask : own.open}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}

function failureOf(problem: ProblemBody | undefined, own: ReminderTexts): string {
  if (problem?.code === "too-many-reminders") return own.full;
  return problem?.status === 429 ? own.tooMany : own.failed;
}
