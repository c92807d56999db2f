import { Button, Checkbox, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showToast } from "@/ui/toasts";
import { setWaitingRoom, waitingRoomQuery } from "../../api/waiting-room";
import type { OwnEvent, QueueOverview, QueueSettings } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { fieldError } from "../../lib/problems";
import { ChoiceField, CountField, TimeField } from "../../ui/fields";
import { Figures } from "../../ui/figures";
import { FieldRow, Form } from "../../ui/form";
import { Section } from "../../ui/page";
import { Loading } from "../../ui/states";

const modes = ["off", "always", "auto"] as const;
const fields = ["ratePerMinute", "maxInside", "admissionMinutes", "message", "opensAt"];
/** What one press of "faster" or "slower" makes of the rate. */
const faster = 1.25;

/** A waiting room while it is used: how it stands, what to turn at once, and how it is set. */
export function WaitingRoomSection({ event }: { event: OwnEvent }) {
  const { t } = useText();
  const { org } = useOrganisation();
  const { data } = useQuery(waitingRoomQuery(org, event.id));
  return (
    <Section title={t("room.title")} text={t("room.lead")}>
      {data === undefined ? <Loading /> : <Room event={event.id} timeZone={event.timeZone} overview={data} />}
    </Section>
  );
}

interface RoomProps {
  event: string;
  timeZone: string;
  overview: QueueOverview;
}

function Room({ event, timeZone, overview }: RoomProps) {
  const { t, format } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const { settings, state } = overview;
  const set = useMutation({
    mutationFn: (body: QueueSettings) => setWaitingRoom(org, event, body),
    onSuccess: (saved) => {
      queryClient.setQueryData(waitingRoomQuery(org, event).queryKey, saved);
      showToast(t("common.saved"), "good");
    },
  });
  const mayEdit = can("events.edit");
  const turn = (part: Partial<QueueSettings>) => set.mutate({ ...settings, ...part });
  const isOpen = state.phase !== "closed";
  return (
    <>
      <Figures
        label={t("room.now")}
        figures={[
          { name: t("room.phase"), value: t(`room.phase.${state.phase}`), note: state.paused && t("room.isPaused") },
          { name: t("room.waiting"), value: format.number(overview.waiting) },
          {
            name: t("room.inside"),
            value: format.number(overview.inside),
            note: t("room.of", { count: settings.maxInside }),
          },
          {
            name: t("room.pace"),
            value: format.number(state.ratePerMinute),
            note: t("room.of", { count: settings.ratePerMinute }),
          },
        ]}
      />
      {isOpen && mayEdit && (
        <div className="row">
          <Button
            size="md"
            variant="default"
            loading={set.isPending}
            onClick={() => turn({ paused: !settings.paused })}
          >
            {t(settings.paused ? "room.goOn" : "room.pause")}
          </Button>
          <Button
            size="md"
            variant="default"
            disabled={set.isPending}
            onClick={() => turn({ ratePerMinute: Math.ceil(settings.ratePerMinute * faster) })}
          >
            {t("room.faster")}
          </Button>
          <Button
            size="md"
            variant="default"
            disabled={set.isPending}
            onClick={() => turn({ ratePerMinute: Math.max(1, Math.floor(settings.ratePerMinute / faster)) })}
          >
            {t("room.slower")}
          </Button>
        </div>
      )}
      <Settings
        settings={settings}
        timeZone={timeZone}
        error={set.error}
        isSending={set.isPending}
        mayEdit={mayEdit}
        onSave={async (body) => {
          await set.mutateAsync(body);
        }}
      />
    </>
  );
}

interface SettingsProps {
  settings: QueueSettings;
  timeZone: string;
  error: unknown;
  isSending: boolean;
  mayEdit: boolean;
  onSave: (settings: QueueSettings) => Promise<void>;
}

function Settings({ settings, timeZone, error, isSending, mayEdit, onSave }: SettingsProps) {
  const { t } = useText();
  const [changed, setChanged] = useState<Partial<QueueSettings>>({});
  const entries = { ...settings, ...changed };
  const change = (part: Partial<QueueSettings>) => setChanged({ ...changed, ...part });
  const count = (name: "ratePerMinute" | "maxInside" | "admissionMinutes") => ({
    value: entries[name],
    error: fieldError(error, name),
    disabled: !mayEdit,
    required: true,
    onChange: (value: number | undefined) => change({ [name]: value ?? 0 }),
  });
  return (
    <Form
      error={error}
      fields={fields}
      isSending={isSending}
      submitLabel={t("common.save")}
      isDisabled={!mayEdit || Object.keys(changed).length === 0}
      onSubmit={() => {
        onSave(entries).then(
          () => setChanged({}),
          () => undefined, // said by the form
        );
      }}
    >
      <FieldRow>
        <ChoiceField
          label={t("room.mode")}
          value={entries.mode}
          choices={modes.map((mode) => ({ value: mode, label: t(`room.mode.${mode}`) }))}
          disabled={!mayEdit}
          onChange={(mode) => change({ mode })}
        />
        <TimeField
          label={t("room.opensAt")}
          value={entries.opensAt}
          timeZone={timeZone}
          disabled={!mayEdit}
          error={fieldError(error, "opensAt")}
          onChange={(opensAt) => opensAt !== undefined && change({ opensAt })}
        />
      </FieldRow>
      <FieldRow>
        <CountField label={t("room.rate")} {...count("ratePerMinute")} />
        <CountField label={t("room.maxInside")} {...count("maxInside")} />
        <CountField label={t("room.minutes")} {...count("admissionMinutes")} />
      </FieldRow>
      <Textarea
        label={t("room.message")}
        description={t("room.messageHint")}
        size="md"
        rows={2}
        maxLength={500}
        readOnly={!mayEdit}
        value={entries.message}
        error={fieldError(error, "message")}
        onChange={({ currentTarget: { value } }) => change({ message: value })}
      />
      <Checkbox
        label={t("room.needsAccount")}
        checked={entries.needsAccount}
        disabled={!mayEdit}
        onChange={({ currentTarget: { checked } }) => change({ needsAccount: checked })}
      />
    </Form>
  );
}
