import { useCamera } from "@/lib/scanning/use-camera";
import { useText, type DoorKey } from "../i18n/messages";

interface CameraProps {
  /** What the button says. */
  start: DoorKey;
  onCode: (code: string) => void;
}

/** The device's camera as a reader of codes; where there is none, there is nothing to see. */
export function Camera({ start, onCode }: CameraProps) {
  const { t } = useText();
  const { video, isOffered, isOn, isDenied, toggle } = useCamera(onCode);
  if (!isOffered) return null;
  return (
    <div className="camera">
      {isOn && <video ref={video} muted playsInline aria-hidden="true" />}
      {isDenied && (
        <p className="note" data-tone="bad">
          {t("camera.denied")}
        </p>
      )}
      <button type="button" onClick={toggle}>
        {t(isOn ? "camera.stop" : start)}
      </button>
    </div>
  );
}
