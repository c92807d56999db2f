import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { problemOf } from "@/api/problem";
import { useI18n } from "@/i18n/i18n";
import { useAccount } from "@/session/use-session";
import { Notice } from "@/ui/notice";
import { reminderTexts } from "./reminder-texts";
import { askForReminder, endingToken, endReminder } from "./reminders";

/** Before a sale: asks to be told by mail when it begins, and ends that by the link of such a mail. */
export default function ReminderPanel({ eventId }: { eventId: string }) {
  const { language } = useI18n();
  const own = reminderTexts[language];
  const account = useAccount();
  const token = endingToken(useLocation({ select: ({ hash }) => hash }));
  const [isOpen, setOpen] = useState(false);
  const [email, setEmail] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const to = account === undefined ? email.trim() : undefined;
  const ask = useMutation({ mutationFn: () => askForReminder(eventId, to, language) });
  const { mutate: end, ...ending } = useMutation({ mutationFn: endReminder });
  useEffect(() => {
    if (token !== undefined) end(token);
  }, [token, end]);
  useEffect(() => {
    if (ask.error !== null) field.current?.focus();
  }, [ask.error]);
  const problem = problemOf(ask.error);
  const isBadAddress = problem?.code === "validation";
  return (
    <div className="stack" data-reminder>
      <div role="status">
        {ending.isSuccess && <Notice tone="good" title={own.ended} />}
        {ask.isSuccess && <Notice tone="good" title={to === undefined ? own.doneOwn : own.done(to)} />}
      </div>
      {ending.isError && <Notice tone="bad" urgent title={own.failed} />}
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
          {ask.error !== null && !isBadAddress && (
            <Notice tone="bad" urgent title={problem?.status === 429 ? own.tooMany : own.failed} />
          )}
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
