import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showToast } from "@/ui/toasts";
import { setTicketRules, ticketRulesQuery } from "../../api/ticket-rules";
import type { OwnEvent, TicketSettings } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { CheckField } from "../../ui/fields";
import { Form } from "../../ui/form";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";

/** How tickets are shown at the door. */
export function TicketRulesSection({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery(ticketRulesQuery(org, event.id));
  return (
    <Section title={t("ticketRules.title")} text={t("ticketRules.lead")}>
      {data === undefined ? <Loading /> : <Settings event={event} settings={data} />}
    </Section>
  );
}

function Settings({ event, settings }: { event: OwnEvent; settings: TicketSettings }) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const [isOn, setOn] = useState(settings.rotatingCodes);
  const mayEdit = can("events.edit") && event.status !== "cancelled";
  const save = useMutation({
    mutationFn: () => setTicketRules(org, event.id, { rotatingCodes: isOn }),
    onSuccess: (saved) => {
      queryClient.setQueryData(ticketRulesQuery(org, event.id).queryKey, saved);
      showToast(t("ticketRules.saved"), "good");
    },
  });
  return (
    <Form
      error={save.error}
      fields={[]}
      isSending={save.isPending}
      isDisabled={!mayEdit || isOn === settings.rotatingCodes}
      submitLabel={t("ticketRules.submit")}
      onSubmit={() => save.mutate()}
    >
      <CheckField label={t("ticketRules.isOn")} checked={isOn} disabled={!mayEdit} onChange={setOn} />
      {isOn && event.wasPublished && !settings.rotatingCodes && <p>{t("ticketRules.warning")}</p>}
    </Form>
  );
}
