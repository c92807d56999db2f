import { Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showToast } from "@/ui/toasts";
import { payLaterQuery, setPayLater } from "../../api/pay-later";
import type { OwnEvent, PayLaterSettings } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { CheckField, CountField, TimeField } from "../../ui/fields";
import { FieldRow, Form } from "../../ui/form";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";

const usualDays = 14;
const maxInstructions = 500;

/** Whether bookings can be paid by bank transfer, and how. */
export function PayLaterSection({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery({ ...payLaterQuery(org, event.id), enabled: event.wasPublished });
  if (!event.wasPublished) return null;
  return (
    <Section title={t("payLater.title")} text={t("payLater.lead")}>
      {data === undefined ? <Loading /> : <Settings event={event} settings={data} />}
    </Section>
  );
}

function Settings({ event, settings }: { event: OwnEvent; settings: PayLaterSettings }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const [isOn, setOn] = useState(settings.days != null);
  const [days, setDays] = useState<number | undefined>(settings.days ?? usualDays);
  const [endsAt, setEndsAt] = useState<string | undefined>(settings.endsAt ?? event.startsAt);
  const [instructions, setInstructions] = useState(settings.instructions ?? "");
  const mayEdit = can("events.edit") && event.status !== "cancelled";
  const save = useMutation({
    mutationFn: () =>
      setPayLater(
        org,
        event.id,
        isOn ? { ...(days !== undefined && { days }), ...(endsAt !== undefined && { endsAt }), instructions } : {},
      ),
    onSuccess: (saved) => {
      queryClient.setQueryData(payLaterQuery(org, event.id).queryKey, saved);
      showToast(t("payLater.saved"), "good");
    },
  });
  return (
    <Form
      error={save.error}
      fields={["days", "endsAt", "instructions"]}
      isSending={save.isPending}
      isDisabled={!mayEdit || (isOn && (days === undefined || endsAt === undefined || instructions.trim() === ""))}
      submitLabel={t("payLater.submit")}
      onSubmit={() => save.mutate()}
    >
      <CheckField label={t("payLater.isOn")} checked={isOn} disabled={!mayEdit} onChange={setOn} />
      {isOn && (
        <>
          <FieldRow>
            <CountField
              label={t("payLater.days")}
              description={t("payLater.daysHint")}
              required
              value={days}
              readOnly={!mayEdit}
              error={fieldError(save.error, "days")}
              onChange={setDays}
            />
            <TimeField
              label={t("payLater.endsAt")}
              required
              value={endsAt}
              timeZone={event.timeZone}
              readOnly={!mayEdit}
              error={fieldError(save.error, "endsAt")}
              onChange={setEndsAt}
            />
          </FieldRow>
          <Textarea
            label={t("payLater.instructions")}
            description={t("payLater.instructionsHint")}
            required
            size="md"
            autosize
            minRows={2}
            maxLength={maxInstructions}
            value={instructions}
            readOnly={!mayEdit}
            error={fieldError(save.error, "instructions")}
            onChange={(change) => setInstructions(change.currentTarget.value)}
          />
        </>
      )}
    </Form>
  );
}
