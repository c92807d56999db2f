import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showToast } from "@/ui/toasts";
import { ownEventKey, rescheduleEvent } from "../../api/events";
import type { OwnEvent } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { TimeField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";
import { sumOf } from "./sums";

/** Another start. Doors, the end of the sale and the last day for cancelling move along. */
export function RescheduleForm({ event }: { event: OwnEvent }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const [startsAt, setStartsAt] = useState<string | undefined>(event.startsAt);
  const [endsAt, setEndsAt] = useState<string | undefined>(event.endsAt);
  const move = useMutation({
    mutationFn: () => rescheduleEvent(org, event.id, { startsAt: startsAt ?? "", ...(endsAt && { endsAt }) }),
    onSuccess: (saved) => {
      queryClient.setQueryData(ownEventKey(org, event.id), saved);
      void queryClient.invalidateQueries({ queryKey: ["organisation", org, "events"] });
      showToast(t("dates.moved"), "good");
    },
  });
  const isChanged = startsAt !== event.startsAt || endsAt !== event.endsAt;
  const { sold } = sumOf(event.tiers);
  return (
    <Form
      error={move.error}
      fields={["startsAt", "endsAt"]}
      isSending={move.isPending}
      isDisabled={!isChanged || startsAt === undefined || endsAt === undefined}
      submitLabel={t("dates.moveSubmit")}
      onSubmit={() => move.mutate()}
    >
      <FieldRow>
        <TimeField
          label={t("eventForm.startsAt")}
          required
          value={startsAt}
          timeZone={event.timeZone}
          error={fieldError(move.error, "startsAt")}
          onChange={(next) => {
            const length = Date.parse(event.endsAt) - Date.parse(event.startsAt);
            setStartsAt(next);
            if (next !== undefined) setEndsAt(new Date(Date.parse(next) + length).toISOString());
          }}
        />
        <TimeField
          label={t("eventForm.endsAt")}
          required
          value={endsAt}
          timeZone={event.timeZone}
          error={fieldError(move.error, "endsAt")}
          onChange={setEndsAt}
        />
      </FieldRow>
      {isChanged && startsAt !== undefined && (
        <p role="status">
          {t("dates.moveConsequence", { count: sold, time: format.moment(startsAt, event.timeZone) })}
        </p>
      )}
    </Form>
  );
}
