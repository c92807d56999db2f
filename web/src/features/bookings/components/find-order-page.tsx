import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { fieldError, NoAnswerError, problemOf } from "@/api/problem";
import type { EventDetails } from "@/api/types";
import { useI18n, type Translate } from "@/i18n/i18n";
import { Notice } from "@/ui/notice";
import { useTitle } from "@/ui/use-title";
import { findOrder } from "../api/queries";
import styles from "./find-order-page.module.css";
import { FoundTickets } from "./found-tickets";

interface FindOrderPageProps {
  /** Reads an event; its page and this one share it. */
  useEvent: (eventId: string | undefined) => EventDetails | undefined;
}

/** Tickets by order code and e-mail address, on any device and without an account. */
export function FindOrderPage({ useEvent }: FindOrderPageProps) {
  const { t } = useI18n();
  useTitle(t("order.findTitle"));
  const [code, setCode] = useState("");
  const [email, setEmail] = useState("");
  const find = useMutation({ mutationFn: () => findOrder(code.trim(), email.trim()) });
  const event = useEvent(find.data?.event.id);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (find.error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [find.error]);
  if (find.data !== undefined && event !== undefined) return <FoundTickets order={find.data} event={event} />;
  const error = refusal(find.error, t);
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        find.mutate();
      }}
    >
      <h1>{t("order.findTitle")}</h1>
      <p className="muted">{t("order.findText")}</p>
      <TextInput
        label={t("order.code")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        dir="ltr"
        required
        size="md"
        maxLength={40}
        placeholder="K7M-F2Q-XDH"
        value={code}
        error={fieldError(find.error, "orderCode") === undefined ? undefined : t("order.badCode")}
        onChange={(changed) => setCode(changed.currentTarget.value)}
      />
      <TextInput
        label={t("field.email")}
        type="email"
        autoComplete="email"
        required
        size="md"
        maxLength={254}
        value={email}
        error={fieldError(find.error, "email")}
        onChange={(changed) => setEmail(changed.currentTarget.value)}
      />
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      <Button type="submit" size="lg" loading={find.isPending || find.data !== undefined}>
        {t("order.find")}
      </Button>
    </form>
  );
}

function refusal(error: unknown, t: Translate): string | undefined {
  if (error === null) return undefined;
  if (error instanceof NoAnswerError) return t("refusal.noAnswer");
  switch (problemOf(error)?.code) {
    case "validation":
      return undefined;
    case "order-not-found":
      return t("order.notFound");
    case "too-many-attempts":
    case "rate-limited":
      return t("login.tooMany");
    default:
      return t("refusal.unknown");
  }
}
