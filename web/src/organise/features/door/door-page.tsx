import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { components } from "@/api/schema";
import { checkInsKey, sendScan } from "../../api/door";
import type { ScanKind, ScanRequest } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { ChoiceField } from "../../ui/fields";
import { Figures } from "../../ui/figures";
import { Page, Section } from "../../ui/page";
import { Camera } from "./camera";
import { Conflicts } from "./conflicts";
import styles from "./door.module.css";
import { DoorDevices } from "./door-devices";
import { DoorSearch } from "./door-search";
import { ScanAnswer } from "./scan-answer";
import { newId } from "../../lib/uuid";
import { signal } from "@/lib/scanning/signal";

interface DoorPageProps {
  event: string;
  counts: components["schemas"]["CheckInCounts"];
}

/** For one hand, in the rain: scan or type, and see from an arm's length what to do. */
export function DoorPage({ event, counts }: DoorPageProps) {
  const { t } = useText();
  const { org, can } = useOrganisation();
  const queryClient = useQueryClient();
  const [code, setCode] = useState("");
  const [kind, setKind] = useState<ScanKind>("entry");
  const [gate, setGate] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const scan = useMutation({
    mutationFn: (asked: ScanRequest) => sendScan(org, event, asked),
    onSuccess: ({ outcome }) => {
      signal(outcome === "accepted");
      return queryClient.invalidateQueries({ queryKey: checkInsKey(org, event) });
    },
    onError: () => signal(false),
    onSettled: () => field.current?.focus(),
  });
  const send = (asked: Omit<ScanRequest, "nonce" | "gate" | "scannedAt">) => {
    scan.mutate({ ...asked, nonce: newId(), gate: gate.trim(), scannedAt: new Date().toISOString() });
    setCode("");
  };
  // A hand scanner types into whatever has the focus.
  useEffect(() => field.current?.focus(), []);
  return (
    <Page
      title={t("door.title", { event: counts.event })}
      above={
        <Link to="/$org/events" params={{ org }}>
          {t("nav.organiseEvents")}
        </Link>
      }
    >
      <ScanAnswer answer={scan.data} error={scan.error} isPending={scan.isPending} />
      <form
        className={styles.scan}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (code.trim() !== "") send({ code: code.trim(), kind });
        }}
      >
        <TextInput
          ref={field}
          label={t("door.code")}
          description={t("door.codeHint")}
          size="lg"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          enterKeyHint="send"
          dir="ltr"
          maxLength={300}
          value={code}
          onChange={(changed) => setCode(changed.currentTarget.value)}
        />
        <Button type="submit" size="lg" loading={scan.isPending}>
          {t(kind === "exit" ? "door.exit" : "door.entry")}
        </Button>
      </form>
      <div className={styles.setting}>
        <ChoiceField
          label={t("door.kind")}
          value={kind}
          choices={[
            { value: "entry", label: t("door.entry") },
            { value: "exit", label: t("door.exit") },
          ]}
          onChange={setKind}
        />
        <TextInput
          label={t("door.gate")}
          size="md"
          maxLength={50}
          value={gate}
          onChange={(changed) => setGate(changed.currentTarget.value)}
        />
      </div>
      <Camera onCode={(found) => send({ code: found, kind })} />
      <Figures
        label={t("door.inside")}
        figures={[
          { name: t("door.inside"), value: counts.inside },
          { name: t("door.was"), value: counts.admitted, note: t("door.tickets", { count: counts.tickets }) },
        ]}
      />
      <Conflicts conflicts={counts.conflicts} />
      {can("checkin.search") && (
        <Section title={t("door.byName")}>
          <DoorSearch
            event={event}
            isBusy={scan.isPending}
            onAdmit={(ticketId) => send({ ticketId, kind: "entry" })}
            onUndo={(ticketId) => send({ ticketId, kind: "undo" })}
          />
        </Section>
      )}
      {can("checkin.search") && (
        <Section title={t("door.devices")}>
          <DoorDevices event={event} />
        </Section>
      )}
    </Page>
  );
}
