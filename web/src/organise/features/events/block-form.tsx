import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { addBlock } from "../../api/events";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { ChoiceField, CountField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";
import { SeatChoice } from "../../ui/seat-choice";

interface BlockFormProps {
  event: OwnEvent;
  onSaved: () => void;
  onClose: () => void;
}

const seatsChoice = "seats";

/** Keeps seats, or so many places of a tier, from sale: all of them or none. */
export function BlockForm({ event, onSaved, onClose }: BlockFormProps) {
  const { t } = useText();
  const { org } = useOrganisation();
  const byQuantity = event.tiers.filter(({ kind }) => kind === "quantity");
  const hasSeats = event.tiers.some(({ kind }) => kind === "seated");
  const [name, setName] = useState("");
  const [colour, setColour] = useState("#64748b");
  const [from, setFrom] = useState(hasSeats ? seatsChoice : (byQuantity[0]?.id ?? ""));
  const [quantity, setQuantity] = useState<number>();
  const [seats, setSeats] = useState<ReadonlySet<number>>(new Set());
  const save = useMutation({
    mutationFn: () =>
      addBlock(org, event.id, {
        name: name.trim(),
        colour,
        ...(from === seatsChoice ? { seats: [...seats] } : { tierId: from, quantity: quantity ?? 0 }),
      }),
    onSuccess: onSaved,
  });
  const hasPlaces = from === seatsChoice ? seats.size > 0 : quantity !== undefined && quantity > 0;
  return (
    <Form
      error={save.error}
      fields={["name", "colour", "quantity"]}
      isSending={save.isPending}
      isDisabled={name.trim() === "" || !hasPlaces}
      submitLabel={t("blocks.submit")}
      beside={
        <Button variant="default" size="md" onClick={onClose}>
          {t("common.close")}
        </Button>
      }
      onSubmit={() => save.mutate()}
    >
      <FieldRow>
        <TextInput
          label={t("blocks.name")}
          description={t("blocks.nameHint")}
          required
          size="md"
          maxLength={100}
          value={name}
          error={fieldError(save.error, "name")}
          onChange={(change) => setName(change.currentTarget.value)}
        />
        <TextInput
          label={t("tiers.colour")}
          type="color"
          size="md"
          value={colour}
          error={fieldError(save.error, "colour")}
          onChange={(change) => setColour(change.currentTarget.value)}
        />
      </FieldRow>
      <FieldRow>
        <ChoiceField
          label={t("blocks.which")}
          value={from}
          choices={[
            ...(hasSeats ? [{ value: seatsChoice, label: t("blocks.bySeat") }] : []),
            ...byQuantity.map(({ id, name: tier }) => ({ value: id, label: tier })),
          ]}
          onChange={setFrom}
        />
        {from !== seatsChoice && (
          <CountField
            label={t("blocks.quantity")}
            required
            value={quantity}
            error={fieldError(save.error, "quantity")}
            onChange={setQuantity}
          />
        )}
      </FieldRow>
      {from === seatsChoice && <SeatChoice event={event} chosen={seats} onChange={setSeats} />}
    </Form>
  );
}
