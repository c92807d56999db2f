import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { encodeQR } from "qr";
import { Notice } from "@/ui/notice";
import { addDoorDevice, doorDevicesQuery, revokeDoorDevice } from "../../api/door";
import type { DoorDevice } from "../../api/types";
import { useText } from "../../i18n/text";
import { useOrganisation } from "../../lib/organisation";
import { formError } from "../../lib/problems";
import { Confirm } from "../../ui/confirm";
import styles from "./door.module.css";

/** The phones that check in for this event, with and without a network. */
export function DoorDevices({ event }: { event: string }) {
  const { t, format } = useText();
  const { org } = useOrganisation();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [showsNames, setShowsNames] = useState(false);
  const [ending, setEnding] = useState<DoorDevice>();
  const { data } = useQuery(doorDevicesQuery(org, event));
  const refresh = () => queryClient.invalidateQueries({ queryKey: doorDevicesQuery(org, event).queryKey });
  const pairing = useMutation({
    mutationFn: () => addDoorDevice(org, event, { name: name.trim(), showsNames }),
    onSuccess: () => {
      setName("");
      return refresh();
    },
  });
  const error = formError(pairing.error, t);
  const devices = data?.data.filter(({ state }) => state === "paired" || state === "waiting") ?? [];
  return (
    <>
      <p className="muted">{t("door.devicesText")}</p>
      <form
        className={styles.device}
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (name.trim() !== "") pairing.mutate();
        }}
      >
        <TextInput
          label={t("door.deviceName")}
          size="md"
          maxLength={50}
          value={name}
          onChange={(changed) => setName(changed.currentTarget.value)}
        />
        <Checkbox
          label={t("door.deviceNames")}
          checked={showsNames}
          onChange={(changed) => setShowsNames(changed.currentTarget.checked)}
        />
        <Button type="submit" size="md" loading={pairing.isPending}>
          {t("door.pair")}
        </Button>
      </form>
      {error !== undefined && <Notice tone="bad" urgent title={error} />}
      {pairing.data !== undefined && <Pairing code={pairing.data.code} expiresAt={pairing.data.expiresAt} />}
      <ul className={styles.found}>
        {devices.map((device) => (
          <li key={device.id}>
            <div>
              <p className={styles.name}>
                <bdi>{device.name}</bdi>
              </p>
              <p className="muted small">
                {device.state === "waiting"
                  ? t("door.deviceWaits")
                  : device.seenAt && t("door.deviceSeen", { time: format.moment(device.seenAt) })}
              </p>
            </div>
            <Button
              size="md"
              variant="default"
              aria-label={t("door.unpairOf", { name: device.name })}
              onClick={() => setEnding(device)}
            >
              {t("door.unpair")}
            </Button>
          </li>
        ))}
      </ul>
      {ending !== undefined && (
        <Confirm
          title={t("door.unpairOf", { name: ending.name })}
          confirmLabel={t("door.unpair")}
          isGrave
          run={() => revokeDoorDevice(org, event, ending.id)}
          onDone={() => void refresh()}
          onClose={() => setEnding(undefined)}
        >
          <p>{t("door.unpairText")}</p>
        </Confirm>
      )}
    </>
  );
}

/** Shown once: whoever scans it first is paired. */
function Pairing({ code, expiresAt }: { code: string; expiresAt: string }) {
  const { t, format } = useText();
  const address = `${location.origin}/door#pair=${code}`;
  return (
    <div className={styles.pairing}>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(encodeQR(address, "svg", { ecc: "medium", border: 4 }))}`}
        alt={t("door.pairingCode")}
        width={240}
        height={240}
      />
      <div>
        <p>{t("door.pairingText", { time: format.moment(expiresAt) })}</p>
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {t("door.pairHere")}
          </a>
        </p>
      </div>
    </div>
  );
}
