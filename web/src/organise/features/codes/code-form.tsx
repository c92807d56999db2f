import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { addCode, changeCode } from "../../api/codes";
import type { OwnCode, OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { CheckField, ChoiceField, CountField, MoneyField, TimeField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";
import styles from "./code-form.module.css";

interface CodeFormProps {
  event: OwnEvent;
  /** Undefined: a new one. */
  code: OwnCode | undefined;
  onSaved: () => void;
  onClose: () => void;
}

type Kind = "percent" | "amount" | "none";

const fields = ["text", "percent", "amount", "startsAt", "endsAt", "maxUses", "maxTickets", "maxTicketsPerBuyer"];

/** What a code does, from when until when, and how often. */
export function CodeForm({ event, code, onSaved, onClose }: CodeFormProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const [text, setText] = useState("");
  const [kind, setKind] = useState<Kind>(
    code === undefined || code.percent != null ? "percent" : code.amount != null ? "amount" : "none",
  );
  const [percent, setPercent] = useState(code?.percent ?? undefined);
  const [amount, setAmount] = useState(code?.amount?.amount);
  const [tierIds, setTierIds] = useState<readonly string[]>(code?.tierIds ?? []);
  const [startsAt, setStartsAt] = useState(code?.startsAt ?? undefined);
  const [endsAt, setEndsAt] = useState(code?.endsAt ?? undefined);
  const [maxUses, setMaxUses] = useState(code?.maxUses ?? undefined);
  const [maxTickets, setMaxTickets] = useState(code?.maxTickets ?? undefined);
  const [maxPerBuyer, setMaxPerBuyer] = useState(code?.maxTicketsPerBuyer ?? undefined);
  const [opensPresale, setOpensPresale] = useState(code?.opensPresale ?? false);
  const terms = {
    percent: kind === "percent" ? percent : undefined,
    amount: kind === "amount" ? amount : undefined,
    tierIds: tierIds.length === 0 ? undefined : [...tierIds],
    startsAt,
    endsAt,
    maxUses,
    maxTickets,
    maxTicketsPerBuyer: maxPerBuyer,
  };
  const save = useMutation({
    mutationFn: () => {
      const given = Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
      const clear = Object.entries(terms).flatMap(([name, value]) => (value === undefined ? [name] : []));
      return code === undefined
        ? addCode(org, event.id, { ...given, ...(text.trim() === "" ? {} : { text }), opensPresale })
        : changeCode(org, event.id, code.id, { ...given, clear, opensPresale });
    },
    onSuccess: onSaved,
  });
  const errorOf = (field: string) => fieldError(save.error, field);
  return (
    <Form
      error={save.error}
      fields={fields}
      isSending={save.isPending}
      submitLabel={code === undefined ? t("codes.submit") : t("common.save")}
      beside={
        <Button variant="default" size="md" onClick={onClose}>
          {t("common.close")}
        </Button>
      }
      onSubmit={() => save.mutate()}
    >
      <FieldRow>
        {code === undefined ? (
          <TextInput
            label={t("codes.code")}
            description={t("codes.codeHint")}
            size="md"
            maxLength={32}
            autoComplete="off"
            spellCheck={false}
            value={text}
            error={errorOf("text")}
            onChange={(change) => setText(change.currentTarget.value)}
          />
        ) : (
          <TextInput label={t("codes.code")} size="md" readOnly value={code.text} />
        )}
        <ChoiceField<Kind>
          label={t("codes.does")}
          value={kind}
          choices={[
            { value: "percent", label: t("codes.byPercent") },
            { value: "amount", label: t("codes.byAmount") },
            { value: "none", label: t("codes.byNothing") },
          ]}
          onChange={setKind}
        />
        {kind === "percent" && (
          <CountField
            label={t("codes.percent")}
            required
            value={percent}
            error={errorOf("percent")}
            onChange={setPercent}
          />
        )}
        {kind === "amount" && (
          <MoneyField
            label={t("codes.amount")}
            required
            currency={event.currency}
            value={amount}
            error={errorOf("amount")}
            onChange={setAmount}
          />
        )}
      </FieldRow>
      <CheckField label={t("codes.presale")} checked={opensPresale} onChange={setOpensPresale} />
      {event.tiers.length > 1 && (
        <fieldset className={styles.tiers}>
          <legend>{t("codes.tiers")}</legend>
          {event.tiers.map(({ id, name }) => (
            <CheckField
              key={id}
              label={name}
              checked={tierIds.includes(id)}
              onChange={(isChosen) =>
                setTierIds(isChosen ? [...tierIds, id] : tierIds.filter((chosen) => chosen !== id))
              }
            />
          ))}
        </fieldset>
      )}
      <FieldRow>
        <TimeField
          label={t("codes.startsAt")}
          timeZone={event.timeZone}
          value={startsAt}
          error={errorOf("startsAt")}
          onChange={setStartsAt}
        />
        <TimeField
          label={t("codes.endsAt")}
          timeZone={event.timeZone}
          value={endsAt}
          error={errorOf("endsAt")}
          onChange={setEndsAt}
        />
      </FieldRow>
      <FieldRow>
        <CountField label={t("codes.maxUses")} value={maxUses} error={errorOf("maxUses")} onChange={setMaxUses} />
        <CountField
          label={t("codes.maxTickets")}
          value={maxTickets}
          error={errorOf("maxTickets")}
          onChange={setMaxTickets}
        />
        <CountField
          label={t("codes.maxPerBuyer")}
          value={maxPerBuyer}
          error={errorOf("maxTicketsPerBuyer")}
          onChange={setMaxPerBuyer}
        />
      </FieldRow>
    </Form>
  );
}
