import { TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { putTier } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent, OwnTier } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { newId } from "../../lib/uuid";
import { ChoiceField, CountField, MoneyField } from "../../ui/fields";
import { FieldRow } from "../../ui/form";
import { FormDialog } from "../../ui/form-dialog";
import { termsOf, TierTermsFields } from "./tier-terms";

/** A tier to change, or what a new one begins with. */
export interface TierDraft {
  tier?: OwnTier;
  category?: string;
  colour?: string | undefined;
}

interface TierDialogProps {
  event: OwnEvent;
  draft: TierDraft;
  onSaved: (saved: Tagged<OwnEvent>) => void;
  onClose: () => void;
}

const feeFields = ["fee.fixed", "fee.basisPoints", "tax.basisPoints"];

/** Told apart on a map and in lists: each new tier takes the next. */
const colours = ["#4f46e5", "#0e7490", "#b45309", "#be185d", "#15803d", "#7c3aed", "#b91c1c", "#4d7c0f"];

export function TierDialog({ event, draft, onSaved, onClose }: TierDialogProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const { tier } = draft;
  // Made once: a second press of the button stores the same tier.
  const [id] = useState(() => tier?.id ?? newId());
  const planCategory = tier?.planCategory ?? draft.category ?? undefined;
  const [name, setName] = useState(tier?.name ?? draft.category ?? "");
  const [price, setPrice] = useState(tier?.price.amount);
  const [colour, setColour] = useState(
    tier?.colour ?? draft.colour ?? colours[event.tiers.length % colours.length] ?? "#4f46e5",
  );
  const [capacity, setCapacity] = useState(tier?.kind === "quantity" ? tier.total : undefined);
  const [terms, setTerms] = useState(() => termsOf(tier));
  const [soldWith, setSoldWith] = useState(tier?.soldWith?.tierId ?? "");
  // What another tier is sold with is sold alone too, and so is what this one could be sold with.
  const others = event.tiers.some((other) => other.soldWith?.tierId === id)
    ? []
    : event.tiers.filter((other) => other.id !== id && other.soldWith == null);
  const hasCapacity = planCategory === undefined && !event.wasPublished;
  const save = useMutation({
    mutationFn: () =>
      putTier(org, event.id, id, {
        name: name.trim(),
        price: price ?? 0,
        colour,
        ...terms,
        soldWith: { tierId: soldWith === "" ? null : soldWith },
        ...(planCategory !== undefined && { planCategory }),
        ...(hasCapacity && { capacity: capacity ?? 0 }),
      }),
    onSuccess: (saved) => {
      onSaved(saved);
      onClose();
    },
  });
  const isReady = name.trim() !== "" && price !== undefined && (!hasCapacity || capacity !== undefined);
  return (
    <FormDialog
      title={tier === undefined ? t("tiers.new") : t("tiers.changeOf", { name: tier.name })}
      error={save.error}
      fields={["name", "price", "colour", "capacity", "soldWith.tierId", ...feeFields]}
      isSending={save.isPending}
      isDisabled={!isReady}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <TextInput
        label={t("tiers.name")}
        description={t("tiers.nameHint")}
        required
        size="md"
        maxLength={100}
        value={name}
        error={fieldError(save.error, "name")}
        onChange={(change) => setName(change.currentTarget.value)}
      />
      <FieldRow>
        <MoneyField
          label={t("tiers.price")}
          required
          value={price}
          currency={event.currency}
          error={fieldError(save.error, "price")}
          onChange={setPrice}
        />
        {hasCapacity && (
          <CountField
            label={t("tiers.places")}
            required
            value={capacity}
            error={fieldError(save.error, "capacity")}
            onChange={setCapacity}
          />
        )}
        <TextInput
          label={t("tiers.colour")}
          type="color"
          size="md"
          value={colour}
          error={fieldError(save.error, "colour")}
          onChange={(change) => setColour(change.currentTarget.value)}
        />
      </FieldRow>
      {others.length > 0 && (
        <ChoiceField
          label={t("tiers.soldWith")}
          description={t("tiers.soldWithHint")}
          value={soldWith}
          error={fieldError(save.error, "soldWith.tierId")}
          choices={[
            { value: "", label: t("tiers.soldAlone") },
            ...others.map((other) => ({ value: other.id, label: t("tiers.onlyWith", { name: other.name }) })),
          ]}
          onChange={setSoldWith}
        />
      )}
      <TierTermsFields terms={terms} currency={event.currency} error={save.error} onChange={setTerms} />
      {event.wasPublished && <p className="small">{t("tiers.priceCounts")}</p>}
    </FormDialog>
  );
}
