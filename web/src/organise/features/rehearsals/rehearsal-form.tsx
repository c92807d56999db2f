import { useState } from "react";
import type { RehearsalBounds, RehearsalProfile, StartRehearsal } from "../../api/types";
import { useText, type TextKey } from "../../i18n/text";
import { fieldError } from "../../lib/problems";
import { CountField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";

/** What of a profile can be set here; all of it by the API. */
const profileFields = ["arrivalSeconds", "mapPercent", "abandonPercent", "declinePercent"] as const;
const planFields = ["buyers", "minutes", "requestsPerSecond", "seed"] as const;
const fields = [...planFields, ...profileFields.map((name) => `profile.${name}`), "profile.checkoutSeconds"];
const leastCheckoutSeconds = 10;

type Entries = Record<(typeof planFields)[number] | (typeof profileFields)[number] | "checkoutSeconds", number>;

/** A usual sale, as far as the installation allows. */
export function usualEntries(bounds: RehearsalBounds): Entries {
  return {
    buyers: Math.min(500, bounds.maxBuyers),
    minutes: Math.min(5, bounds.maxMinutes),
    requestsPerSecond: Math.min(100, bounds.maxRequestsPerSecond),
    seed: 1,
    arrivalSeconds: 60,
    mapPercent: 60,
    abandonPercent: 10,
    declinePercent: 5,
    checkoutSeconds: 90,
  };
}

export function planOf(entries: Entries): StartRehearsal {
  const { buyers, minutes, requestsPerSecond, seed, checkoutSeconds, ...shares } = entries;
  const profile: Partial<RehearsalProfile> = {
    ...shares,
    checkoutSeconds: { from: Math.min(leastCheckoutSeconds, checkoutSeconds), to: checkoutSeconds },
  };
  // What is left out has the API's own default.
  return { buyers, minutes, requestsPerSecond, seed, profile: profile as RehearsalProfile };
}

interface RehearsalFormProps {
  bounds: RehearsalBounds;
  error: unknown;
  isSending: boolean;
  onStart: (plan: StartRehearsal) => void;
}

/** Who comes, and how much may be asked of the installation. */
export function RehearsalForm({ bounds, error, isSending, onStart }: RehearsalFormProps) {
  const { t } = useText();
  const [entries, setEntries] = useState(() => usualEntries(bounds));
  const count = (name: keyof Entries, label: TextKey, field: string = name) => ({
    label: t(label),
    value: entries[name],
    error: fieldError(error, field),
    required: true,
    onChange: (value: number | undefined) => setEntries({ ...entries, [name]: value ?? 0 }),
  });
  return (
    <Form
      error={error}
      fields={fields}
      isSending={isSending}
      submitLabel={t("rehearsal.start")}
      onSubmit={() => onStart(planOf(entries))}
    >
      <FieldRow>
        <CountField {...count("buyers", "rehearsal.buyers")} />
        <CountField {...count("minutes", "rehearsal.minutes")} />
      </FieldRow>
      <FieldRow>
        <CountField {...count("requestsPerSecond", "rehearsal.requestsPerSecond")} />
        <CountField {...count("seed", "rehearsal.seed")} description={t("rehearsal.seedHint")} />
      </FieldRow>
      <FieldRow>
        <CountField {...count("arrivalSeconds", "rehearsal.arrivalSeconds", "profile.arrivalSeconds")} />
        <CountField {...count("checkoutSeconds", "rehearsal.checkoutSeconds", "profile.checkoutSeconds")} />
      </FieldRow>
      <FieldRow>
        <CountField {...count("mapPercent", "rehearsal.mapPercent", "profile.mapPercent")} />
        <CountField {...count("abandonPercent", "rehearsal.abandonPercent", "profile.abandonPercent")} />
      </FieldRow>
      <FieldRow>
        <CountField {...count("declinePercent", "rehearsal.declinePercent", "profile.declinePercent")} />
      </FieldRow>
    </Form>
  );
}
