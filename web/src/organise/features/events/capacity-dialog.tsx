import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { changeCapacity } from "../../api/events";
import type { Tagged } from "../../api/tagged";
import type { OwnEvent, OwnTier } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { CountField } from "../../ui/fields";
import { FormDialog } from "../../ui/form-dialog";

interface CapacityDialogProps {
  event: OwnEvent;
  tier: OwnTier;
  onSaved: (saved: Tagged<OwnEvent>) => void;
  onClose: () => void;
}

/** Adds places of a tier, or takes back what is not sold and not held. */
export function CapacityDialog({ event, tier, onSaved, onClose }: CapacityDialogProps) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const [delta, setDelta] = useState<number>();
  const save = useMutation({
    mutationFn: () => changeCapacity(org, event.id, tier.id, delta ?? 0),
    onSuccess: (saved) => {
      onSaved(saved);
      onClose();
    },
  });
  const isBelow = problemOf(save.error)?.code === "capacity-below-sold";
  return (
    <FormDialog
      title={t("capacity.title", { name: tier.name })}
      error={isBelow ? undefined : save.error}
      isSending={save.isPending}
      isDisabled={delta === undefined || delta === 0}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <p>
        {t("capacity.now", {
          total: format.number(tier.total),
          sold: format.number(tier.sold),
          held: format.number(tier.held),
          free: format.number(tier.available),
        })}
      </p>
      <CountField
        label={t("capacity.delta")}
        description={t("capacity.deltaHint")}
        isSigned
        value={delta}
        error={isBelow ? t("capacity.below") : undefined}
        onChange={setDelta}
      />
      {delta !== undefined && delta !== 0 && (
        <p role="status">{t("capacity.then", { total: format.number(tier.total + delta) })}</p>
      )}
    </FormDialog>
  );
}
