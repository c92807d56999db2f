import { Button } from "@mantine/core";
import { useCamera } from "@/lib/scanning/use-camera";
import { Notice } from "@/ui/notice";
import { useText } from "../../i18n/text";
import styles from "./door.module.css";

/** The device's camera as a reader of codes; where there is none, there is nothing to see. */
export function Camera({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useText();
  const { video, isOffered, isOn, isDenied, toggle } = useCamera(onCode);
  if (!isOffered) return null;
  return (
    <div className={styles.camera}>
      {isOn && <video ref={video} muted playsInline aria-hidden="true" />}
      {isDenied && <Notice tone="bad" title={t("door.cameraDenied")} />}
      <Button variant="default" size="lg" onClick={toggle}>
        {t(isOn ? "door.cameraStop" : "door.camera")}
      </Button>
    </div>
  );
}
